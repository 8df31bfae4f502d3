from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.check import check_data
from kg.errors import KgError, Problem, did_you_mean
from kg.files import shipped
from kg.model import Corpus
from kg.ontology import Ontology

if TYPE_CHECKING:
    from tests.conftest import DataFolder, MakeData

ENTITIES_FILE, SOURCE_FILE, TEXT_FILE = (
    "data/entities/all.yaml",
    "data/sources/meldung.yaml",
    "texts/meldung.txt",
)
MEND_YAML = ", mend it: mind indentation, and put texts with `: ` or `#` between double quotes"
NO_ENTITIES = [
    f"{SOURCE_FILE}:{line}: unknown entity '{name}', there is none; or add it under entities/"
    for line, name in [
        (1, "verein"),
        (8, "anna-muster"),
        (8, "verein"),
        (14, "bund"),
        (14, "vorhaben"),
    ]
]

# A change is (old, new) text, a whole new content, or None: the file is taken away.
BROKEN = [
    pytest.param(
        SOURCE_FILE,
        ("title: Eine Meldung", "title: [Eine Meldung"),
        [
            (
                "data/sources/meldung.yaml:3: this is no YAML (did not find expected ',' or "
                "']' at column 10)"
            )
            + MEND_YAML,
        ],
        id="YAML syntax",
    ),
    pytest.param(
        SOURCE_FILE,
        ("title: Eine Meldung", "title: Eine Meldung: ja"),
        [
            (
                "data/sources/meldung.yaml:2: this is no YAML (mapping values are not "
                "allowed in this context at column 20)"
            )
            + MEND_YAML,
        ],
        id="colon in a text",
    ),
    pytest.param(
        SOURCE_FILE,
        ("  relation: chairedBy", "\trelation: chairedBy"),
        [
            (
                "data/sources/meldung.yaml:9: this is no YAML (found a tab character that "
                "violates indentation at column 1)"
            )
            + MEND_YAML,
        ],
        id="tab",
    ),
    pytest.param(
        SOURCE_FILE,
        ("publisher: verein", "publishr: verein"),
        [
            "data/sources/meldung.yaml:1: 'publisher' is missing, add `publisher: …`",
            (
                "data/sources/meldung.yaml:3: unknown key 'publishr', did you mean "
                "'publisher' or 'published'?"
            ),
        ],
        id="unknown key of a source",
    ),
    pytest.param(
        SOURCE_FILE,
        ("  since: 2019", "  sinse: 2019"),
        [
            "data/sources/meldung.yaml:11: unknown key 'sinse', did you mean 'since'?",
        ],
        id="unknown key of a statement",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("  alias: [MV]", "  aliases: [MV]"),
        [
            "data/entities/all.yaml:10: unknown key 'aliases', did you mean 'alias'?",
        ],
        id="unknown key of an entity",
    ),
    pytest.param(
        SOURCE_FILE,
        ("  since: 2019", "  since: 2019\n  since: 2020"),
        [
            "data/sources/meldung.yaml:12: key 'since' stands twice, keep one",
        ],
        id="key twice",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("- id: vorhaben", "- id: bund"),
        [
            (
                "data/entities/all.yaml:11: id 'bund' is already used in "
                "data/entities/all.yaml:4, merge the two, or give one another id"
            ),
            (
                "data/sources/meldung.yaml:14: unknown entity 'vorhaben', known are: "
                "anna-muster, bund, verein; or add it under entities/"
            ),
        ],
        id="duplicate id",
    ),
    pytest.param(
        SOURCE_FILE,
        ("- subject: verein", "- subject: verien"),
        [
            (
                "data/sources/meldung.yaml:8: unknown entity 'verien', did you mean "
                "'verein'? Or add it under entities/"
            ),
        ],
        id="dangling subject",
    ),
    pytest.param(
        SOURCE_FILE,
        ("object: vorhaben", "object: vorhabn"),
        [
            (
                "data/sources/meldung.yaml:14: unknown entity 'vorhabn', did you mean "
                "'vorhaben'? Or add it under entities/"
            ),
        ],
        id="dangling object",
    ),
    pytest.param(
        SOURCE_FILE,
        ("publisher: verein", "publisher: vereinn"),
        [
            (
                "data/sources/meldung.yaml:1: unknown entity 'vereinn', did you mean "
                "'verein'? Or add it under entities/"
            ),
        ],
        id="dangling publisher",
    ),
    pytest.param(
        SOURCE_FILE,
        ("publisher: verein", "publisher: qqq"),
        [
            (
                "data/sources/meldung.yaml:1: unknown entity 'qqq', known are: anna-muster, "
                "bund, verein, vorhaben; or add it under entities/"
            ),
        ],
        id="nothing near it",
    ),
    pytest.param(
        SOURCE_FILE,
        ("chairedBy", "chairdBy"),
        [
            ("data/sources/meldung.yaml:8: unknown relation 'chairdBy', did you mean 'chairedBy'?"),
        ],
        id="unknown relation",
    ),
    pytest.param(
        SOURCE_FILE,
        ("relation: chairedBy", "relation: chairOf"),
        [
            (
                "data/sources/meldung.yaml:8: 'chairOf' only ever follows from 'chairedBy', "
                "write `chairedBy` with subject and object changed"
            ),
        ],
        id="derived relation",
    ),
    pytest.param(
        SOURCE_FILE,
        (
            "- subject: verein\n  relation: chairedBy\n  object: anna-muster",
            "- subject: anna-muster\n  relation: chairedBy\n  object: verein",
        ),
        [
            (
                "data/sources/meldung.yaml:8: 'anna-muster' cannot stand to 'verein' so: "
                "Person chairedBy Association, chairedBy goes from Structure to Person: "
                "change subject and object"
            ),
        ],
        id="wrong direction",
    ),
    pytest.param(
        SOURCE_FILE,
        ("relation: funds", "relation: signed"),
        [
            (
                "data/sources/meldung.yaml:14: 'bund' cannot stand to 'vorhaben' so: "
                "PublicBody signed Project, signed goes from Actor to Agreement: choose "
                "another relation, or mend the type"
            ),
        ],
        id="wrong types",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("type: Project", "type: Projekt"),
        [
            (
                "data/entities/all.yaml:11: 'vorhaben' has the unknown class 'Projekt', did "
                "you mean 'Project'?"
            ),
            (
                "data/sources/meldung.yaml:14: 'bund' cannot stand to 'vorhaben' so: "
                "PublicBody funds Projekt, funds goes from Funder to Structure: choose "
                "another relation, or mend the type"
            ),
        ],
        id="unknown class",
    ),
    pytest.param(
        SOURCE_FILE,
        ("since: 2019", "since: 2019-13"),
        [
            (
                "data/sources/meldung.yaml:8: `since`: '2019-13' has no month 13, months are "
                "01 to 12, seasons 21 to 24"
            ),
        ],
        id="bad month",
    ),
    pytest.param(
        SOURCE_FILE,
        ("published: 2020-01-31", "published: 31.01.2020"),
        [
            (
                "data/sources/meldung.yaml:1: `published`: '31.01.2020' is no EDTF date, "
                "write 2019, 2019-10, 2019-10-15, 2019~ or 201X"
            ),
        ],
        id="German date",
    ),
    pytest.param(
        SOURCE_FILE,
        ("since: 2019", "since: 2019\n  until: 2018-12"),
        [
            (
                "data/sources/meldung.yaml:8: impossible interval: it ends (2018-12) before "
                "it begins (2019), mend since or until"
            ),
        ],
        id="impossible interval",
    ),
    pytest.param(
        SOURCE_FILE,
        ('  evidence: {quote: "Anna Muster leitet den Verein", start: 0, end: 29}\n', ""),
        [
            (
                "data/sources/meldung.yaml:8: this statement has no evidence, add `evidence: "
                "{quote: …}`, or `{cited: true, note: …}` where no text is at hand"
            ),
        ],
        id="no evidence",
    ),
    pytest.param(
        SOURCE_FILE,
        ('evidence: {quote: "Anna Muster leitet den Verein", start: 0, end: 29}', "evidence: {}"),
        [
            (
                "data/sources/meldung.yaml:8: this statement is cited without a note, add "
                "`note: …` with what you read"
            ),
            (
                "data/sources/meldung.yaml:13: evidence has no quote, add `quote: …`, or "
                "`cited: true` without a text"
            ),
        ],
        id="empty evidence",
    ),
    pytest.param(
        SOURCE_FILE,
        (", start: 0, end: 29}", "}"),
        [
            (
                "data/sources/meldung.yaml:8: the quote has no offsets, run `kg format "
                "--texts DIR` to fill it in"
            ),
        ],
        id="no offsets",
    ),
    pytest.param(
        SOURCE_FILE,
        ("end: 29", "end: 30"),
        [
            (
                "data/sources/meldung.yaml:8: the quote has 29 characters, but start and end "
                "are 30 apart, run `kg format --texts DIR` to fill it in"
            ),
        ],
        id="wrong offsets",
    ),
    pytest.param(
        SOURCE_FILE,
        ("start: 0, end: 29", "start: 500, end: 529"),
        [
            (
                "data/sources/meldung.yaml:8: the quote ends behind the text (83 "
                "characters), mend its offsets"
            ),
            (
                "data/sources/meldung.yaml:8: the quote „Anna Muster leitet den Verein“ does "
                "not stand at 500, it begins at 0: run `kg format --texts DIR`"
            ),
        ],
        id="offsets behind the text",
    ),
    pytest.param(
        SOURCE_FILE,
        (
            '"Anna Muster leitet den Verein", start: 0, end: 29',
            '"' + "a" * 201 + '", start: 0, end: 201',
        ),
        [
            (
                "data/sources/meldung.yaml:8: the quote ends behind the text (83 "
                "characters), mend its offsets"
            ),
            (
                "data/sources/meldung.yaml:8: the quote has 201 characters, keep the "
                "shortest passage that carries it, at most 200"
            ),
            (
                "data/sources/meldung.yaml:8: the quote "
                "„aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…“ is not in "
                "the text, copy it letter by letter"
            ),
        ],
        id="long quote",
    ),
    pytest.param(
        SOURCE_FILE,
        ("Anna Muster leitet den Verein", "Anna Muster führt den Verein "),
        [
            (
                "data/sources/meldung.yaml:8: the quote „Anna Muster führt den Verein “ is "
                "not in the text, copy it letter by letter"
            ),
        ],
        id="quote not in the text",
    ),
    pytest.param(
        SOURCE_FILE,
        (
            'quote: "Anna Muster leitet den Verein", start: 0, end: 29',
            'quote: "Bund", start: 0, end: 4',
        ),
        [
            (
                "data/sources/meldung.yaml:8: the quote „Bund“ does not stand at 0, it "
                "begins at 58: run `kg format --texts DIR`"
            ),
        ],
        id="quote elsewhere",
    ),
    pytest.param(
        TEXT_FILE,
        ("sagt", "sagte"),
        [
            (
                "data/sources/meldung.yaml:1: texts/meldung.txt is not the text that the "
                "quotes were taken from, use the text they were taken from, or run `kg "
                "format --texts DIR` and check again"
            ),
        ],
        id="another text",
    ),
    pytest.param(
        TEXT_FILE,
        None,
        [
            (
                "data/sources/meldung.yaml:1: its text texts/meldung.txt is missing, put it "
                "there to prove the quotes"
            ),
        ],
        id="missing text",
    ),
    pytest.param(
        TEXT_FILE,
        b"\xff",
        [
            (
                "data/sources/meldung.yaml:1: texts/meldung.txt:1: this is not UTF-8, save "
                "the file as UTF-8"
            ),
        ],
        id="text not UTF-8",
    ),
    pytest.param(
        SOURCE_FILE,
        ("since: 2019", "since: 2019\n  role: anna@example.org"),
        [
            (
                "data/sources/meldung.yaml:8: 'anna@example.org' is an e-mail address, leave "
                "it out: public functions only"
            ),
        ],
        id="e-mail in a role",
    ),
    pytest.param(
        SOURCE_FILE,
        (
            "note: Gelesen auf der Seite.",
            "note: Auskunft von anna.muster@verein-muster.de am Telefon",
        ),
        [
            (
                "data/sources/meldung.yaml:14: 'anna.muster@verein-muster.de' is an e-mail "
                "address, leave it out: public functions only"
            ),
        ],
        id="e-mail in a note",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("label: Vorhaben", "label: Vorhaben (info@vorhaben.de)"),
        [
            (
                "data/entities/all.yaml:11: 'info@vorhaben.de' is an e-mail address, leave "
                "it out: public functions only"
            ),
        ],
        id="e-mail in a label",
    ),
    pytest.param(
        SOURCE_FILE,
        ("evidence: {cited: true}", "evidence: {cited: true, note: a@b.de}"),
        [
            (
                "data/sources/meldung.yaml:14: 'a@b.de' is an e-mail address, leave it out: "
                "public functions only"
            ),
        ],
        id="e-mail in evidence",
    ),
    pytest.param(
        SOURCE_FILE,
        ("  note: Gelesen auf der Seite.\n", ""),
        [
            (
                "data/sources/meldung.yaml:14: this statement is cited without a note, add "
                "`note: …` with what you read"
            ),
        ],
        id="cited without note",
    ),
    pytest.param(
        SOURCE_FILE,
        ('{quote: "Anna', '{cited: true, quote: "Anna'),
        [
            (
                "data/sources/meldung.yaml:13: evidence is cited and has a quote, keep one "
                "of `cited` and `quote`"
            ),
        ],
        id="cited with quote",
    ),
    pytest.param(
        SOURCE_FILE,
        ("cited: true", "cited: ja"),
        [
            "data/sources/meldung.yaml:19: 'cited' cannot be 'ja', known are: false, true",
            (
                "data/sources/meldung.yaml:19: evidence has no quote, add `quote: …`, or "
                "`cited: true` without a text"
            ),
        ],
        id="cited neither true nor false",
    ),
    pytest.param(
        SOURCE_FILE,
        (
            "- subject: bund\n",
            (
                "- subject: bund\n  relation: funds\n  object: vorhaben\n  evidence: {cited: "
                "true, note: x}\n- subject: bund\n"
            ),
        ),
        [
            (
                "data/sources/meldung.yaml:18: this statement already stands in line 14, "
                "make it one, with both passages under `evidence`"
            ),
        ],
        id="repeated statement",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Muster e.V.",
            (
                "label: Muster e.V.\n  same_as: {entity: zwei, by: R, on: 2026-01-01, why: "
                "w}\n- id: zwei\n  type: Association\n  label: Zwei\n  same_as: {entity: "
                "verein, by: R, on: 2026-01-01, why: w}"
            ),
        ),
        [
            (
                "data/entities/all.yaml:7: 'verein' is merged in a circle, take `same_as` "
                "away from one of them"
            ),
            (
                "data/entities/all.yaml:11: 'zwei' is merged in a circle, take `same_as` "
                "away from one of them"
            ),
        ],
        id="merged in a circle",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Vorhaben",
            "label: Vorhaben\n  same_as: {entity: verein, by: R, on: 2026-01-01, why: w}",
        ),
        [
            (
                "data/entities/all.yaml:11: 'vorhaben' (Project) is merged into 'verein' "
                "(Association), give both the same type, or do not merge them"
            ),
        ],
        id="merged into another type",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Muster e.V.",
            (
                "label: Muster e.V.\n  not_same_as: {entity: zwei, by: R, on: 2026-01-01, "
                "why: w}\n- id: zwei\n  type: Association\n  label: Zwei\n  same_as: "
                "{entity: verein, by: R, on: 2026-01-01, why: w}"
            ),
        ),
        [
            (
                "data/entities/all.yaml:11: 'zwei' is merged into 'verein', but 'verein' is "
                "not_same_as 'zwei', take away one of the two decisions"
            ),
        ],
        id="merged and not the same",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Vorhaben",
            "label: Vorhaben\n  not_same_as: {entity: verein, by: R, on: 20260101, why: w}",
        ),
        [
            (
                "data/entities/all.yaml:11: `on` of 'vorhaben': '20260101' is no day, write "
                "a day, such as 2026-03-01"
            ),
        ],
        id="decision without a proper day",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Vorhaben",
            "label: Vorhaben\n  not_same_as: {entity: verein, by: R, on: 2026-01-01}",
        ),
        [
            "data/entities/all.yaml:14: 'why' is missing, add `why: …`",
        ],
        id="decision without reason",
    ),
    pytest.param(
        ENTITIES_FILE,
        (
            "label: Vorhaben",
            (
                "label: Vorhaben\n  same_as:\n  - {entity: zwei, by: R, on: 2026-01-01, why: "
                "w}\n  - {entity: bund, by: R, on: 2026-01-01, why: w}\n- id: zwei\n  type: "
                "Project\n  label: Zwei"
            ),
        ),
        [
            (
                "data/entities/all.yaml:14: 'same_as' names several entities, keep one, and "
                "merge the others into that one"
            ),
        ],
        id="merged into two",
    ),
    pytest.param(
        SOURCE_FILE,
        ("id: meldung", "id: meldunk"),
        [
            (
                "data/sources/meldung.yaml:1: its text texts/meldunk.txt is missing, put it "
                "there to prove the quotes"
            ),
            (
                "data/sources/meldung.yaml:1: source 'meldunk' stands in meldung.yaml, name "
                "the file meldunk.yaml, or the source meldung"
            ),
        ],
        id="id is not the file name",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("id: vorhaben", "id: Vorhaben"),
        [
            (
                "data/entities/all.yaml:11: 'Vorhaben' cannot be an id, use small letters "
                "a-z, digits and single hyphens, such as 'universitaet-leipzig'"
            ),
            (
                "data/sources/meldung.yaml:14: unknown entity 'vorhaben', did you mean "
                "'Vorhaben'? Or add it under entities/"
            ),
        ],
        id="id with capitals",
    ),
    pytest.param(
        SOURCE_FILE,
        ("object: vorhaben", "object: Vorhaben"),
        [
            (
                "data/sources/meldung.yaml:14: unknown entity 'Vorhaben', did you mean "
                "'vorhaben'? Or add it under entities/"
            ),
        ],
        id="reference with capitals",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"\xff\xfe-\x00 \x00",
        [
            "data/entities/all.yaml:1: this is not UTF-8, save the file as UTF-8",
            *NO_ENTITIES,
        ],
        id="UTF-16",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"- id: bund\n  label: B\xfcnd\n",
        [
            "data/entities/all.yaml:2: this is not UTF-8, save the file as UTF-8",
            *NO_ENTITIES,
        ],
        id="Latin-1",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"",
        [
            "data/entities/all.yaml:1: this file is empty, fill or delete it",
            *NO_ENTITIES,
        ],
        id="empty file of entities",
    ),
    pytest.param(
        SOURCE_FILE,
        b"# nur eine Notiz\n",
        [
            "data/sources/meldung.yaml:1: this file is empty, fill or delete it",
        ],
        id="source of comments only",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        [
            (
                "data/entities/all.yaml:1: this uses a YAML anchor (&) or alias (*), write "
                "the value out, or put a text with & or * in front between quotes"
            ),
            *NO_ENTITIES,
        ],
        id="alias bomb",
    ),
    pytest.param(
        SOURCE_FILE,
        b"[" * 100_000,
        [
            (
                "data/sources/meldung.yaml:1: this is nested too deeply, data here is a few "
                "levels deep"
            ),
        ],
        id="100,000 brackets",
    ),
    pytest.param(
        SOURCE_FILE,
        b"id: meldung\nnote:\n  " + b"- " * 100_000,
        [
            (
                "data/sources/meldung.yaml:3: this is nested too deeply, data here is a few "
                "levels deep"
            ),
        ],
        id="100,000 list items",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"- !!python/object/apply:os.system [echo]\n",
        [
            (
                "data/entities/all.yaml:1: this uses a YAML tag (!), leave it out, or put a "
                "text with ! in front between quotes"
            ),
            *NO_ENTITIES,
        ],
        id="YAML tag",
    ),
    pytest.param(
        SOURCE_FILE,
        ("title: Eine Meldung", "title: [Eine Meldung]"),
        [
            "data/sources/meldung.yaml:2: 'title' should be a text, write one value",
        ],
        id="list for a text",
    ),
    pytest.param(
        SOURCE_FILE,
        b"- id: meldung\n",
        [
            "data/sources/meldung.yaml:1: this should be a mapping, write `key: value` lines",
        ],
        id="list for a source",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"verein:\n  type: Association\n",
        [
            (
                "data/entities/all.yaml:1: this should be a list of entities, write `- id: "
                "…` for each"
            ),
            *NO_ENTITIES,
        ],
        id="mapping for a list",
    ),
    pytest.param(
        SOURCE_FILE,
        ("- subject: bund\n", "- bund\n- subject: bund\n"),
        [
            "data/sources/meldung.yaml:14: this should be a mapping, write `key: value` lines",
        ],
        id="text for a statement",
    ),
    pytest.param(
        SOURCE_FILE,
        ("end: 29", "end: 99999999999999999999999"),
        [
            (
                "data/sources/meldung.yaml:8: the quote has no offsets, run `kg format "
                "--texts DIR` to fill it in"
            ),
            (
                "data/sources/meldung.yaml:13: 'end' should be a whole number, not "
                "'99999999999999999999999', mend it, or let `kg format` fill it in"
            ),
        ],
        id="huge number",
    ),
    pytest.param(
        SOURCE_FILE,
        ("start: 0", "start: -1"),
        [
            (
                "data/sources/meldung.yaml:8: the quote has no offsets, run `kg format "
                "--texts DIR` to fill it in"
            ),
            (
                "data/sources/meldung.yaml:13: 'start' should be a whole number, not '-1', "
                "mend it, or let `kg format` fill it in"
            ),
        ],
        id="negative number",
    ),
    pytest.param(
        SOURCE_FILE,
        ("https://example.org/meldung", "example.org"),
        [
            (
                "data/sources/meldung.yaml:1: 'example.org' is no web address, write the "
                "page's https:// address"
            ),
        ],
        id="no web address",
    ),
    pytest.param(
        SOURCE_FILE,
        ("published", "language: Deutsch ja\npublished"),
        [
            "data/sources/meldung.yaml:4: 'Deutsch ja' is no language, write de or en",
        ],
        id="no language",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("  label: Vorhaben\n", ""),
        [
            "data/entities/all.yaml:11: 'label' is missing, add `label: …`",
        ],
        id="no label",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("label: Vorhaben", "label: {en: Undertaking}"),
        [
            "data/entities/all.yaml:11: 'vorhaben' has no German label, add `label: {de: …}`",
        ],
        id="no German label",
    ),
    pytest.param(
        SOURCE_FILE,
        ("since: 2019", "since: 2019\n  amount: {value: 3.8 Mio}"),
        [
            (
                "data/sources/meldung.yaml:12: '3.8 Mio' is no amount, write digits and a "
                "point, such as 3800000 or 12.50"
            ),
        ],
        id="no amount",
    ),
    pytest.param(
        SOURCE_FILE,
        ("  certainty: stated\n  evidence", "  certainty: sure\n  evidence"),
        [
            (
                "data/sources/meldung.yaml:12: 'certainty' cannot be 'sure', known are: "
                "implied, stated"
            ),
        ],
        id="unknown certainty",
    ),
    pytest.param(
        ENTITIES_FILE,
        b"- id: Ab\n",
        [
            (
                "data/entities/all.yaml:1: 'Ab' cannot be an id, use small letters a-z, "
                "digits and single hyphens, such as 'universitaet-leipzig'"
            ),
            "data/entities/all.yaml:1: 'label' is missing, add `label: …`",
            "data/entities/all.yaml:1: 'type' is missing, add `type: …`",
            (
                "data/sources/meldung.yaml:1: unknown entity 'verein', known are: Ab; or add "
                "it under entities/"
            ),
            (
                "data/sources/meldung.yaml:8: unknown entity 'anna-muster', known are: Ab; "
                "or add it under entities/"
            ),
            (
                "data/sources/meldung.yaml:8: unknown entity 'verein', known are: Ab; or add "
                "it under entities/"
            ),
            (
                "data/sources/meldung.yaml:14: unknown entity 'bund', known are: Ab; or add "
                "it under entities/"
            ),
            (
                "data/sources/meldung.yaml:14: unknown entity 'vorhaben', known are: Ab; or "
                "add it under entities/"
            ),
        ],
        id="several in one line",
    ),
    pytest.param(
        ENTITIES_FILE,
        ("  alias: [MV]", "  ? [a, b]\n  : c"),
        [
            "data/entities/all.yaml:10: a key should be a text, write one word",
        ],
        id="list as a key",
    ),
    pytest.param(
        SOURCE_FILE,
        ("relation: funds\n  object: vorhaben", "relation: foundedOn\n  object: Januar"),
        [
            (
                "data/sources/meldung.yaml:14: `object`: 'Januar' is no EDTF date, write "
                "2019, 2019-10, 2019-10-15, 2019~ or 201X"
            ),
        ],
        id="bad date as object",
    ),
    pytest.param(
        SOURCE_FILE,
        ("text: {sha256", "x: {sha256"),
        [
            (
                "data/sources/meldung.yaml:1: the source has quotes but no `text`, run `kg "
                "format --texts DIR` to fill it in"
            ),
            (
                "data/sources/meldung.yaml:6: unknown key 'x', known are: id, language, "
                "note, published, publisher, statements, text, title, url"
            ),
        ],
        id="no mark of the text",
    ),
]


