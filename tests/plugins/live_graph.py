"""What a person sees in the explorable graph, and what they should see: two ways to the same facts.

`seen` asks with the model's labels only. `expected` is worked out from a dump's JSON, knowing nothing of the adapter.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import neo4j
import rfc8785

LABELS = {
    "AREA": "Area",
    "DOMAIN": "Domain",
    "SKILL_GROUP": "SkillGroup",
    "SKILL": "Skill",
    "ROLE_GROUP": "RoleGroup",
    "ROLE": "Role",
}
Facts = Counter[str]

_NODES = """
MATCH (n) WHERE n:Concept OR n:Course OR n:Scheme OR n:ExternalConcept
RETURN labels(n) AS labels, properties(n) AS properties
"""
_EDGES = """
MATCH (a)-[r]->(b) WHERE (a:Concept OR a:Course) AND (b:Concept OR b:ExternalConcept)
RETURN type(r) AS type, a.id AS start, coalesce(b.id, b.uri) AS end, b:Concept AS inside, properties(r) AS properties
"""
_CLAUSES = """
MATCH (a)-[r:REQUIRES|ASSUMES]->(c:Clause)
RETURN type(r) AS type, a.id AS start, properties(r) AS properties,
  COLLECT { MATCH (c)-[o:ANY_OF]->(b) RETURN [coalesce(b.id, b.uri), b:Concept, o.level] } AS options
"""
_REMAINS = """
MATCH (m:Meta {name: 'store'})
RETURN m.head AS head,
  COUNT { MATCH (n) WHERE n:Staged OR n:Retired } AS nodes,
  COUNT { MATCH (n:Change) WHERE n.seq > m.lastSeq OR n.until > m.head } AS changes,
  COUNT { MATCH (n:Release) WHERE n.number > m.head } AS releases,
  COUNT { MATCH (n:SchemeState) WHERE n.release > m.head } AS states,
  COUNT { MATCH (n:Edit) WHERE n.no > m.lastEdit } AS edits,
  COUNT { MATCH (n:Document) WHERE n.since > m.batch OR n.until > m.batch } AS documents,
  COUNT { MATCH (n:Clause) WHERE NOT (n)<--() } AS clauses
"""


def _fact(*parts: Any) -> str:
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)


def _some(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value is not None}


def seen(driver: neo4j.Driver, database: str) -> Facts:
    """Every node and relationship that a question with the model's labels can meet."""
    facts: Facts = Counter()
    with driver.session(database=database) as session:
        for row in session.run(_NODES):
            facts[_fact("node", sorted(row["labels"]), row["properties"])] += 1
        for row in session.run(_EDGES):
            facts[_fact(row["type"], row["start"], row["end"], row["inside"], row["properties"])] += 1
        for row in session.run(_CLAUSES):
            facts[_fact(row["type"], row["start"], row["properties"], sorted(row["options"], key=_fact))] += 1
    return facts


def remains(driver: neo4j.Driver, database: str) -> dict[str, int]:
    """What is there and does not count, by sort; empty where all is swept."""
    row = driver.execute_query(_REMAINS, database_=database).records[0].data()
    row.pop("head")
    return {name: count for name, count in row.items() if count}


