"""What a source says besides is shown at its concept."""

from api_graphs import concept
from asking import Api
from skillatlas.taxonomy import ConceptKind


def test_data_of_concepts(api: Api) -> None:
    query = "query ($id: ID!) { concept(id: $id) { data } }"
    assert api.ask(query, id="atlas:role.data-analyst")["concept"] == {"data": {"jobZone": 4}}
    assert api.ask(query, id="atlas:python")["concept"] == {"data": None}


def test_lists_stay_lists(own_api: Api) -> None:
    data: dict[str, object] = {"reuseLevel": "cross-sector", "collections": ["digitalSkills", "greenSkills"]}
    own_api.publish([concept("atlas:solar", ConceptKind.SKILL, "solar power", data=data)])
    assert own_api.ask('{ concept(id: "atlas:solar") { data } }')["concept"] == {"data": data}