def put(root: Path, path: str, change: tuple[str, str] | bytes | None, folder: DataFolder) -> None:
    """Break one file of a valid folder."""
    if isinstance(change, tuple):
        folder.replace(root / path, *change)
    elif change is None:
        (root / path).unlink()
    else:
        (root / path).write_bytes(change)


@pytest.mark.parametrize(("path", "change", "expected"), BROKEN)
def test_each_problem_is_told_with_place_and_mend(
    path: str,
    change: tuple[str, str] | bytes | None,
    expected: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_data: MakeData,
    ontology: Ontology,
) -> None:
    put(tmp_path, path, change, make_data(tmp_path))
    monkeypatch.chdir(tmp_path)
    _, problems = check_data(Path("data"), ontology, Path("texts"))
    assert [str(p) for p in problems] == expected


def test_the_folder_is_valid_before_a_test_breaks_it(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    corpus, problems = check_data(folder.data, ontology, folder.texts)
    assert problems == []
    assert sorted(corpus.entities) == ["anna-muster", "bund", "verein", "vorhaben"]
    first, second = corpus.statements()
    assert (first.subject, first.relation, first.object) == ("verein", "chairedBy", "anna-muster")
    assert (first.since, first.evidence[0].start, first.evidence[0].end) == ("2019", 0, 29)
    assert second.cited
    assert not first.cited


def test_all_problems_come_in_one_run_by_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.entities, "type: Project", "type: Projekt")
    folder.replace(folder.entities, "  alias: [MV]\n", "  alia: [MV]\n")
    folder.replace(folder.source, "relation: funds", "relation: fonds")
    folder.replace(folder.source, "since: 2019", "since: neunzehn")
    folder.replace(folder.source, "object: vorhaben", "object: vorhaben\n  foo: x")
    (folder.data / "sources" / "aaa.yaml").write_bytes(b"\xff")
    monkeypatch.chdir(tmp_path)
    _, problems = check_data(Path("data"), ontology, Path("texts"))
    assert [(p.path, p.line) for p in problems] == [
        (ENTITIES_FILE, 10),
        (ENTITIES_FILE, 11),
        ("data/sources/aaa.yaml", 1),
        (SOURCE_FILE, 8),
        (SOURCE_FILE, 14),
        (SOURCE_FILE, 17),
    ]
    assert problems == sorted(problems), "line 9 stands before line 10"


