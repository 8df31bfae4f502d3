"""The texts of sources, where the reader has them, and what stands around a quote in them."""

from __future__ import annotations

import re
from pathlib import Path

from kg.files import is_file, read_text
from kg.model import Source, TextMark


def text_of(folder: Path | None, source: Source) -> tuple[str, bool] | None:
    """The text of a source and whether it is the one its quotes were taken from.

    None where there is none in the folder.

    Raises:
        KgError: the file cannot be read.
    """
    if folder is None or source.text is None or Path(source.id).name != source.id:
        return None
    path = folder / f"{source.id}.txt"
    if not is_file(path):
        return None
    text = read_text(path)
    return text, TextMark.of(text) == source.text


def around(text: str, start: int, end: int, reach: int = 160) -> tuple[str, str]:
    """What stands before and after a passage, whole words only, with … where more would follow.

    Args:
        text: of the source.
        start: where the passage begins, in code points.
        end: where it ends.
        reach: code points on either side, at the most.

    >>> around("Der Verein sitzt in Leipzig und wirkt in Sachsen.", 11, 27, 9)
    ('… Verein ', ' und …')
    """
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    if start > reach:
        before = "… " + re.sub(r"\A\S*\s*", "", before)
    if end + reach < len(text):
        after = re.sub(r"\s*\S*\Z", "", after) + " …"
    return before, after
