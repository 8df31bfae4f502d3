"""Agreement of two annotators beyond chance, on things that both of them have put into a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def cohens_kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Cohen's kappa (1960, Educational and Psychological Measurement 20, 37-46), nominal.

    Args:
        one: the class that the first annotator gives each thing.
        other: the classes of the second one, in the same order.

    Returns:
        -1 to 1, where 0 is what chance alone would give; None where there is nothing to compare
        or both use only one and the same class, so that chance alone would agree.

    >>> round(cohens_kappa(["yes"] * 25 + ["no"] * 25, ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15), 6)
    0.4
    """
    size = len(one)
    ours, theirs = Counter(one), Counter(other)
    together = sum(a == b for a, b in zip(one, other, strict=True))
    by_chance = sum(ours[c] * theirs[c] for c in ours)
    if size == 0 or by_chance == size * size:
        return None
    return (together * size - by_chance) / (size * size - by_chance)


def krippendorffs_alpha(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Krippendorff's alpha of two annotators without gaps, nominal.

    Computing Krippendorff's Alpha-Reliability (2011), section C: observed over expected
    disagreement, from the coincidences of both orders, with the correction for few units.

    Returns:
        At most 1; None where there is nothing to compare or only one class is used at all.

    >>> round(krippendorffs_alpha("aabbdcccedda", "babbbccceddd"), 3)
    0.692
    """
    size = 2 * len(one)
    used = Counter(one) + Counter(other)
    apart = 2 * sum(a != b for a, b in zip(one, other, strict=True))
    expected = size * size - sum(n * n for n in used.values())
    if expected == 0:
        return None
    return 1 - (size - 1) * apart / expected
