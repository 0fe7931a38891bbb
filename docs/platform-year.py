"""A platform's first year with a taxonomy that changes, played from beginning to end.

It starts a server of its own in a temporary folder, publishes four releases into it, and beside it plays the platform:
a mirror in a folder, ids stored with its workers, and after each release a pull, repairs and a list of choices.

    python docs/platform-year.py

What a platform would write is the class `Platform`: the client and the standard library, no more.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skillatlas.sync import Mirror, Server, ServerError

SKILLATLAS = str(Path(sys.executable).parent / "skillatlas")


class Platform:
    """Workers with skills: ids of the taxonomy, stored with the label that people saw when they chose them."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.server = server
        self.mirror = Mirror.create(folder, server)
        self.skills: dict[str, list[str]] = {}
        self.choices: dict[str, list[str]] = {}
        """What no program may decide: by id, the candidates (none: nothing follows it)."""
        self.labels = self.read_labels()

    def read_labels(self) -> dict[str, str]:
        """The preferred English label of each concept, from the mirror: one line of JSON an entity."""
        labels = {}
        for line in self.mirror.lines():
            row = json.loads(line)
            if row["entityType"] == "CONCEPT":
                for label in row["entity"]["labels"]:
                    if label["type"] == "PREFERRED" and label["lang"] == "en":
                        labels[row["entityId"]] = label["value"]
        return labels

    def catch_up(self) -> None:
        """Pull, ask what became of the ids in use, do what needs no person, and list the rest."""
        pulled = self.mirror.pull(self.server)
        print(f"pulled release {pulled.start} to {pulled.end}: {pulled.changes} changes")
        self.labels = self.read_labels()
        used = sorted({skill for skills in self.skills.values() for skill in skills})
        for row in self.mirror.impact(self.server, used, start=pulled.start):
            print(f"  {row['id']}: {row['status']}, {row['detail']}")
            if not row["automatic"]:
                self.choices[row["id"]] = row["candidates"]
            elif row["status"] == "REPLACED":
                self.replace(row["id"], row["candidates"][0])

    def replace(self, old: str, new: str) -> None:
        """One id for another, everywhere; who had both has it once."""
        for worker, skills in self.skills.items():
            self.skills[worker] = list(dict.fromkeys(new if skill == old else skill for skill in skills))


def first_year(folder: Path) -> None:
    """Four releases and a platform that follows them."""
    store = f"sqlite:///{folder / 'store.db'}"
    (folder / "atlas").mkdir()

    def publish(note: str, *, ontology: str = "", crafts: str = "") -> None:
        """What the keepers of the taxonomy do: import what is new of the two vocabularies, publish a release."""
        # So small a vocabulary loses more than the tenth that an import allows unasked.
        options = ("--store", store, "--allow-removal")
        if ontology:
            (folder / "atlas" / "garments.ttl").write_text(PREFIXES + ontology, "utf-8")
            run("import", "ontology", str(folder / "atlas"), *options)
        if crafts:
            (folder / "crafts.ttl").write_text(PREFIXES + crafts, "utf-8")
            run("import", "skos", str(folder / "crafts.ttl"), "--scheme", "crafts", *options)
        run("publish", "--note", note, "--store", store)
        print(f"\n== {note}")

    publish("January: the first release", ontology=ATLAS, crafts=CRAFTS)
    with serving(store, folder / "server.log") as url, Server(url) as server:
        platform = Platform(folder / "mirror", server)
        print(f"mirrored release {platform.mirror.state.release}")
        platform.skills = {
            "Ada": ["atlas:hemming", "atlas:seam-finishing", "crafts:felting"],
            "Bo": ["atlas:overlocking", "atlas:tailoring", "crafts:weaving"],
            "Cy": ["atlas:pattern-tracing", "atlas:seam-finishing", "crafts:spinning"],
        }

        # A better name for one skill; two that were the same become one.
        atlas = ATLAS.replace('"hemming"@en', '"hemming and edge stitching"@en')
        atlas = deprecated(
            atlas, "overlocking", 'sa:replacementKind "MERGED" ; dcterms:isReplacedBy atlas:seam-finishing'
        )
        publish("April: a name, a merge", ontology=atlas)
        wait_for(server, 2)
        platform.catch_up()

        # One skill was two all the time, and one is no longer asked for.
        atlas = deprecated(atlas, "tailoring", "dcterms:isReplacedBy atlas:fitting , atlas:garment-construction")
        atlas = deprecated(atlas, "pattern-tracing", 'sa:replacementReason "patterns are printed"')
        atlas += skill("fitting", "fitting garments") + skill("garment-construction", "garment construction")
        publish("July: a split, a retirement", ontology=atlas)
        wait_for(server, 3)
        platform.catch_up()

        # The foreign vocabulary has a new version: one concept renamed, one replaced, one gone without a word.
        crafts = CRAFTS.replace('"1.0"', '"2.0"').replace('"weaving"@en', '"hand weaving"@en')
        crafts = crafts.replace(SPINNING, "")
        crafts = crafts.replace(
            '"felting"@en', '"felting"@en ; owl:deprecated true ; dcterms:isReplacedBy crafts:wet-felting'
        )
        crafts += (
            'crafts:wet-felting a skos:Concept ; skos:prefLabel "wet felting"@en ; skos:broader crafts:textile .\n'
        )
        publish("October: Crafts 2.0", crafts=crafts)
        wait_for(server, 4)
        platform.catch_up()

        print("\n== December")
        for worker, skills in sorted(platform.skills.items()):
            print(f"{worker}: {', '.join(platform.labels[one] for one in skills)}")
        print("for a person to decide:")
        for old, candidates in sorted(platform.choices.items()):
            named = " or ".join(platform.labels[one] for one in candidates) or "nothing follows it"
            print(f"  {platform.labels[old]} ({old}): {named}")

        platform.mirror.verify(server)
        with server.dump(platform.mirror.state.release) as chunks:
            same = b"".join(chunks) == platform.mirror.file.read_bytes()
        print(f"the mirror is the server's dump of release {platform.mirror.state.release}: {same}")
        if not same:
            raise SystemExit(1)