def test_the_same_source_in_two_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.source.with_suffix(".yml").write_bytes(folder.source.read_bytes())
    monkeypatch.chdir(tmp_path)
    _, problems = check_data(Path("data"), ontology)
    [problem] = problems
    assert str(problem) == (
        "data/sources/meldung.yml:1: id 'meldung' is already used in "
        "data/sources/meldung.yaml:1, merge the two, or give one another id"
    )


def test_without_texts_all_but_the_proof_is_checked(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "Anna Muster leitet den Verein", "Anna Muster führt den Verein ")
    assert check_data(folder.data, ontology)[1] == []
    assert len(check_data(folder.data, ontology, folder.texts)[1]) == 1


def test_what_is_no_folder_is_told(tmp_path: Path, make_data: MakeData, ontology: Ontology) -> None:
    with pytest.raises(KgError, match=r"this is no data folder, it should have .* sources/$"):
        check_data(tmp_path, ontology)
    folder = make_data(tmp_path)
    with pytest.raises(KgError, match=r"nowhere: this is no folder, give the folder that has"):
        check_data(folder.data, ontology, tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["a: b", "a, b", "ü ü", "a:3: b"])
def test_odd_folder_names_keep_place_and_message(
    name: str, tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path / name)
    folder.source.write_bytes(b"id: x\ntitle: \xff\n")
    [problem] = check_data(folder.data, ontology)[1]
    assert problem == Problem(str(folder.source), 2, "this is not UTF-8", "save the file as UTF-8")


