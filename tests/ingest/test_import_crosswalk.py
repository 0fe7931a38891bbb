"""The crosswalk importer: each form arrives with predicate, confidence and source; what cannot be kept is named."""

import csv
import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillatlas.ingest import (
    CrosswalkOptions,
    ImportFaultsError,
    ImportReport,
    IngestError,
    UnreadableError,
    read_crosswalk,
    run_import,
)
from skillatlas.ingest.importers.crosswalk.sssom import metadata
from skillatlas.taxonomy import (
    ESCO_NAMESPACE,
    ONET_NAMESPACE,
    Concept,
    ConceptKind,
    ConceptStatus,
    Edit,
    Label,
    LabelType,
    MapsTo,
    Replacement,
    ReplacementKind,
    Scheme,
    Store,
    draft_records,
    from_record,
    load_graph,
    open_store,
    publish,
    record,
)

A, B, C, OLD = (f"{ESCO_NAMESPACE}occupation/{name}" for name in ("a", "b", "c", "old"))


def fill(store: Store, *, onet: bool = True) -> None:
    """ESCO with three occupations, one group and a deprecated one; O*NET with two occupations and a deprecated one."""
    schemes = [Scheme("esco", ESCO_NAMESPACE, "ESCO")]
    names = [("esco", ESCO_NAMESPACE, f"occupation/{name}") for name in ("a", "b", "c", "old")]
    names.append(("esco", ESCO_NAMESPACE, "isco/C1111"))
    if onet:
        schemes.append(Scheme("onet", ONET_NAMESPACE, "O*NET"))
        names += [("onet", ONET_NAMESPACE, code) for code in ("11-1011.00", "11-1031.00", "99-0000.00")]
    retired = Replacement(ReplacementKind.RETIRED, (), "gone")
    edits = [record(scheme, scheme.key) for scheme in schemes]
    for key, namespace, local in names:
        old = local in ("occupation/old", "99-0000.00")
        concept = Concept(
            f"{key}:{local}",
            namespace + local,
            key,
            ConceptKind.ROLE,
            (Label(LabelType.PREFERRED, "en", local),),
            status=ConceptStatus.DEPRECATED if old else ConceptStatus.ACTIVE,
            replacement=retired if old else None,
        )
        edits.append(record(concept, key))
    with store.writer() as writer:
        writer.edit(Edit(row.entity_type, row.entity_id, row.scheme, row.body) for row in edits)
    publish(store)


def mappings(store: Store) -> dict[str, MapsTo]:
    """The mappings of the draft by id."""
    return {row.entity_id: entity for row in draft_records(store) if isinstance(entity := from_record(row), MapsTo)}


def bring(
    store: Store, path: Path, *, start: str = "esco", end: str = "onet", options: CrosswalkOptions | None = None
) -> ImportReport:
    return run_import(store, read_crosswalk(path, start, end, options))


CAUSEWAYS = (
    "id,esco_occupation,isco_code,onet_code,onet_occupation,matching_job_titles,semantic_similarity,"
    "confidence,concept_uri\n"
)


def causeways(folder: Path, *rows: tuple[str, str, str], name: str = "esco_onet_crosswalk_Nov2020.csv") -> Path:
    lines = [f"1,x,1111,{code},chief,\"['a', 'b']\",0.81076198,{confidence},{uri}\n" for uri, code, confidence in rows]
    path = folder / name
    path.write_text(CAUSEWAYS + "".join(lines), encoding="utf-8")
    return path


