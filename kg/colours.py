"""Colour and shape of each type, the same on the page, in pictures and in files for Gephi.

The palette is that of M. Okabe and K. Ito, Color Universal Design, 2008: told apart with every
kind of colour vision. No two types share both colour and shape.
"""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "Actor": "#CC79A7",
    "Person": "#E69F00",
    "Organisation": "#56B4E9",
    "PublicBody": "#0072B2",
    "Association": "#009E73",
    "University": "#CC79A7",
    "ResearchInstitute": "#CC79A7",
    "Company": "#D55E00",
    "NonProfitCompany": "#56B4E9",
    "Programme": "#F0E442",
    "Project": "#56B4E9",
    "Fund": "#F0E442",
    "Agreement": "#009E73",
    "Event": "#D55E00",
    "Place": "#009E73",
    "City": "#56B4E9",
    "Region": "#0072B2",
    "Building": "#D55E00",
    "Country": "#E69F00",
    "Topic": "#CC79A7",
    "TargetGroup": "#56B4E9",
}
SHAPES: Mapping[str, str] = {
    "Organisation": "hexagon",
    "PublicBody": "square",
    "Association": "hexagon",
    "University": "triangle",
    "ResearchInstitute": "square",
    "Company": "diamond",
    "NonProfitCompany": "diamond",
    "Programme": "star",
    "Fund": "diamond",
    "Agreement": "square",
    "Event": "triangle",
    "Place": "triangleDown",
    "City": "triangleDown",
    "Region": "triangleDown",
    "Building": "triangleDown",
    "Country": "triangleDown",
    "Topic": "star",
    "TargetGroup": "star",
}
OTHER_COLOUR = "#8A9099"
OTHER_SHAPE = "dot"
EDGE_COLOUR = "#97A2B0"
NODE_BORDER = "#2C3946"
INK = "#1B2530"
OUTLINE = "#C3CAD3"  # of what is behind the network, such as borders

# Of communities, the largest first: Paul Tol's "muted", made for many kinds of things at once
# (P. Tol, Colour Schemes, SRON/EPS/TN/09-002, 2021), without its pale grey, which is for the rest.
COMMUNITY_COLOURS = (
    "#CC6677", "#332288", "#DDCC77", "#117733", "#88CCEE", "#882255",
    "#44AA99", "#999933", "#AA4499",
)  # fmt: skip