def test_what_is_no_readable_file_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    (folder.data / "sources" / "folder.yaml").mkdir()
    [problem] = check_data(folder.data, ontology)[1]
    assert problem.message == "this file is not read"


@pytest.mark.parametrize("name", ["entities/sub/more.yaml", "deep.yaml", "sources/a/b/c.yml"])
def test_a_file_that_is_not_read_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology, name: str
) -> None:
    folder = make_data(tmp_path)
    (folder.data / name).parent.mkdir(parents=True, exist_ok=True)
    (folder.data / name).write_text("- id: [", encoding="utf-8")
    [problem] = check_data(folder.data, ontology)[1]
    assert (problem.path, problem.message) == (str(folder.data / name), "this file is not read")


def test_endings_in_capitals_are_read(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    (folder.data / "entities" / "MORE.YAML").write_text("- id: [", encoding="utf-8")
    [problem] = check_data(folder.data, ontology)[1]
    assert problem.message.startswith("this is no YAML")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "label: Anna Muster",
            'label: "Anna \\x0b Muster"',
            "a text has the control character U+000B",
        ),
        ("label: Vorhaben", 'label: "Vorhaben \\uFFFE"', "a text has the control character U+FFFE"),
    ],
)
def test_what_no_xml_can_hold_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology, old: str, new: str, message: str
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.entities, old, new)
    assert message in [p.message for p in check_data(folder.data, ontology)[1]]


