"""What every HTML file of ours has in common: templates that escape, and what a page may run.

A page carries a content security policy that lets only its own scripts and styles in, each by its
hash. Data stand in it as JSON that is never executed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).with_name("templates")
_UNSAFE_IN_HTML = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


@cache
def templates() -> jinja2.Environment:
    """The templates of the package; every value that they show is escaped."""
    import jinja2
    from jinja2.runtime import Context

    class Plain(Context):
        """Calls what templates call as it is: no function of ours asks for the context."""

        def call(  # its arguments are named by what the compiler passes
            self,
            called: Callable[..., Any],
            *given: Any,
            _loop_vars: object = None,
            _block_vars: object = None,
            **named: Any,
        ) -> Any:
            return called(*given, **named)

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # they are part of the program
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.context_class = Plain
    return environment


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Content security policy: nothing is loaded and only these scripts and styles count.

    Styles that vis-network sets on its elements go through the CSSOM, which a policy leaves alone,
    so neither scripts nor styles need ``unsafe-inline``.

    Args:
        scripts: what stands between ``<script>`` and ``</script>``, byte for byte.
        styles: what stands between ``<style>`` and ``</style>``.

    >>> policy([], ["p{}"]).split("; ")[1:3]
    ["script-src 'none'", "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"]
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + (" ".join(map(_hash, scripts)) or "'none'"),
            "style-src " + (" ".join(map(_hash, styles)) or "'none'"),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def script_json(data: object) -> str:
    r"""JSON that can stand in a ``<script>`` element whatever the names and quotes contain.

    >>> script_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return _UNSAFE_IN_HTML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
