"""Files of many kinds as plain text: text, Markdown, HTML, PDF and Word, in any encoding.

Offsets of candidates count the code points of the text that is given back here.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError, Problem
from kg.files import found
from kg.matching import slug

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx")
LARGEST = 50_000_000
"""Bytes of the largest file that is read; a larger one is no single text."""
_LONGEST_ID = 80
_HTML = re.compile(
    rb"(?is)\A[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b"
)
_TEXTUAL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_WORD = re.compile(r"[^\W\d_]+")
_GERMAN = frozenset(
    """
der die das und ist mit für von den dem des ein eine einer eines einem im zu zum zur auf wird werden wurde
nicht sich auch bei als aus nach sind hat haben über durch sowie vom am an oder wie dass ihre seine bis
""".split()
)
_OTHERS = (
    frozenset("the and of to is are was were for with on that this by from at have has will be its as it".split()),
    frozenset("le la les et est dans pour sur avec une des du par que qui au aux sont cette il elle".split()),
    frozenset("el los las y es con para por una del que se al como su sus fue más también entre".split()),
    frozenset("il lo gli e è di che per con una del della dei nel alla sono si ha anche come".split()),
    frozenset("het een en van is op voor met dat te zijn aan door niet bij ook worden naar uit".split()),
    frozenset("i w z na się do jest nie to że oraz przez dla od po ze są jak być był".split()),
    frozenset("a se na je v že do to si za od po pro byl jsou jako ale při tak která".split()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the id of its source, or what is wrong with its file."""

    source: str
    path: str
    text: str = ""
    problem: Problem | None = None


def paths_of(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path and source id of each file that is asked for, folders opened; ``-`` is standard input.

    Ids come from the names of files; where two files are called alike, the later ones are numbered.
    """
    taken: dict[str, int] = {}
    for name in given:
        for path in _opened(name):
            stem = "stdin" if path == "-" else Path(path).stem
            base = slug(stem, _LONGEST_ID) or "text"
            taken[base] = taken.get(base, 0) + 1
            yield path, base if taken[base] == 1 else f"{base}-{taken[base]}"


def _opened(name: str) -> Iterable[str]:
    if name == "-" or not Path(name).is_dir():
        return [name]
    return [str(p) for p in sorted(found(Path(name), SUFFIXES))]


def read_document(path: str, source: str) -> Document:
    """The text of a file; whatever is wrong with it is in ``problem``, nothing is raised."""
    try:
        text = _read(path)
        if reason := _not_german(text):
            return _bad(source, path, reason, "this reads German only")
    except KgError as error:
        message, _, mend = str(error).partition("|")
        return _bad(source, path, message, mend or "check the file")
    return Document(source, path, text)


def _bad(source: str, path: str, message: str, mend: str) -> Document:
    return Document(source, path, problem=Problem(path, 0, message, mend))


def _read(path: str) -> str:
    data = _bytes_of(path)
    suffix = Path(path).suffix.lower()
    if data[:5] == b"%PDF-" or suffix == ".pdf":
        text = _pdf(data)
    elif suffix == ".docx" or data[:4] == b"PK\x03\x04":
        text = _word(data)
    elif suffix in (".html", ".htm", ".xhtml") or _HTML.match(data[:2000]):
        text = _html(_decoded(data))
    else:
        text = _decoded(data)
    if not text.strip():
        raise KgError("there is no text in this|give a file with text")
    return text


def _bytes_of(path: str) -> bytes:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            file = Path(path)
            if file.exists() and file.stat().st_size > LARGEST:
                raise KgError(
                    f"this has more than {LARGEST // 1_000_000} MB|split it into its texts"
                )
            data = file.read_bytes()
    except OSError as error:
        raise KgError(f"cannot be read ({error.strerror})|check path and rights") from error
    except ValueError as error:  # a path with a null character
        raise KgError("this is no path|check the path") from error
    if len(data) > LARGEST:
        raise KgError(f"this has more than {LARGEST // 1_000_000} MB|split it into its texts")
    if not data.strip():
        raise KgError("this is empty|give a file with text")
    return data


def _decoded(data: bytes) -> str:
    """The text of bytes: UTF-8, UTF-16 by its mark, else the likeliest encoding."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise KgError("this is broken UTF-16|save the file as UTF-8") from error
    if b"\x00" in data[:100_000]:
        raise KgError("this is no text (it has null bytes)|give text, HTML, PDF or Word")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data)
    if len(_TEXTUAL.findall(text[:100_000])) > len(text[:100_000]) // 100 + 2:
        raise KgError("this is no text (it has control characters)|give text, HTML, PDF or Word")
    return text


def _guessed(data: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        raise KgError(
            "this is not UTF-8|save it as UTF-8, or run `pip install akteursnetz[extract]`"
        ) from error
    best = from_bytes(data[:200_000], cp_isolation=["cp1252", "latin_1", "cp850", "mac_roman", "iso8859_15"],
                      threshold=0.6).best()  # fmt: skip
    encoding = best.encoding if best else "cp1252"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise KgError("its encoding is broken|save the file as UTF-8") from error


def _html(page: str) -> str:
    try:
        import trafilatura
    except ImportError as error:
        raise _missing("trafilatura") from error
    try:
        text = trafilatura.extract(
            page, include_comments=False, include_tables=True, favor_recall=True
        )
    except Exception as error:  # whatever a hostile page makes of the parser
        raise KgError(f"this HTML cannot be read ({type(error).__name__})|save its text") from error
    return text or ""


def _pdf(data: bytes) -> str:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise _missing("pypdf") from error
    try:
        pages = [page.extract_text() or "" for page in PdfReader(io.BytesIO(data)).pages]
    except Exception as error:  # pypdf raises many kinds for broken files
        raise KgError(f"this PDF cannot be read ({type(error).__name__})|save its text") from error
    return "\n\n".join(pages)


def _word(data: bytes) -> str:
    try:
        from docx import Document as Word
    except ImportError as error:
        raise _missing("python-docx") from error
    try:
        document = Word(io.BytesIO(data))
        parts = [p.text for p in document.paragraphs]
        parts += [" | ".join(c.text for c in row.cells) for t in document.tables for row in t.rows]
    except Exception as error:  # zip, XML and key errors of many kinds
        raise KgError(
            f"this Word file cannot be read ({type(error).__name__})|save its text"
        ) from error
    return "\n\n".join(parts)


def _missing(name: str) -> KgError:
    return KgError(f"{name} is not installed|run `pip install akteursnetz[extract]`")


def _not_german(text: str) -> str:
    """Why a text is not taken as German, by its smallest words; nothing where it may be.

    >>> _not_german("Der Verein ist Träger des Zentrums."), bool(_not_german("The centre is run by the state and funded by the union."))
    ('', True)
    """
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    german = sum(w in _GERMAN for w in words)
    other = max(sum(w in o for w in words) for o in _OTHERS)
    if other > german and other >= 3 and other * 20 > len(words):
        return "this is not German, nothing is proposed"
    letters = sum(c.isalpha() for c in text[:5000])
    latin = sum(c.isalpha() and c < "\u0250" for c in text[:5000])
    if letters > 40 and latin * 2 < letters:
        return "this is not German, nothing is proposed"
    return ""
