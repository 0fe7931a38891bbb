"""An O*NET package of a few rows, made up, in both flavours; tests change its tables and write it as zips."""

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

Rows = list[list[str]]
Tables = dict[str, Rows]

CODE = "O*NET-SOC Code"
TEXT_NAMES = {
    "occupation_data": "Occupation Data.txt",
    "alternate_titles": "Alternate Titles.txt",
    "sample_of_reported_titles": "Sample of Reported Titles.txt",
    "task_statements": "Task Statements.txt",
    "skills": "Skills.txt",
    "knowledge": "Knowledge.txt",
    "job_zones": "Job Zones.txt",
    "technology_skills": "Technology Skills.txt",
    "content_model_reference": "Content Model Reference.txt",
    "unspsc_reference": "UNSPSC Reference.txt",
}
RATING = [
    CODE,
    "Element ID",
    "Element Name",
    "Scale ID",
    "Scale Name",
    "Data Value",
    "N",
    "Recommend Suppress",
    "Not Relevant",
    "Date",
]
BAKER, COOK, CODER = "51-3011.00", "35-2014.00", "15-1251.01"


def rating(
    code: str, element: str, name: str, scale: str, value: str, suppress: str = "N", irrelevant: str = ""
) -> list[str]:
    return [code, element, name, scale, "any", value, "8", suppress, irrelevant, "08/2023"]


def tables() -> Tables:
    """A package with one of everything: three occupations, four elements, five technologies."""
    reading, writing = ("2.A.1.a", "Reading Comprehension"), ("2.A.1.c", "Writing")
    programming, law = ("2.B.3.e", "Programming"), ("2.C.8.b", "Law and Government")
    return {
        "occupation_data": [
            [CODE, "Title", "Description"],
            [BAKER, "Bakers", 'Mix and bake "ingredients", to recipes.'],
            [COOK, "Cooks, Restaurant", "Cook in restaurants."],
            [CODER, "Code Writers", ""],
        ],
        "alternate_titles": [
            [CODE, "Alternate Title", "Short Title", "Source(s)"],
            [BAKER, "Pastry Baker (PB)", "PB", "08"],
            [BAKER, "Bread Maker", "n/a", "04,08"],
            [BAKER, "Bakers", "n/a", "08"],
            [CODER, "Hacker", "n/a", "10"],
        ],
        "sample_of_reported_titles": [
            [CODE, "Reported Job Title", "Shown in My Next Move"],
            [BAKER, "Bread Maker", "Y"],
            [COOK, "Line Cook", "N"],
        ],
        "task_statements": [
            [CODE, "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source"],
            [BAKER, "12", "Knead the dough and let it rise.", "Core", "95", "08/2023", "Incumbent"],
            [BAKER, "9", "Set the oven to the right temperature.", "n/a", "n/a", "08/2023", "Analyst"],
            [COOK, "20", 'Taste the "soup" of the day.', "Supplemental", "60", "08/2023", "Incumbent"],
        ],
        "skills": [
            RATING,
            rating(BAKER, *reading, "IM", "3.00"),
            rating(BAKER, *reading, "LV", "2.75", "N", "N"),
            rating(BAKER, *programming, "IM", "1.99"),
            rating(BAKER, *programming, "LV", "0.5", "N", "Y"),
            rating(CODER, *programming, "IM", "5"),
            rating(CODER, *programming, "LV", "6.1", "N", "N"),
            rating(CODER, *writing, "IM", "2.5", "Y"),
            rating(CODER, *writing, "LV", "4", "Y", "N"),
        ],
        "knowledge": [
            RATING,
            rating(CODER, *law, "IM", "2"),
            rating(CODER, *law, "LV", "1.4", "N", "Y"),
        ],
        "job_zones": [
            [CODE, "Job Zone", "Date", "Domain Source"],
            [BAKER, "2", "08/2023", "Analyst"],
            [CODER, "4", "08/2023", "Analyst"],
        ],
        "technology_skills": [
            [CODE, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"],
            [CODER, "C", "43232402", "Development environment software", "Y", "Y"],
            [CODER, "Microsoft Access", "43232306", "Data base user interface software", "Y", "N"],
            [CODER, "Structured query language SQL", "43232306", "Data base user interface software", "Y", "Y"],
            [BAKER, "Structured query language SQL", "43232402", "Development environment software", "N", "N"],
            [BAKER, "Point of sale POS software", "43231500", "Business function software", "N", "N"],
            [COOK, "Node.js", "43232402", "Development environment software", "N", "N"],
        ],
        "content_model_reference": [
            ["Element ID", "Element Name", "Description"],
            ["2", "Worker Requirements", "Worker Requirements"],
            ["2.A", "Basic Skills", "Developed capacities."],
            ["2.A.1", "Content", "Background structures."],
            ["2.A.1.a", "Reading Comprehension", "Understanding written sentences."],
            ["2.A.1.c", "Writing", "Communicating in writing."],
            ["2.B", "Cross-Functional Skills", "Across jobs."],
            ["2.B.3", "Technical Skills", "Machines."],
            ["2.B.3.e", "Programming", "Writing computer programs."],
            ["2.C", "Knowledge", "Facts."],
            ["2.C.8", "Law and Public Safety", "Regulations."],
            ["2.C.8.b", "Law and Government", "Laws."],
            ["5.F", "Technology Skills", "Software skills."],
        ],
        "unspsc_reference": [
            ["Commodity Code", "Commodity Title", "Class Code", "Class Title", "Family Code", "Family Title"],
            [
                "43232402",
                "Development environment software",
                "43232400",
                "Development software",
                "43230000",
                "Software",
            ],
            ["43232306", "Data base user interface software", "43232300", "Data software", "43230000", "Software"],
        ],
    }


def text_bytes(rows: Rows) -> bytes:
    """Tabs, no quoting, CRLF."""
    return "".join("\t".join(row) + "\r\n" for row in rows).encode()


def csv_bytes(rows: Rows, separator: str = ",") -> bytes:
    """Commas and quotes, LF; tables by occupation have a Title column too, and missing values are empty."""
    if rows[0][0] == CODE and rows[0][1] != "Title":
        rows = [[row[0], "Title" if not number else "any title", *row[1:]] for number, row in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter=separator).writerows(
        [["" if cell == "n/a" else cell for cell in row] for row in rows]
    )
    return out.getvalue().encode()


def write(
    folder: Path, content: Mapping[str, Rows | bytes], name: str = "db_29_2_text.zip", *, inner: str = ""
) -> Path:
    """A zip of the tables, as text or, where its name says so, as CSV; rows that are bytes stand as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for table, rows in content.items():
            if "csv" in name:
                archive.writestr(f"{inner}{table}.csv", rows if isinstance(rows, bytes) else csv_bytes(rows))
            else:
                member = TEXT_NAMES.get(table, table)
                archive.writestr(f"{inner}{member}", rows if isinstance(rows, bytes) else text_bytes(rows))
    return path