def test_amounts_and_hashes_are_of_their_form(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(
        folder.source, "  note: Gelesen", "  amount: {value: 5, currency: Euro}\n  note: Gelesen"
    )
    folder.replace(folder.source, "sha256: ", "sha256: x")
    messages = [p.message for p in check_data(folder.data, ontology)[1]]
    assert messages == ["`sha256` is no SHA-256 in hex digits", "'Euro' is no currency"]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("since: 2019", None),
        ("since: 2019\n  observed: 2018", "it is observed (2018) outside of since and until"),
        ("since: 2019\n  observed: 2019", None),
        (
            "until: 2017\n  observed: 2018-01-01",
            "it is observed (2018-01-01) outside of since and until",
        ),
        ("since: 2019\n  until: 2018", "it ends (2018) before it begins (2019)"),
        ("since: 2019\n  until: ..", None),
    ],
)
def test_intervals_that_cannot_be_are_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology, dates: str, message: str | None
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "since: 2019", dates)
    found = [p.message for p in check_data(folder.data, ontology)[1]]
    assert found == ([] if message is None else [f"impossible interval: {message}"])


def test_verdicts_and_withdrawals_are_checked(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    (folder.data / "conflicts.yaml").write_text(
        "- statements: [abc, def]\n  verdict: roundin\n  by: R\n  on: 2026-13-01\n  why: w\n",
        encoding="utf-8",
    )
    folder.replace(
        folder.source,
        "  note: Gelesen",
        "  withdrawn: {by: R, on: gestern, why: w}\n  note: Gelesen",
    )
    found = [(p.line, p.message, p.mend) for p in check_data(folder.data, ontology)[1]]
    assert (2, "'verdict' cannot be 'roundin'", "did you mean 'rounding'?") in found
    assert {m for _, m, _ in found} == {
        "'verdict' cannot be 'roundin'", "unknown statement 'abc'", "unknown statement 'def'",
        "`on`: '2026-13-01' is no day", "`on`: 'gestern' is no day"}  # fmt: skip


def test_a_circle_of_successors_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    with folder.source.open("a", encoding="utf-8") as out:
        for one, other in (("bund", "verein"), ("verein", "vorhaben"), ("vorhaben", "bund")):
            out.write(
                f"- {{subject: {one}, relation: successorOf, object: {other}, evidence: {{cited: true, note: n}}}}\n"
            )
    messages = [p.message for p in check_data(folder.data, ontology)[1]]
    assert messages == [
        "'bund' comes after itself by way of 'verein'",
        "'verein' comes after itself by way of 'vorhaben'",
        "'vorhaben' comes after itself by way of 'bund'",
    ]


def test_a_chain_of_successors_is_none(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    with folder.source.open("a", encoding="utf-8") as out:
        for one, other in (("bund", "verein"), ("verein", "vorhaben")):
            out.write(
                f"- {{subject: {one}, relation: successorOf, object: {other}, evidence: {{cited: true, note: n}}}}\n"
            )
    assert check_data(folder.data, ontology)[1] == []


def test_still_before_its_time_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "  since: 2019", "  since: 2021\n  until: ..")
    assert [(p.message, p.mend) for p in check_data(folder.data, ontology)[1]] == [(
        "impossible interval: `until: ..` says it holds on 2020-01-31, but it begins later",
        "leave out until, or write `modality: planned`",
    )]  # fmt: skip
    folder.replace(folder.source, "  until: ..", "  until: ..\n  modality: planned")
    assert check_data(folder.data, ontology)[1] == []


def test_an_id_longer_than_any_file_name_is_told(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "id: meldung", f"id: {'x' * 5000}")
    messages = [p.message for p in check_data(folder.data, ontology, folder.texts)[1]]
    assert f"source '{'x' * 5000}' stands in meldung.yaml" in messages


def test_lines_and_files_of_other_systems_are_read(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    content = folder.source.read_text(encoding="utf-8").replace("\n", "\r\n")
    folder.source.write_bytes(b"\xef\xbb\xbf" + content.encode())
    corpus, problems = check_data(folder.data, ontology, folder.texts)
    assert problems == []
    assert [s.origin.line for s in corpus.statements()] == [8, 14]


def test_no_value_is_read_as_anything_but_text(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    folder.replace(
        folder.entities, "alias: [MV]", "alias: [NO, 007, 1e3, 2019-01-01, ~, null, 0x1F]"
    )
    corpus, problems = check_data(folder.data, ontology)
    assert problems == []
    aliases = [n.text for n in corpus.entities["verein"].aliases]
    assert aliases == ["NO", "007", "1e3", "2019-01-01", "~", "null", "0x1F"]


def test_a_problem_is_one_line_whatever_is_quoted() -> None:
    problem = Problem("a.yaml", 3, "the quote „Kontakt\n\x1b[31mrot“ is not in the text", "mend it")
    assert str(problem) == "a.yaml:3: the quote „Kontakt  [31mrot“ is not in the text, mend it"


def test_near_names_are_named_and_far_ones_listed() -> None:
    assert did_you_mean("vereim", ["verein", "bund"]) == "did you mean 'verein'?"
    assert did_you_mean("x", [f"n{i:02}" for i in range(40)]).endswith("n29, …")
    assert did_you_mean("x", ["b", "a", "b"]) == "known are: a, b"
    assert did_you_mean("x", []) == "there is none"


keys = st.sampled_from(
    [
        "id",
        "type",
        "label",
        "alias",
        "same_as",
        "not_same_as",
        "note",
        "title",
        "publisher",
        "published",
        "url",
        "language",
        "text",
        "statements",
        "subject",
        "relation",
        "object",
        "since",
        "until",
        "observed",
        "role",
        "amount",
        "modality",
        "certainty",
        "inferred",
        "evidence",
        "quote",
        "start",
        "end",
        "cited",
        "entity",
        "by",
        "on",
        "why",
        "de",
        "value",
        "sha256",
        "length",
        "x",
    ]
)
words = st.sampled_from(
    [
        "verein",
        "bund",
        "meldung",
        "anna-muster",
        "chairedBy",
        "chairOf",
        "foundedOn",
        "Person",
        "true",
        "2019",
        "2019-13",
        "..",
        "0",
        "29",
        "-1",
        "",
        "https://x.de",
        "stated",
        "planned",
        "de",
    ]
)
structures = st.recursive(
    words | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | words, inner, max_size=9),
    max_leaves=25,
)


def as_yaml(value: object) -> str:
    """Flow-style YAML of texts, lists and mappings, every text quoted and escaped."""
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{as_yaml(k)}: {as_yaml(v)}" for k, v in value.items()) + "}"


def check_anything(folder: DataFolder, ontology: Ontology) -> tuple[Corpus, list[Problem]]:
    corpus, problems = check_data(folder.data, ontology, folder.texts)
    for problem in problems:
        assert problem.path in (str(folder.entities), str(folder.source)), problem
        assert problem.line >= 1, problem
        assert problem.message, problem
        assert problem.mend, problem
        assert "\n" not in str(problem)
    return corpus, problems


@given(st.binary() | st.text().map(str.encode), st.booleans())
@example(b"- [", True)
@example(b"id: ]", False)
@example(b"&a [*a]", True)
@example(b"? ? ? a", False)
@example(b"!!set {a}", True)
def test_any_bytes_as_a_file_give_problems_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory,
    make_data: MakeData,
    ontology: Ontology,
    content: bytes,
    as_entities: bool,
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "bytes")
    (folder.entities if as_entities else folder.source).write_bytes(content)
    _, problems = check_anything(folder, ontology)
    assert problems, "no such file says anything valid"


