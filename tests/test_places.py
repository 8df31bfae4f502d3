"""Where entities lie: seats, states and positions, stated and by what follows."""

from __future__ import annotations

import pytest

from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.ontology import Ontology
from kg.places import STATES, position, read_atlas

ENTITIES = {
    "verein": "Association", "hochschule": "University", "anna": "Person", "leipzig": "City",
    "chemnitz": "City", "sachsen": "Region", "ostdeutschland": "Region", "deutschland": "Country",
    "berlin": "City", "freistaat": "PublicBody",
}  # fmt: skip
LABELS = {"sachsen": "Sachsen", "berlin": "Berlin", "freistaat": "Sachsen"}
BASE = [("leipzig", "sachsen"), ("chemnitz", "sachsen"), ("sachsen", "ostdeutschland"),
        ("ostdeutschland", "deutschland"), ("berlin", "deutschland")]  # fmt: skip


def _corpus(*located: tuple[str, str], modality: str = "asserted") -> Corpus:
    statements = [
        Statement("s", a, "locatedIn", b, (Evidence(note="read"),), modality=m)
        for pairs, m in ((BASE, "asserted"), (located, modality))
        for a, b in pairs
    ]
    statements += [Statement("s", "leipzig", "hasPosition", "geo:51.34,12.37;u=1000", ()),
                   Statement("s", "deutschland", "hasPosition", "geo:51,10", ())]  # fmt: skip
    entities = {i: Entity(i, t, (Name(LABELS.get(i, i)),)) for i, t in ENTITIES.items()}
    return Corpus(entities, {"s": Source("s", "s", "verein", None, "https://example.org/",
                                         statements=tuple(statements))})  # fmt: skip


def test_the_nearest_place_is_the_seat(ontology: Ontology) -> None:
    atlas = read_atlas(_corpus(("verein", "ostdeutschland"), ("verein", "leipzig")), ontology)
    seat = atlas.seat("verein")
    assert (seat.place, seat.places, seat.state) == ("leipzig", ("leipzig",), "sachsen")
    assert seat.position == (51.34, 12.37)
    assert atlas.lies_in("verein", ["deutschland"]), "which nothing says outright"
    assert not atlas.lies_in("verein", ["berlin", "chemnitz"])


def test_of_several_seats_the_first_counts_and_all_are_kept(ontology: Ontology) -> None:
    atlas = read_atlas(_corpus(("hochschule", "leipzig"), ("hochschule", "chemnitz")), ontology)
    assert atlas.seat("hochschule").places == ("chemnitz", "leipzig")
    assert atlas.seat("hochschule").position == (51.34, 12.37), "of the first that has one"


def test_a_position_comes_from_the_nearest_place_around(ontology: Ontology) -> None:
    atlas = read_atlas(_corpus(("verein", "chemnitz")), ontology)
    assert atlas.seat("verein").position == (51, 10)


def test_states_are_places_of_that_name(ontology: Ontology) -> None:
    atlas = read_atlas(_corpus(("verein", "berlin"), ("hochschule", "deutschland")), ontology)
    assert atlas.states == {"sachsen", "berlin"}, "the Free State is a body, no place"
    assert atlas.seat("verein").state == "berlin"
    assert atlas.seat("hochschule").state is None
    assert len(STATES) == 16


@pytest.mark.parametrize("modality", ["planned", "denied"])
def test_only_what_is_asserted_counts(ontology: Ontology, modality: str) -> None:
    atlas = read_atlas(_corpus(("verein", "leipzig"), modality=modality), ontology)
    assert atlas.seat("verein").place is None
    assert atlas.seat("anna").position is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("geo:51.34,12.37", (51.34, 12.37)), ("geo:-33.9,151.2,30;crs=wgs84", (-33.9, 151.2)),
     ("geo:51.34", None), ("geo:91,0", None), ("geo:0,181", None), ("51.34,12.37", None),
     ("geo:51.34,12.37x", None)],
)  # fmt: skip
def test_positions_are_geo_uris(text: str, found: tuple[float, float] | None) -> None:
    assert position(text) == found


def test_the_packaged_actors_of_leipzig(corpus: Corpus, ontology: Ontology) -> None:
    atlas = read_atlas(corpus, ontology)
    for actor in ("hhl", "stadt-leipzig", "ihk-leipzig", "porsche-leipzig", "molewa"):
        seat = atlas.seat(actor)
        assert (seat.place, seat.state) == ("leipzig", "sachsen"), actor
        assert seat.position == (51.34, 12.37)