def test_career_causeways(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = causeways(tmp_path, (A, "11-1011.00", "2.0"), (B, "11-1011.00", "1.0"), (C, "11-1031.00", "0.5"))
    report = bring(sqlite_store, path)
    assert report.findings == ()
    found = mappings(sqlite_store)
    assert {name: edge.confidence for name, edge in found.items()} == {
        f"MAPS_TO|esco:occupation/a|CLOSE|{ONET_NAMESPACE}11-1011.00": 0.9,
        f"MAPS_TO|esco:occupation/b|CLOSE|{ONET_NAMESPACE}11-1011.00": 0.7,
        f"MAPS_TO|esco:occupation/c|CLOSE|{ONET_NAMESPACE}11-1031.00": 0.5,
    }
    edge = found[f"MAPS_TO|esco:occupation/a|CLOSE|{ONET_NAMESPACE}11-1011.00"]
    assert (edge.to_id, edge.source) == ("onet:11-1011.00", "Career Causeways ESCO-O*NET crosswalk Nov2020")
    assert edge.data == {
        "crosswalk": "Career Causeways ESCO-O*NET crosswalk",
        "version": "Nov2020",
        "licence": "MIT",
        "attribution": (
            "ESCO-O*NET crosswalk © 2021 Nesta, MIT licence; Kanders, Djumalieva, Sleeman and Orlik (2020), "
            "Mapping Career Causeways: Supporting Workers at Risk, Nesta"
        ),
        "statedConfidence": "2.0",
        "justification": "stated confidence 2.0 (steps 0.5, 1, 2) taken as 0.9",
        "semanticSimilarity": 0.810762,
    }
    publish(sqlite_store)
    assert [one.to_id for one in load_graph(sqlite_store).mappings("esco:occupation/a")] == ["onet:11-1011.00"]
    assert bring(sqlite_store, path).changed == 0


def test_from_the_other_side(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    bring(sqlite_store, causeways(tmp_path, (A, "11-1011.00", "1")), start="onet", end="esco")
    assert list(mappings(sqlite_store)) == [f"MAPS_TO|onet:11-1011.00|CLOSE|{A}"]


def test_unknown_ends_and_repetitions_are_listed_with_their_line(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = causeways(
        tmp_path,
        (A, "11-1011.00", "1.0"),
        (A, "11-1011.00", "2.0"),
        (f"{ESCO_NAMESPACE}occupation/gone", "11-1011.00", "1.0"),
        (A, "11-9999.00", "1.0"),
        (A, "", "1.0"),
        ("https://else.example/a", "11-1011.00", "1.0"),
        (OLD, "11-1011.00", "1.0"),
        (B, "99-0000.00", "1.0"),
        (B, "11 1011", "1.0"),
    )
    report = bring(sqlite_store, path)
    assert [(finding.line, finding.rule) for finding in report.warnings] == [
        (3, "repeated-row"),
        (4, "unknown-end"),
        (5, "unknown-end"),
        (6, "other-schemes"),
        (7, "other-schemes"),
        (8, "deprecated-end"),
        (9, "deprecated-end"),
        (10, "other-schemes"),
    ]
    assert [edge.confidence for edge in mappings(sqlite_store).values()] == [0.9]  # the higher of the two


@pytest.mark.parametrize("cell", ["", "high", "3", "nan", "-1"])
def test_a_confidence_that_is_none_is_a_fault(cell: str, tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    bring(sqlite_store, causeways(tmp_path, (A, "11-1011.00", "1.0"), (B, "11-1011.00", "1.0")))
    before = mappings(sqlite_store)
    path = causeways(tmp_path, (A, "11-1011.00", "1.0"), (B, "11-1011.00", cell))
    with pytest.raises(ImportFaultsError, match=r"Nov2020\.csv:3: .*confidence"):
        bring(sqlite_store, path)
    run_import(sqlite_store, read_crosswalk(path, "esco", "onet"), skip_faulty=True)
    assert mappings(sqlite_store) == before  # what cannot be read stays as it was


def test_another_version_replaces_its_own_mappings_alone(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    bring(sqlite_store, causeways(tmp_path, (A, "11-1011.00", "2.0"), (B, "11-1011.00", "2.0")))
    sssom = tmp_path / "mine.sssom.tsv"
    sssom.write_text("subject_id\tpredicate_id\tobject_id\nesco:occupation/c\tskos:exactMatch\tonet:11-1031.00\n")
    bring(sqlite_store, sssom, options=CrosswalkOptions(name="mine", version="1"))
    publish(sqlite_store)
    path = causeways(tmp_path, (A, "11-1031.00", "1.0"), name="esco_onet_crosswalk_MCC.csv")
    report = run_import(sqlite_store, read_crosswalk(path, "esco", "onet"), allow_removal=True)
    counts = report.counts[next(kind for kind in report.counts if kind.value == "EDGE")]
    assert (counts.created, counts.removed, counts.kept) == (1, 2, 1)
    assert {edge.source for edge in mappings(sqlite_store).values()} == {
        "mine 1",
        "Career Causeways ESCO-O*NET crosswalk MCC",
    }


def test_what_another_source_states_stays_its_own(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = causeways(tmp_path, (A, "11-1011.00", "2.0"))
    bring(sqlite_store, path)
    before = mappings(sqlite_store)
    report = bring(sqlite_store, path, options=CrosswalkOptions(name="copy"))
    assert [finding.rule for finding in report.warnings] == ["stated-already"]
    assert mappings(sqlite_store) == before


def test_without_the_other_scheme_its_ends_are_not_checked(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store, onet=False)
    report = bring(sqlite_store, causeways(tmp_path, (A, "11-1011.00", "1.0"), (B, "00-0000.99", "1.0")))
    assert [finding.rule for finding in report.warnings] == ["not-checked"]
    assert {edge.to_id for edge in mappings(sqlite_store).values()} == {"onet:11-1011.00", "onet:00-0000.99"}


def test_without_the_first_scheme_nothing_is_written(tmp_path: Path, sqlite_store: Store) -> None:
    path = causeways(tmp_path, (A, "11-1011.00", "1.0"))
    with pytest.raises(ImportFaultsError, match="import it first"):
        bring(sqlite_store, path)
    with pytest.raises(UnreadableError, match="to itself"):
        bring(sqlite_store, path, end="esco")
    assert list(draft_records(sqlite_store)) == []


# -- the ESCO portal's form -------------------------------------------------------------------------------

PORTAL = (
    "ESCO - O*NET crosswalk,,,,,,\n" * 15
    + "\n"
    + "O*NET Id,O*NET Title,O*NET Description,ESCO or ISCO URI,ESCO or ISCO Title,ESCO or ISCO Description,"
    + "Type of Match\n"
    + f'11-1011.00,Chief,"Lead, and\ndecide.",{A},a,,exactMatch\n'
    + f"11-1011.00,Chief,x,{ESCO_NAMESPACE}isco/C1111,group,,broadMatch\n"
    + f"11-1031.00,Law,x,{B},b,,narrowMatch\n"
    + f"11-1031.00,Law,x,{C},c,,No match\n"
    + "11-1031.00,Law,x,,,,closeMatch\n"
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_form_of_the_esco_portal(separator: str, tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = tmp_path / "ONET_(Occupations)_0_updated.csv"
    rows = list(csv.reader(PORTAL.splitlines(keepends=True)))
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    report = bring(sqlite_store, path, start="onet", end="esco")
    assert [(finding.line, finding.rule) for finding in report.warnings] == [
        (None, "version"),
        (22, "predicate"),
        (23, "unknown-end"),
    ]
    assert set(mappings(sqlite_store)) == {
        f"MAPS_TO|onet:11-1011.00|EXACT|{A}",
        f"MAPS_TO|onet:11-1011.00|BROAD|{ESCO_NAMESPACE}isco/C1111",
        f"MAPS_TO|onet:11-1031.00|NARROW|{B}",
    }
    bring(sqlite_store, path, options=CrosswalkOptions(version="2022"))
    inverse = {name for name, edge in mappings(sqlite_store).items() if edge.source.endswith("2022")}
    assert inverse == {
        f"MAPS_TO|esco:occupation/a|EXACT|{ONET_NAMESPACE}11-1011.00",
        f"MAPS_TO|esco:isco/C1111|NARROW|{ONET_NAMESPACE}11-1011.00",
        f"MAPS_TO|esco:occupation/b|BROAD|{ONET_NAMESPACE}11-1031.00",
    }


# -- SSSOM ------------------------------------------------------------------------------------------------

SSSOM = """# mapping_set_id: https://maps.example/one
# mapping_set_title: "One: two"
# mapping_set_version: '2026-01'
# license: https://creativecommons.org/publicdomain/zero/1.0/
# creator_id:
#   - orcid:0000
# curie_map:
#   occ: http://data.europa.eu/esco/occupation/
#   "o": https://w3id.org/skillatlas/onet/
subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tpredicate_modifier
occ:a\tA\tskos:exactMatch\to:11-1011.00\tsemapv:ManualMappingCuration\t0.95\t
o:11-1031.00\tL\tskos:broadMatch\tocc:b\tsemapv:LexicalMatching\t\t
occ:c\tC\tskos:closeMatch\to:11-1011.00\t\t0.5\tNot
occ:c\tC\tskos:closeMatch\tsssom:NoTermFound\t\t0.5\t
occ:c\tC\trdfs:seeAlso\to:11-1011.00\t\t0.5\t
http://data.europa.eu/esco/occupation/c\tC\thttp://www.w3.org/2004/02/skos/core#relatedMatch\tonet:11-1031.00\t\t1\t
other:c\tC\tskos:closeMatch\to:11-1011.00\t\t0.5\t
"""


def test_sssom(tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = tmp_path / "one.sssom.tsv.gz"
    path.write_bytes(gzip.compress(SSSOM.encode()))
    report = bring(sqlite_store, path)
    assert [(finding.line, finding.rule) for finding in report.warnings] == [
        (13, "predicate"),
        (14, "unknown-end"),
        (15, "predicate"),
        (17, "other-schemes"),
    ]
    found = mappings(sqlite_store)
    assert {name: (edge.confidence, (edge.data or {}).get("justification")) for name, edge in found.items()} == {
        f"MAPS_TO|esco:occupation/a|EXACT|{ONET_NAMESPACE}11-1011.00": (0.95, "semapv:ManualMappingCuration"),
        f"MAPS_TO|esco:occupation/b|NARROW|{ONET_NAMESPACE}11-1031.00": (1.0, "semapv:LexicalMatching"),
        f"MAPS_TO|esco:occupation/c|RELATED|{ONET_NAMESPACE}11-1031.00": (1.0, None),
    }
    assert {edge.source for edge in found.values()} == {"One: two 2026-01"}
    comma = tmp_path / "one.csv"
    comma.write_text(SSSOM.replace("\t", ","), encoding="utf-8")
    assert bring(sqlite_store, comma).changed == 0


def test_the_yaml_header_of_sssom() -> None:
    about, prefixes = metadata(["#a: 1", "#curie_map:", "#  x: http://x.example/#", "#b:", "#- x: y", "#c: 'd: e' "])
    assert about == {"a": "1", "c": "d: e"}
    assert prefixes == {"x": "http://x.example/#"}


# -- damaged files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no header of a crosswalk"),
        (b"a,b\n1,2\n", "no header of a crosswalk"),
        (CAUSEWAYS.replace("confidence,", "trust,").encode(), "no column confidence"),
        (CAUSEWAYS.encode() + b"1,2,3\n", r"csv:2: .*3 cells, the header 9"),
        (CAUSEWAYS.encode() + b'1,"2\n', r"csv:2: .*no CSV"),
        (CAUSEWAYS.encode("utf-16"), "UTF-16"),
        (CAUSEWAYS.encode() + b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_crosswalk_is_refused(content: bytes, told: str, tmp_path: Path, sqlite_store: Store) -> None:
    fill(sqlite_store)
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=told):
        bring(sqlite_store, path)


@given(
    source=st.sampled_from([(0, "x_Nov2020.csv"), (1, "x.csv"), (2, "x.tsv")]),
    place=st.floats(0, 1),
    what=st.sampled_from(["", '"', ",", "\t", "\n", "é", "\x00", ";;;"]),
    cut=st.booleans(),
    shuffle=st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_imported_right_or_refused_whole(
    source: tuple[int, str],
    place: float,
    what: str,
    cut: bool,
    shuffle: random.Random,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("crosswalk")
    number, name = source
    lines = (CAUSEWAYS + f"1,x,1,11-1011.00,c,na,0.5,1.0,{A}\n", PORTAL, SSSOM)[number].splitlines(keepends=True)
    tail = lines[-5:]
    shuffle.shuffle(tail)
    text = "".join(lines[:-5] + tail)
    at = int(place * len(text))
    (folder / name).write_text(text[:at] + what + ("" if cut else text[at:]), encoding="utf-8")
    store = open_store(f"sqlite:///{folder / 's.db'}")
    try:
        fill(store)
        before = mappings(store)
        try:
            run_import(store, read_crosswalk(folder / name, "esco", "onet"))
        except IngestError:
            assert mappings(store) == before
        else:
            assert run_import(store, read_crosswalk(folder / name, "esco", "onet")).changed == 0
    finally:
        store.close()


@pytest.mark.neo4j
def test_the_same_in_neo4j(tmp_path: Path, sqlite_store: Store, neo4j_store: Store) -> None:
    path = causeways(tmp_path, (A, "11-1011.00", "2.0"), (B, "11-1031.00", "1.0"))
    for store in (sqlite_store, neo4j_store):
        fill(store)
        bring(store, path)
        publish(store)
        assert bring(store, path).changed == 0
    assert mappings(neo4j_store) == mappings(sqlite_store) != {}


# -- the real one -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["Nov2020", "MCC"])
def test_the_real_crosswalk_cell_by_cell(version: str, shared_data: Path, sqlite_store: Store) -> None:
    """Beside stores with just the occupations of ESCO 1.1.1 and O*NET 29.2: counts by the csv module, every cell."""
    import io
    import zipfile

    def names(archive: Path, member: str, column: str, separator: str) -> set[str]:
        csv.field_size_limit(10_000_000)
        with zipfile.ZipFile(archive) as opened:
            name = next(one for one in opened.namelist() if one.rsplit("/", 1)[-1] == member)
            quoting: Literal[0, 3] = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
            text = io.TextIOWrapper(opened.open(name), "utf-8", newline="")
            return {row[column] for row in csv.DictReader(text, delimiter=separator, quoting=quoting)}

    esco_zip = next(path for path in sorted((shared_data / "esco").glob("*1.1.1*classification*.zip")))
    uris = names(esco_zip, "occupations_en.csv", "conceptUri", ",")
    codes = names(shared_data / "onet" / "onet_29_2_text.zip", "Occupation Data.txt", "O*NET-SOC Code", "\t")
    concepts = [
        Concept(f"esco:{uri.removeprefix(ESCO_NAMESPACE)}", uri, "esco", ConceptKind.ROLE, ()) for uri in sorted(uris)
    ] + [Concept(f"onet:{code}", ONET_NAMESPACE + code, "onet", ConceptKind.ROLE, ()) for code in sorted(codes)]
    rows = [record(Scheme("esco", ESCO_NAMESPACE, "E"), "esco"), record(Scheme("onet", ONET_NAMESPACE, "O"), "onet")]
    rows += [record(concept, concept.scheme) for concept in concepts]
    with sqlite_store.writer() as writer:
        writer.edit(Edit(row.entity_type, row.entity_id, row.scheme, row.body) for row in rows)
    path = shared_data / "crosswalk" / f"esco_onet_crosswalk_{version}.csv"
    report = bring(sqlite_store, path)
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    good = [row for row in table if row["concept_uri"] in uris and row["onet_code"] in codes]
    found = mappings(sqlite_store)
    assert len(table) == 1680
    assert len(found) == len(good) == 1354
    assert Counter(finding.rule for finding in report.warnings) == {"unknown-end": 1680 - 1354}
    scaled = {"0.5": 0.5, "1.0": 0.7, "2.0": 0.9}
    for row in good:
        edge = found[
            f"MAPS_TO|esco:{row['concept_uri'].removeprefix(ESCO_NAMESPACE)}|CLOSE|{ONET_NAMESPACE}{row['onet_code']}"
        ]
        data: dict[str, Any] = dict(edge.data or {})
        assert (edge.to_id, edge.confidence) == (f"onet:{row['onet_code']}", scaled[row["confidence"]])
        assert (data["statedConfidence"], data["version"]) == (row["confidence"], version)
        assert data["semanticSimilarity"] == round(float(row["semantic_similarity"]), 6)
        assert json.dumps(data)
    lines = {finding.line for finding in report.warnings}
    wanted = {number for number, row in enumerate(table, start=2) if row not in good}
    assert lines == wanted