@given(structures)
def test_any_structure_as_a_source_gives_problems_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory,
    make_data: MakeData,
    ontology: Ontology,
    structure: object,
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "source")
    folder.source.write_text(as_yaml(structure), encoding="utf-8")
    check_anything(folder, ontology)


@settings(max_examples=30)
@given(st.lists(st.dictionaries(keys, structures, max_size=7), max_size=4))
def test_any_structures_as_statements_give_problems_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory,
    make_data: MakeData,
    ontology: Ontology,
    statements: list[dict[str, object]],
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "statements")
    head = folder.source.read_text(encoding="utf-8").partition("statements:")[0]
    folder.source.write_text(f"{head}statements: {as_yaml(statements)}\n", encoding="utf-8")
    check_anything(folder, ontology)


@settings(max_examples=30)
@given(st.lists(st.dictionaries(keys, structures, max_size=7), max_size=4) | structures)
def test_any_structures_as_entities_give_problems_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory,
    make_data: MakeData,
    ontology: Ontology,
    entities: object,
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "entities")
    folder.entities.write_text(as_yaml(entities), encoding="utf-8")
    check_anything(folder, ontology)


def test_the_packaged_data_has_no_problem(ontology: Ontology) -> None:
    _, problems = check_data(shipped("data"), ontology)
    assert not problems, "\n".join(map(str, problems))


def test_every_quote_of_the_packaged_data_stands_in_its_text(ontology: Ontology) -> None:
    if not (texts := os.environ.get("KG_TEXTS")):
        pytest.skip("the texts are their publishers': set KG_TEXTS to a folder of <source-id>.txt")
    corpus, problems = check_data(shipped("data"), ontology, Path(texts))
    assert not problems, "\n".join(map(str, problems))
    proved = 0
    for statement in corpus.statements():
        for evidence in statement.evidence:
            if evidence.quote is not None:
                text = (Path(texts) / f"{statement.source}.txt").read_bytes().decode()
                assert text[evidence.start : evidence.end] == evidence.quote, statement.origin
                proved += 1
    assert proved > 100
