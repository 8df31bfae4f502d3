"""Names that a spaCy model of German sees, besides those that are found by form and by the graph."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import KgError, missing
from kg.extraction.mentions import Mention

if TYPE_CHECKING:
    from spacy.language import Language

_CLASSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "PER": ("person", ("Person",)),
    "PERSON": ("person", ("Person",)),
    "ORG": ("form", ("Organisation",)),
    "LOC": ("place", ("Place",)),
    "GPE": ("place", ("City", "Place")),
}
"""By label of a model: how a name counts as found, and its classes; other labels are passed over."""


@lru_cache(maxsize=1)
def load_model(name: str) -> Language:
    """A model by the name of its package or its folder.

    Raises:
        KgError: spaCy is not there, or has no such model, or the model names nothing.
    """
    try:
        import spacy
    except ImportError as error:
        raise missing("spaCy", "spacy") from error
    try:
        model = spacy.load(name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        mend = f"run `python -m spacy download {name}`, or give the folder of one"
        raise KgError(f"'{name}' cannot be loaded as a spaCy model ({reason}), {mend}") from error
    if not {"ner", "entity_ruler"} & set(model.pipe_names):
        raise KgError(f"'{name}' names nothing, give a model that has `ner` or `entity_ruler`")
    return model


def names_by_model(text: str, name: str) -> list[Mention]:
    """The persons, organisations and places of a text, as a model sees them.

    Raises:
        KgError: see ``load_model``.
    """
    model = load_model(name)
    model.max_length = max(model.max_length, len(text) + 1)
    return [
        Mention(entity.start_char, entity.end_char, entity.text, classes, kind)
        for entity in model(text).ents
        if entity.label_ in _CLASSES and "\n" not in entity.text
        for kind, classes in [_CLASSES[entity.label_]]
    ]
