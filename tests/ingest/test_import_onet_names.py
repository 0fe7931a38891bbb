"""How O*NET's technologies are named: acronyms taken apart, short forms shared out, and what is ambiguous in a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onet_package import CODER, tables, write
from skillatlas.ingest import DocumentKind, Form, LinkPolicy, build_extractor, forms_of, read_onet, run_import
from skillatlas.ingest.importers.onet.acronyms import find_acronym
from skillatlas.ingest.importers.onet.naming import Use, element_forms, name_technologies
from skillatlas.taxonomy import Concept, SearchIndex, Store, load_graph, publish


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("Structured query language SQL", "Structured query language", "SQL"),
        ("Extensible markup language XML", "Extensible markup language", "XML"),
        ("Hypertext markup language HTML", "Hypertext markup language", "HTML"),
        ("JavaScript Object Notation JSON", "JavaScript Object Notation", "JSON"),
        ("Amazon Simple Storage Service S3", "Amazon Simple Storage Service", "Amazon S3"),
        ("Amazon Elastic Compute Cloud EC2", "Amazon Elastic Compute Cloud", "Amazon EC2"),
        (
            "Microsoft Visual Basic for Applications VBA",
            "Microsoft Visual Basic for Applications",
            "Microsoft VBA",
        ),
        (
            "Oracle Java 2 Platform Enterprise Edition J2EE",
            "Oracle Java 2 Platform Enterprise Edition",
            "Oracle J2EE",
        ),
        ("Customer relationship management CRM software", "Customer relationship management software", "CRM software"),
        ("Google Compute Engine (GCE)", "Google Compute Engine", "GCE"),
        (
            "Online Computer Library Center (OCLC) databases",
            "Online Computer Library Center databases",
            "OCLC databases",
        ),
        ("Energy expenditure prediction EEP software", "Energy expenditure prediction software", "EEP software"),
    ],
)
def test_an_acronym_beside_its_words(name: str, full: str, short: str) -> None:
    found = find_acronym(name)
    assert found is not None
    assert (found.full, found.short) == (full, short)


@pytest.mark.parametrize(
    "name",
    [
        "Safe Software FME",
        "Robotics Academy ROBOTC",
        "Polymath Software POLYMATH",
        "MICROS Systems MICROS 9700 HMS",
        "Estima RATS",
        "IBM DB2",
        "SAS",
        "C",
        "Airline Pilots Daily Aviation Log PPC",
        "Topaz Software Symplifi (CRM feature)",
        "Unclosed (GCE",
        "",
    ],
)
def test_capitals_that_nothing_spells_are_a_name(name: str) -> None:
    assert find_acronym(name) is None


@given(st.text(alphabet="ABab1 ()&/-xX", max_size=60))
def test_any_name_is_taken_apart_or_left(name: str) -> None:
    found = find_acronym(name)
    if found is not None:
        assert found.acronym in name
        assert found.full
        assert len(found.full) < len(" ".join(name.split()))


def described(name: str, use: Use | None = None) -> dict[str, tuple[bool, bool | None]]:
    naming = name_technologies({name: use or Use(1)})[name]
    return {form["text"]: (form["needsContext"], form["matchCase"]) for form in naming.forms}


@pytest.mark.parametrize("name", ["C", "R", "J", "Go", "xv", "Git", "SAS", "Python", "Chef", "pandas", "MAGIC", "UNIX"])
def test_short_and_everyday_names_need_context_and_their_case(name: str) -> None:
    assert described(name) == {name: (True, True)}


@pytest.mark.parametrize("name", ["C++", "C#", "Node.js", "MySQL", "JavaScript", "PHP", "Web browser software"])
def test_names_that_stand_for_themselves(name: str) -> None:
    assert described(name) == {}


def test_what_is_said_for_short_of_hot_technologies() -> None:
    assert described("Microsoft Access", Use(1, hot=True)) == {"Access": (True, True)}
    assert described("Microsoft SQL Server", Use(1, hot=True)) == {"SQL Server": (False, True)}
    assert described("Salesforce software", Use(1, hot=True)) == {"Salesforce": (True, True)}
    assert described("Microsoft Access", Use(1)) == {}
    assert described("Microsoft Project", Use(1, hot=True)) == {}
    assert described("Oracle Cloud software", Use(1, hot=True)) == {
        "Oracle Cloud": (True, True),
        "Cloud software": (True, True),
    }
    assert name_technologies({"Microsoft Access": Use(1, hot=True)})["Microsoft Access"].labels == set()


def test_three_letters_stand_for_themselves_only_where_job_posts_name_them() -> None:
    assert described("Structured query language SQL", Use(1, hot=True)) == {}
    assert described("Marel production system MPS") == {"MPS": (True, True)}
    assert described("Dynamic host configuration protocol DHCP") == {}


def test_short_forms_go_to_who_uses_them_most() -> None:
    first, second = "Structured query language SQL", "Simple Query Layer SQL"
    far = name_technologies({first: Use(50), second: Use(10)})
    assert "SQL" in far[first].labels
    assert "SQL" not in far[second].labels
    near = name_technologies({first: Use(49), second: Use(10)})
    assert all("SQL" in naming.labels for naming in near.values())
    assert all([form["text"] for form in naming.forms] == ["SQL"] for naming in near.values())
    third = name_technologies({first: Use(9), second: Use(9), "Some quiet language SQL": Use(9)})
    assert not any("SQL" in naming.labels for naming in third.values())
    # A technology of that very name has it.
    assert "SQL" not in name_technologies({first: Use(9), "sql": Use(1)})[first].labels


def test_elements_of_one_word_need_context() -> None:
    assert element_forms("Active Listening") == []
    assert [(form["text"], form["needsContext"], form["matchCase"]) for form in element_forms("Writing")] == [
        ("Writing", True, None)
    ]


def read(store: Store, folder: Path, text: str) -> list[str]:
    if store.head() is None:
        run_import(store, read_onet([write(folder, tables())]))
        publish(store)
    graph = load_graph(store)
    extractor = build_extractor(graph, "onet")
    found = extractor.extract(text, kind=DocumentKind.JOB, policy=LinkPolicy.BALANCED, lang="en")
    return sorted({mention.skill_id for mention in found.mentions})


def test_ambiguous_forms_are_met_in_context_only(tmp_path: Path, sqlite_store: Store) -> None:
    assert read(sqlite_store, tmp_path, "Grade C or better. Access to the building. Writing to us is free.") == []
    found = read(sqlite_store, tmp_path, "Experience with C, Node.js and SQL required.")
    assert found == ["onet:tech.C", "onet:tech.Node.js", "onet:tech.Structured%20query%20language%20SQL"]
    assert "onet:tech.Microsoft%20Access" in read(sqlite_store, tmp_path, "Requirements:\n- SQL and Access")


def test_forms_reach_the_extractor_as_described(tmp_path: Path, sqlite_store: Store) -> None:
    read(sqlite_store, tmp_path, "")
    forms = {form.text: form for form in forms_of(load_graph(sqlite_store), "onet")}
    assert isinstance(forms["C"], Form)
    assert (forms["C"].needs_context, forms["C"].match_case, forms["C"].label_type) == (True, True, "PREFERRED")
    assert (forms["Access"].needs_context, forms["Access"].label_type) == (True, "ALTERNATIVE")
    assert not forms["SQL"].described


def test_an_occupation_is_found_by_a_phrase_of_a_task(tmp_path: Path, sqlite_store: Store) -> None:
    read(sqlite_store, tmp_path, "")
    index = SearchIndex(load_graph(sqlite_store))
    hit = index.search("knead the dough").hits[0]
    assert (hit.concept.id, hit.text) == ("onet:51-3011.00", "Knead the dough and let it rise.")
    assert isinstance(hit.concept, Concept)
    assert index.search("Code Writers").hits[0].concept.id == f"onet:{CODER}"
