"""Which forms a release has: labels in all languages, with the descriptions that concepts carry."""

from dataclasses import replace

from graphs import concept, graph_of
from skillatlas.ingest.extraction import Form, build_extractor, forms_of
from skillatlas.taxonomy import Broader, Concept, ConceptKind, ConceptStatus, Label, LabelType, Scheme

SCHEME = Scheme("atlas", "https://example.org/atlas/", "test")


def go() -> Concept:
    labels = (
        Label(LabelType.ALTERNATIVE, "en", "Golang"),
        Label(LabelType.PREFERRED, "en", "Go"),
        Label(LabelType.PREFERRED, "zh", "Go"),
    )
    described = {
        "text": "Go",
        "lang": "en",
        "matchCase": True,
        "needsContext": True,
        "context": ["goroutines"],
        "except": ["Go live"],
    }
    data = {"forms": [described, {"text": "Go lang", "matchCase": False}, "nonsense"]}
    return replace(concept("atlas:go"), labels=labels, data=data)


def test_labels_with_their_descriptions() -> None:
    group = concept("atlas:group.languages", ConceptKind.SKILL_GROUP)
    domain = concept("atlas:domain.code", ConceptKind.DOMAIN)
    gone = replace(concept("atlas:gone"), status=ConceptStatus.DEPRECATED)
    edges = [Broader(from_id="atlas:go", to_id=group.id), Broader(from_id=group.id, to_id=domain.id)]
    graph = graph_of([SCHEME, go(), group, domain, gone, *edges])
    assert forms_of(graph, "atlas") == [
        Form("Golang", "en", "atlas:go", "ALTERNATIVE", domain=domain.id),
        Form("Go", "en", "atlas:go", "PREFERRED", True, True, ("goroutines",), ("Go live",), domain.id),
        Form("Go", "zh", "atlas:go", "PREFERRED", domain=domain.id),
        Form("Go lang", "en", "atlas:go", "ALTERNATIVE", match_case=False, domain=domain.id),
    ]
    assert forms_of(graph, "esco") == []


def test_the_topmost_group_stands_for_a_domain_that_is_not_there() -> None:
    pillar = concept("esco:pillar", ConceptKind.AREA)
    upper, lower = (concept(f"esco:{name}", ConceptKind.SKILL_GROUP) for name in ("upper", "lower"))
    skill, lone = concept("esco:skill", label="whittling"), concept("esco:lone", label="juggling")
    edges = [
        Broader(from_id=skill.id, to_id=lower.id),
        Broader(from_id=lower.id, to_id=upper.id),
        Broader(from_id=upper.id, to_id=pillar.id),
    ]
    scheme = replace(SCHEME, key="esco")
    graph = graph_of([scheme, pillar, upper, lower, skill, lone, *edges])
    assert [(form.text, form.domain) for form in forms_of(graph, "esco")] == [
        ("juggling", None),
        ("whittling", "esco:upper"),
    ]
    found = build_extractor(graph, "esco").extract("Experience with whittling").mentions
    assert [one.skill_id for one in found] == ["esco:skill"]
