"""A chart without any library: lines of seconds over size, both logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_COLOURS = ("#1b6ca8", "#c44e52", "#2a9d5c", "#8172b2", "#b8860b", "#5f6b7a", "#d1668f")
_WIDTH, _HEIGHT, _LEFT, _TOP = 760, 420, 70, 40


def chart(title: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """An SVG of lines; each point is a size and its seconds.

    Args:
        title: what is shown.
        series: points by name; names stand at the ends of the lines.
    """
    points = [p for line in series.values() for p in line]
    low_x, high_x = (math.log10(f(p[0] for p in points)) for f in (min, max))
    low_y, high_y = (math.log10(f(p[1] for p in points)) for f in (min, max))
    low_y, high_y = math.floor(low_y), math.ceil(high_y)

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / max(high_x - low_x, 1e-9)
        up = (math.log10(y) - low_y) / max(high_y - low_y, 1e-9)
        return _LEFT + across * (_WIDTH - _LEFT - 210), _TOP + (1 - up) * (_HEIGHT - _TOP - 50)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
        'font-family="sans-serif" font-size="12">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">{title}</text>',
    ]
    for exponent in range(int(low_y), int(high_y) + 1):
        left, y = place(10**low_x, 10.0**exponent)
        right, _ = place(10**high_x, 10.0**exponent)
        parts.append(f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="#ddd"/>')
        label = f"{10.0**exponent:g} s"
        parts.append(f'<text x="{left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for size in sorted({x for x, _ in points}):
        x, y = place(size, 10.0**low_y)
        parts.append(f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{size:,.0f}</text>')
    taken: list[float] = []
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [place(*p) for p in sorted(line)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        while any(abs(y - other) < 13 for other in taken):
            y += 13
        taken.append(y)
        parts.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    axis = _TOP + _HEIGHT - _TOP - 12
    parts.append(f'<text x="{_LEFT}" y="{axis}" fill="#555">quads (logarithmic)</text></svg>')
    return "\n".join(parts) + "\n"