def expected(lines: Iterable[bytes]) -> Facts:
    """The facts of a release's dump."""
    rows = [json.loads(line) for line in lines]
    concepts = {row["entityId"]: row["entity"] for row in rows if row["entityType"] == "CONCEPT"}
    by_uri = {body["uri"]: concept_id for concept_id, body in concepts.items()}
    facts: Facts = Counter()
    external: set[str] = set()

    def end(concept_id: str, uri: str | None = None) -> tuple[str, bool]:
        found = concept_id if concept_id in concepts else by_uri.get(uri or "")
        if found is None:
            external.add(uri or concept_id)
        return found or uri or concept_id, found is not None

    def option(concept_id: str, level: int | None) -> list[Any]:
        return [*end(concept_id), level]

    for row in rows:
        body = row["entity"]
        match row["entityType"]:
            case "SCHEME":
                facts[_fact("node", ["Scheme"], _some(body))] += 1
            case "CONCEPT":
                facts[_fact("node", sorted(["Concept", LABELS[body["kind"]]]), _concept(body))] += 1
                for instead in (body["replacement"] or {}).get("concepts", []):
                    properties = _some({key: body["replacement"][key] for key in ("kind", "reason")})
                    facts[_fact("REPLACED_BY", row["entityId"], *end(instead), properties)] += 1
            case "EDGE":
                properties = _edge(body)
                if body["type"] == "REQUIRES":
                    options = sorted((option(skill, None) for skill in body["to"]), key=_fact)
                    facts[_fact("REQUIRES", body["from"], properties, options)] += 1
                    continue
                iri = properties.get("iri") if body["type"] == "MAPS_TO" else None
                facts[_fact(body["type"], body["from"], *end(body["to"][0], iri), properties)] += 1
            case "COURSE":
                facts[_fact("node", ["Course"], _course(body))] += 1
                for taught in body["teaches"]:
                    properties = _edge_numbers({"level": taught["level"], "confidence": taught["confidence"]})
                    facts[_fact("TEACHES", body["id"], *end(taught["skill"]), properties)] += 1
                for clause in body["assumes"]:
                    options = sorted((option(o["skill"], o["level"]) for o in clause["anyOf"]), key=_fact)
                    facts[_fact("ASSUMES", body["id"], {"kind": clause["kind"]}, options)] += 1
    for uri in external:
        facts[_fact("node", ["ExternalConcept"], {"uri": uri})] += 1
    return facts


def _text(data: Any) -> str | None:
    """RFC 8785, in which a whole number beyond 2^53 is a float."""
    return None if data is None else rfc8785.dumps(json.loads(json.dumps(data), parse_int=_number)).decode()


def _number(text: str) -> int | float:
    return int(text) if abs(int(text)) < 2**53 else float(text)


def _best(texts: dict[str, str]) -> str | None:
    return texts.get("en", texts[min(texts)]) if texts else None


def _concept(body: dict[str, Any]) -> dict[str, Any]:
    row = {key: body[key] for key in ("id", "uri", "scheme", "kind", "status", "skillType")}
    # The last of two in one language: a source's fault, kept as it is.
    preferred = {label["lang"]: label["value"] for label in body["labels"] if label["type"] == "PREFERRED"}
    for name, kind in (("altLabels", "ALTERNATIVE"), ("hiddenLabels", "HIDDEN")):
        row[name] = sorted({label["value"] for label in body["labels"] if label["type"] == kind})
    for prefix, texts in (("prefLabel", preferred), ("definition", body["definitions"])):
        row[prefix] = _best(texts)
        row |= {f"{prefix}_{lang.replace('-', '_')}": text for lang, text in texts.items()}
    replacement = body["replacement"] or {"kind": None, "reason": None}
    row |= {"replacementKind": replacement["kind"], "replacementReason": replacement["reason"]}
    return _some(row | {"data": _text(body["data"])})


def _edge_numbers(properties: dict[str, Any]) -> dict[str, Any]:
    for key in ("confidence", "transfer", "importance"):
        if properties.get(key) is not None:
            properties[key] = float(properties[key])
    return _some(properties)


def _edge(body: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in body.items() if key not in ("id", "type", "from", "to")}
    if body["type"] == "MAPS_TO":
        properties["iri"] = body["id"].split("|", 3)[3]
    return _edge_numbers(properties | {"data": _text(body["data"])})


def _course(body: dict[str, Any]) -> dict[str, Any]:
    row = {key: value for key, value in body.items() if key not in ("teaches", "assumes", "price")}
    row["hours"] = float(body["hours"])
    if body["price"]:
        row |= {"price": float(body["price"]["amount"]), "currency": body["price"]["currency"]}
    return _some(row)
