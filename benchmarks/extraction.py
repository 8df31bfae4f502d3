"""How well and how fast texts are read: ``python -m benchmarks.extraction [GOLD.jsonl…]``.

Without files, the invented texts of the tests; the annotated texts of a folder are given as
``FOLDER/gold.jsonl``. Times are those of the processor, on one core.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg import load
from kg.extraction.agreement import CORE, EVENTS, Score, compare
from kg.extraction.extracting import Extractor, prepare
from kg.extraction.gold import read_gold
from kg.extraction.lexicon import read_lexicon

OWN = Path(__file__).parent.parent / "tests" / "extraction"


def main(paths: list[Path]) -> None:
    """Print precision, recall and F1 by relation of each file, and the speed."""
    graph = load()
    extractor = Extractor(read_lexicon(graph.corpus), graph.ontology)
    known = {key: k.id for key, k in extractor.lexicon.by_key.items() if k.id}
    prepare()
    for path in paths:
        texts = list(read_gold(path))
        found = [extractor.extract(t.text, t.doc) for t in texts]
        print(f"{path}: {len(texts)} texts, {_speed(extractor, [t.text for t in texts]):.0f} KB/s")
        for relations in (CORE, EVENTS):
            by_relation: dict[str, Score] = {}
            for text, candidates in zip(texts, found, strict=True):
                score = compare(text, candidates, known, relations)
                for name, one in score.by_relation.items():
                    by_relation[name] = by_relation.get(name, Score()) + one
            rows = sorted(by_relation.items())
            for name, total in (*rows, ("all", sum(by_relation.values(), Score()))):
                print(
                    f"  {name:16} P {total.precision:.2f}  R {total.recall:.2f}  F1 {total.f1:.2f}"
                )


def _speed(extractor: Extractor, texts: list[str]) -> float:
    """KB of text a second, the median of five runs: names and words are known by then."""
    size, runs = sum(len(t.encode()) for t in texts), []
    for _ in range(5):
        begin = time.process_time()
        for text in texts:
            extractor.extract(text, "text")
        runs.append(size / 1000 / (time.process_time() - begin))
    return sorted(runs)[2]


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]] or [OWN / "dev.jsonl", OWN / "held.jsonl"])
