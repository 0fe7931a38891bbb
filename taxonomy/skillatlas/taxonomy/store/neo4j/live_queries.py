"""The Cypher of the explorable graph: exactly the newest release, under the labels and types of the model.

What a publish adds is staged under labels of its own (`Staged`, `StagedConcept` …), out of reach of a question that
names the model's labels. A concept that is named without being in the store (the target of a mapping, a skill that a
course teaches) is an `ExternalConcept`. The last transaction lets the staged appear, and changes what is between nodes
that are there.
Relationship types and labels made from values (`$(…)`) come from fixed maps of this package, never from input.
"""

from typing import LiteralString

KIND_LABELS = {
    "AREA": "Area",
    "DOMAIN": "Domain",
    "SKILL_GROUP": "SkillGroup",
    "SKILL": "Skill",
    "ROLE_GROUP": "RoleGroup",
    "ROLE": "Role",
}

# ---- staging, in batches: nodes first, then what lies between staged nodes ---------------------------------------

STAGE_CONCEPTS: LiteralString = "UNWIND $rows AS row CREATE (n:Staged:StagedConcept) SET n = row"
STAGE_COURSES: LiteralString = "UNWIND $rows AS row CREATE (n:Staged:StagedCourse) SET n = row"
STAGE_EXTERNALS: LiteralString = "UNWIND $rows AS row MERGE (n:StagedExternal {uri: row.uri}) SET n:Staged"
STAGE_EDGES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedConcept {id: row.from}) MATCH (b:StagedConcept {id: row.to})
CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties
"""
STAGE_EXTERNAL_EDGES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedConcept {id: row.from}) MATCH (b:StagedExternal {uri: row.uri})
CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties
"""
STAGE_CLAUSES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedConcept {id: row.from})
CREATE (a)-[r:REQUIRES]->(c:Staged:StagedClause {id: row.id}) SET r = row.properties
WITH row, c UNWIND row.anyOf AS option
MATCH (b:StagedConcept {id: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
"""
STAGE_TEACHES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedCourse {id: row.from}) MATCH (b:StagedConcept {id: row.to})
CREATE (a)-[r:TEACHES]->(b) SET r = row.properties
"""
STAGE_EXTERNAL_TEACHES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedCourse {id: row.from}) MATCH (b:StagedExternal {uri: row.uri})
CREATE (a)-[r:TEACHES]->(b) SET r = row.properties
"""
STAGE_ASSUMES: LiteralString = """
UNWIND $rows AS row
MATCH (a:StagedCourse {id: row.from})
CREATE (a)-[r:ASSUMES]->(c:Staged:StagedClause {id: row.id}) SET r = row.properties
WITH row, c
CALL (row, c) {
  UNWIND row.anyOf AS option
  MATCH (b:StagedConcept {id: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
}
CALL (row, c) {
  UNWIND row.anyOf AS option
  MATCH (b:StagedExternal {uri: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
}
"""
STAGING: tuple[LiteralString, ...] = (
    STAGE_CONCEPTS,
    STAGE_COURSES,
    STAGE_EXTERNALS,
    STAGE_EDGES,
    STAGE_EXTERNAL_EDGES,
    STAGE_CLAUSES,
    STAGE_TEACHES,
    STAGE_EXTERNAL_TEACHES,
    STAGE_ASSUMES,
)

# ---- the last transaction: removals, the appearance of what was staged, then the rest ----------------------------

REMOVE_EDGES: LiteralString = """
UNWIND $rows AS row
MATCH (:Concept {id: row.from})-[r]->(:Concept {id: row.to}) WHERE type(r) = row.type DELETE r
"""
REMOVE_CLAUSES: LiteralString = """
UNWIND $rows AS row
MATCH (:Concept {id: row.from})-[:REQUIRES]->(c:Clause) WHERE c.id = row.id DETACH DELETE c
"""
REMOVE_MAPPINGS: LiteralString = """
UNWIND $rows AS row
MATCH (:Concept {id: row.from})-[r:MAPS_TO]->() WHERE r.predicate = row.predicate AND r.iri = row.uri DELETE r
"""
REMOVE_COURSES: LiteralString = """
UNWIND $rows AS row
MATCH (n:Course {id: row.id}) OPTIONAL MATCH (n)-[:ASSUMES]->(c:Clause) DETACH DELETE n, c
"""
REMOVE_CONCEPTS: LiteralString = """
UNWIND $rows AS row
MATCH (n:Concept {id: row.id}) OPTIONAL MATCH (n)-[:REQUIRES]->(c:Clause) DETACH DELETE n, c
"""
REMOVE_SCHEMES: LiteralString = "UNWIND $rows AS row MATCH (n:Scheme {key: row.id}) DELETE n"
UNLINK_REPLACED: LiteralString = "UNWIND $rows AS row MATCH (:Concept {id: row.id})-[r:REPLACED_BY]->() DELETE r"
REMOVALS: tuple[LiteralString, ...] = (
    REMOVE_EDGES,
    REMOVE_CLAUSES,
    REMOVE_MAPPINGS,
    REMOVE_COURSES,
    UNLINK_REPLACED,
    REMOVE_CONCEPTS,
    REMOVE_SCHEMES,
)

RETIRE: tuple[LiteralString, ...] = (
    "MATCH (n:Concept) SET n:Retired REMOVE n:Concept:Area:Domain:SkillGroup:Skill:RoleGroup:Role",
    "MATCH (n:Clause) SET n:Retired REMOVE n:Clause",
    "MATCH (n:Course) SET n:Retired REMOVE n:Course",
    "MATCH (n:ExternalConcept) SET n:Retired REMOVE n:ExternalConcept",
    "MATCH (n:Scheme) SET n:Retired REMOVE n:Scheme",
)
APPEAR: tuple[LiteralString, ...] = (
    "MATCH (n:StagedConcept) SET n:Concept, n:$($labels[n.kind]) REMOVE n:Staged:StagedConcept",
    "MATCH (n:StagedClause) SET n:Clause REMOVE n:Staged:StagedClause",
    "MATCH (n:StagedCourse) SET n:Course REMOVE n:Staged:StagedCourse",
    "MATCH (n:StagedExternal) SET n:ExternalConcept REMOVE n:Staged:StagedExternal",
)

UPDATE_CONCEPTS: LiteralString = """
UNWIND $rows AS row
MATCH (n:Concept {id: row.id})
REMOVE n:Area:Domain:SkillGroup:Skill:RoleGroup:Role SET n = row SET n:$($labels[row.kind])
"""
ADD_EDGES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Concept {id: row.from}) MATCH (b:Concept {id: row.to})
CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties
"""
ADD_REPLACEMENTS: LiteralString = """
UNWIND $rows AS row
MATCH (a:Concept {id: row.from})
CALL (row, a) {
  MATCH (b:Concept {id: row.to}) CREATE (a)-[r:REPLACED_BY]->(b) SET r = row.properties
}
CALL (row, a) {
  WITH row, a WHERE NOT EXISTS { MATCH (b:Concept {id: row.to}) }
  MERGE (b:ExternalConcept {uri: row.to}) CREATE (a)-[r:REPLACED_BY]->(b) SET r = row.properties
}
"""
ADD_CLAUSES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Concept {id: row.from})
CREATE (a)-[r:REQUIRES]->(c:Clause {id: row.id}) SET r = row.properties
WITH row, c UNWIND row.anyOf AS option
MATCH (b:Concept {id: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
"""
ADD_MAPPINGS: LiteralString = """
UNWIND $rows AS row
MATCH (a:Concept {id: row.from})
OPTIONAL MATCH (byId:Concept {id: row.to})
OPTIONAL MATCH (byUri:Concept {uri: row.uri})
WITH row, a, byId, collect(byUri) AS byUri
WITH row, a, coalesce(byId, byUri[0]) AS b WHERE b IS NOT NULL
CREATE (a)-[r:MAPS_TO]->(b) SET r = row.properties
"""
ADD_EXTERNAL_MAPPINGS: LiteralString = """
UNWIND $rows AS row
MATCH (a:Concept {id: row.from})
WHERE NOT EXISTS {
  MATCH (a)-[r:MAPS_TO]->() WHERE r.predicate = row.predicate AND r.iri = row.uri
}
MERGE (b:ExternalConcept {uri: row.uri})
CREATE (a)-[r:MAPS_TO]->(b) SET r = row.properties
"""
ADD_COURSES: LiteralString = "UNWIND $rows AS row CREATE (n:Course) SET n = row"
ADD_TEACHES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Course {id: row.from}) MATCH (b:Concept {id: row.to}) CREATE (a)-[r:TEACHES]->(b) SET r = row.properties
"""
ADD_EXTERNAL_TEACHES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Course {id: row.from}) WHERE NOT EXISTS { MATCH (b:Concept {id: row.to}) }
MERGE (b:ExternalConcept {uri: row.to}) CREATE (a)-[r:TEACHES]->(b) SET r = row.properties
"""
ADD_ASSUMES: LiteralString = """
UNWIND $rows AS row
MATCH (a:Course {id: row.from})
CREATE (a)-[r:ASSUMES]->(c:Clause {id: row.id}) SET r = row.properties
WITH row, c
CALL (row, c) {
  UNWIND row.anyOf AS option
  MATCH (b:Concept {id: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
}
CALL (row, c) {
  UNWIND row.anyOf AS option
  WITH c, option WHERE NOT EXISTS { MATCH (b:Concept {id: option.skill}) }
  MERGE (b:ExternalConcept {uri: option.skill}) CREATE (c)-[o:ANY_OF]->(b) SET o = option.properties
}
"""
PUT_SCHEMES: LiteralString = "UNWIND $rows AS row MERGE (n:Scheme {key: row.key}) SET n = row"
# A concept that was named and not here has come: what names it moves to it.
ADOPT_EXTERNALS: LiteralString = """
MATCH (x:ExternalConcept)
OPTIONAL MATCH (byId:Concept {id: x.uri})
OPTIONAL MATCH (byUri:Concept {uri: x.uri})
WITH x, byId, collect(byUri) AS byUri
WITH x, coalesce(byId, byUri[0]) AS b WHERE b IS NOT NULL
MATCH (a)-[old]->(x)
CREATE (a)-[r:$(type(old))]->(b) SET r = properties(old) DELETE old
"""
DROP_EXTERNALS: LiteralString = "MATCH (x:ExternalConcept) WHERE NOT EXISTS { (x)<--() } DELETE x"
ADDITIONS: tuple[LiteralString, ...] = (
    PUT_SCHEMES,
    UPDATE_CONCEPTS,
    ADD_EDGES,
    ADD_REPLACEMENTS,
    ADD_CLAUSES,
    ADD_MAPPINGS,
    ADD_EXTERNAL_MAPPINGS,
    ADD_COURSES,
    ADD_TEACHES,
    ADD_EXTERNAL_TEACHES,
    ADD_ASSUMES,
)
