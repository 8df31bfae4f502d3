"""Whether a first name is a man's or a woman's: whom "er" and "sie" may mean."""

from __future__ import annotations

from functools import lru_cache

from kg.extraction.vocabulary import first_names

_MEN = frozenset(
    """
    Abdullah Attila Arne Andre Bela Bjarke Bjarne Bosse Carsten Daniele Emre Enrique Fiete Freddie George Geza
    Giuseppe Guiseppe Hamza Hauke Helge Ilija Ilja Jens-Uwe Jerome Jorge Jose Josua Kai-Uwe Lasse Maurice Mike Momme
    Mustafa Nikita Ole Pasquale Pepe Philippe Pierre Reza Riza Rune Salvatore Serge Stephane Steve Svante Sverre
    Sönke Thade Thore Tobie Tolga Torge Uffe Uwe Yngve Grischa
    """.split()
)
"""Names of men that end in "a" or "e", as most women's do."""
_WOMEN = frozenset(
    """
    Adelheid Agnes Albrun Almut Almuth Anabel Anett Ann Annegret Annekatrin Anneli Annelies Annett Anngret Anni Anny
    Anouk Arzu Asli Astrid Aylin Aynur Aysel Ayten Babett Bahar Beatrix Berit Berivan Betti Betty Birgid Birgit
    Birgitt Birgül Björg Brit Britt Brunhild Brunhilt Bruni Burcu Burghild Bärbel Canan Caren Carin Carmen Carolin
    Cathleen Cathrin Catrin Ceren Chantal Charlott Christel Christin Christl Cilli Cilly Cindy Dagmar Damaris
    Deborah Dietlind Dilan Dilek Dolores Doreen Doris Dorit Doro Duygu Ebru Edelgard Edeltraud Edeltraut Edeltrud
    Edit Edith Ehrentraud Eileen Eleni Eleonor Elfgard Elfi Elgin Elif Elisabet Elisabeth Elizabeth Ellen Elli
    Ellinor Elly Elsbeth Emily Emmi Emmy Ester Esther Evelin Evelyn Evi Fanny Felicitas Felizitas Filiz Friederun
    Friedl Gabi Gaby Gerdi Gerhild Gerlind Gerti Gertraud Gertraut Gertrud Gotlind Gretchen Gretel Gretl Grit Gritt
    Gudrun Gundel Gundi Gunhild Gusti Gönül Gülay Gülsen Gülten Hadwig Hannah Hannchen Hannelies Hanni Hanny Harriet
    Hedi Hedwig Hedy Heidi Heidrun Helen Helgard Helin Helmtrud Henni Henny Hermien Hildburg Hildegard Hildegart
    Hildegund Hiltraud Hiltrud Ildiko Ines Ingeborg Ingeburg Inger Ingetraud Ingetraut Ingrid Inken Inés Iris
    Irmengard Irmgard Irmhild Irmi Irmingard Irmtraud Irmtraut Irmtrud Isabel Isabell Isgard Janet Janett Janin
    Jasmin Jennifer Jenni Jenny Jil Judit Judith Jördis Karen Karin Karolin Katalin Kathi Kathleen Kathrin Kathy
    Kati Katrin Katy Kerstin Kirsten Kirstin Klothild Kreszenz Kriemhild Kristin Käthi Leni Liebgard Liesbet
    Liesbeth Lieschen Liesel Lili Lilian Lilli Lillian Lilly Lilo Lisbeth Lissi Lissy Liv Loni Lotti Luitgard Madlen
    Magali Magret Magrit Malin Mandy Manon Mareen Marei Maren Margaret Margit Margot Margret Margrit Mariam Marie-
    Theres Mariechen Marion Marisol Marit Marleen Marlen Marlies Marlis Mary Maryam Mechthild Mechtild Melek Meltem
    Meral Mercedes Meryem Minou Mirai Miriam Mirjam Myriam Nadin Nancy Naomi Nasrin Natali Nazan Nelli Nelly Nermin
    Nesrin Nilay Nilüfer Noemi Nuran Nuray Nursel Nurten Ortrud Ortrun Peggy Pelin Pinar Rachel Rahel Reingard
    Reinhild Reni Romy Rosalind Rosel Rosi Rosl Rothild Rotraud Rotraut Runhild Ruth Ruthild Sarah Sebnem Selin
    Serap Serpil Sevgi Sevim Sevinc Sibel Siegrid Siegrun Sigrid Sigrun Siham Silan Sindy Sinem Siri Solveig Songül
    Stefani Steffi Susan Susann Susi Swanhild Sybil Tamy Theres Tilly Tjorven Tordis Traudel Traudl Trudel Trudi
    Tülay Türkan Ursel Uschi Vivien Waldtraut Wally Waltraud Waltraut Waltrud Wiltraud Wiltrud Yaren Yasemin Yasmin
    Yvon Zainab Zenzi Zerrin Zeynep Zülal Özlem
    """.split()
)
"""Names of women that end otherwise."""
_EITHER = frozenset(
    """
    Eike Bente Luca Luka Mika Micha Sascha Sasha Kim Kai Kay Toni Robin Chris Conny Maxime Dominique Nikola Vanja
    Wanja Ilay Deniz Devrim Friedel Gerrit Gerit Kersten Jean Noel Pascale Sandy Ulli Uli Lovis Yael Can Minh Linh
    Thuy Tuan Umut Ilhan Sultan Alex Folke Harke Taha Günay Jo Francis Joke Ante Heilwig Sefa Franzi Resi Kaan Enes
    Engin Sinan Özgür Berkay Metin Nihal Nuri Umut Utku Vivian Elia Amra Mattea
    """.split()
)


@lru_cache(maxsize=20_000)
def person_gender(name: str) -> str:
    """``m`` or ``f`` by the first name of a person, or nothing where it does not tell.

    >>> person_gender("Dr. Ada Muster"), person_gender("Hans-Peter Muster"), person_gender("Karin Muster")
    ('f', 'm', 'f')
    >>> person_gender("Uwe Muster"), person_gender("Kim Muster"), person_gender("Muster")
    ('m', '', '')
    """
    words = [word for word in name.split(" ") if not word.endswith(".") and word[:1].isupper()]
    given = words[0] if len(words) > 1 else ""
    if given not in first_names():
        given = given.split("-")[0]
    if given in _EITHER or given not in first_names():
        return ""
    return "f" if given in _WOMEN or (given[-1] in "aeé" and given not in _MEN) else "m"


def may_be(word: str, name: str) -> bool:
    """Whether "er", "sie", "ihn" or "der Jurist" may stand for a person.

    >>> may_be("Sie", "Ada Muster"), may_be("Er", "Ada Muster"), may_be("Die Juristin", "Otto Muster")
    (True, False, False)
    """
    wanted = "f" if word.lower().startswith(("sie", "die ")) else "m"
    return person_gender(name) in ("", wanted)