# -- the two vocabularies ------------------------------------------------------------------------------------

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix atlas: <https://w3id.org/skillatlas/id/> .
@prefix crafts: <https://crafts.example/v/> .
"""


def skill(name: str, label: str) -> str:
    """A skill of the own ontology."""
    return f"""
atlas:{name} a sa:Skill ; skos:inScheme <https://w3id.org/skillatlas/scheme/atlas> ; sa:skillType sa:Competence ;
    skos:prefLabel "{label}"@en ; skos:definition "How to do {label}."@en ;
    skos:broader atlas:group.garments .
"""


def deprecated(ontology: str, name: str, what_follows: str) -> str:
    """The ontology with a skill deprecated."""
    begins = f"atlas:{name} a sa:Skill ;"
    return ontology.replace(begins, f"{begins} owl:deprecated true ; {what_follows} ;")


ATLAS = """
<https://w3id.org/skillatlas/scheme/atlas> a skos:ConceptScheme ;
    sa:key "atlas" ; sa:namespace "https://w3id.org/skillatlas/id/" ; skos:prefLabel "garments"@en ;
    owl:versionInfo "1" ; dcterms:license "CC BY 4.0" ; sa:attribution "the authors" .
atlas:area.making a sa:Area ; skos:inScheme <https://w3id.org/skillatlas/scheme/atlas> ;
    skos:prefLabel "making"@en ; skos:definition "Work that makes things."@en .
atlas:domain.textiles a sa:Domain ; skos:inScheme <https://w3id.org/skillatlas/scheme/atlas> ;
    skos:prefLabel "textiles"@en ; skos:definition "Work with cloth."@en ; skos:broader atlas:area.making .
atlas:group.garments a sa:SkillGroup ; skos:inScheme <https://w3id.org/skillatlas/scheme/atlas> ;
    skos:prefLabel "garments"@en ; skos:definition "What goes into a garment."@en ; skos:broader atlas:domain.textiles .
""" + "".join(
    skill(name, label)
    for name, label in (
        ("hemming", "hemming"),
        ("seam-finishing", "seam finishing"),
        ("overlocking", "overlocking"),
        ("tailoring", "tailoring"),
        ("pattern-tracing", "pattern tracing"),
    )
)

SPINNING = 'crafts:spinning a skos:Concept ; skos:prefLabel "spinning"@en ; skos:broader crafts:textile .\n'
CRAFTS = f"""
<https://crafts.example/v> a skos:ConceptScheme ; dcterms:title "Crafts"@en ; owl:versionInfo "1.0" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
crafts:textile a skos:Concept ; skos:prefLabel "textile crafts"@en .
crafts:weaving a skos:Concept ; skos:prefLabel "weaving"@en ; skos:broader crafts:textile .
crafts:felting a skos:Concept ; skos:prefLabel "felting"@en ; skos:broader crafts:textile .
{SPINNING}"""


# -- running a server ----------------------------------------------------------------------------------------


def run(*arguments: str) -> None:
    """A command, whose words are shown only if it fails."""
    done = subprocess.run([SKILLATLAS, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")


@contextmanager
def serving(store: str, log: Path) -> Iterator[str]:
    """A server over the store, on a free port; ended with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [SKILLATLAS, "serve", "--store", store, "--port", str(port)], stdout=out, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://127.0.0.1:{port}"
            with Server(url) as server:
                wait_for(server, 1)
            yield url
        finally:
            process.terminate()
            process.wait()


def wait_for(server: Server, release: int) -> None:
    """Wait until the server serves a release: it looks for new ones every second."""
    for _ in range(600):
        try:
            if server.head().release >= release:
                return
        except ServerError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"release {release} is not served")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        first_year(Path(name))
