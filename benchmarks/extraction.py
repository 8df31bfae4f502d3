"""How well and how fast texts are read: ``python -m benchmarks.extraction [GOLD.jsonl…]``.

Without files, the invented texts of the tests; the annotated texts of a folder are given as
``FOLDER/gold.jsonl``. Times are those of the processor, on one core.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg import load
from kg.extraction.agreement import Score, compare
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
        begin, size = time.process_time(), 0
        by_relation: dict[str, Score] = {}
        for text in texts:
            found = extractor.extract(text.text, text.doc)
            size += len(text.text.encode())
            for name, score in compare(text, found, known).by_relation.items():
                by_relation[name] = by_relation.get(name, Score()) + score
        seconds = time.process_time() - begin
        print(f"{path}: {len(texts)} texts, {size / 1000 / seconds:.0f} KB/s")
        for name, score in (
            *sorted(by_relation.items()),
            ("all", sum(by_relation.values(), Score())),
        ):
            print(f"  {name:16} P {score.precision:.2f}  R {score.recall:.2f}  F1 {score.f1:.2f}")


if __name__ == "__main__":
    main([Path(p) for p in sys.argv[1:]] or [OWN / "dev.jsonl", OWN / "held.jsonl"])
