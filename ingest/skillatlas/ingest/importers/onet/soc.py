"""The groups of the 2018 Standard Occupational Classification, above O*NET's occupations.

O*NET's tables have no titles for them. These are the official titles of its 23 major and 98 minor groups, a work of
the United States government and so in the public domain. Broad groups are left out: they have two occupations each
on average and would say nothing that the code does not.
"""

import re

from skillatlas.taxonomy import ONET_NAMESPACE, Broader, Concept, ConceptKind, Edge, Label, LabelType

from .gathering import KEY, LANG, SOURCE
from .soc_titles import MAJOR_TITLES, MINOR_TITLES

OCCUPATION_CODE = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")


def minor_group(code: str) -> str:
    """The minor group of an occupation's code: `15-1200` of `15-1252.00`, `11-3000` of `11-3021.00`."""
    finer = code[:5] + "00"
    return finer if finer in MINOR_TITLES else code[:4] + "000"


def major_group(code: str) -> str:
    """The major group of a code: `15-0000`."""
    return code[:2] + "-0000"


def group_concepts(codes: set[str]) -> tuple[list[Concept], list[Edge]]:
    """The groups above occupations of these codes, and the minor ones below the major ones."""
    minors = sorted({minor_group(code) for code in codes})
    majors = sorted({major_group(code) for code in codes})
    concepts = [_group(code, MAJOR_TITLES.get(code, f"SOC major group {code}")) for code in majors]
    concepts += [_group(code, MINOR_TITLES.get(code, f"SOC minor group {code}")) for code in minors]
    edges: list[Edge] = [
        Broader(from_id=f"{KEY}:{code}", to_id=f"{KEY}:{major_group(code)}", source=SOURCE) for code in minors
    ]
    return concepts, edges


def _group(code: str, title: str) -> Concept:
    return Concept(
        id=f"{KEY}:{code}",
        uri=ONET_NAMESPACE + code,
        scheme=KEY,
        kind=ConceptKind.ROLE_GROUP,
        labels=(Label(LabelType.PREFERRED, LANG, title),),
        data={"code": code},
    )
