"""What the commands on transitions ask the API, and their tables."""

from collections.abc import Iterable
from typing import Any

from .output import print_lines, print_table
from .questions import SHARE, SKILL

_SHOWN = 3  # of the skills or roles in a cell; the JSON has all

PARAMETER = "{ name value number meaning }"

TRANSITIONS = f"""
query Transitions($input: RoleTransitionsInput!, $lang: String, $release: Int) {{
  roleTransitions(input: $input, release: $release) {{
    id release totalCount hasNextPage endCursor
    threshold {PARAMETER}
    transitions {{
      role {SKILL} similarity viable
      components {PARAMETER}
      essential {SHARE} optional {SHARE}
      missing {SKILL} counterfactual {SKILL}
      explanation(lang: $lang)
    }}
    filters {{ name value limit excluded }}
    excluded(first: 20) {{
      totalCount edges {{ node {{ role {SKILL} similarity filters {{ name value limit }} }} }}
    }}
    parameters {PARAMETER}
    warnings
  }}
}}"""

OPENING = f"""
query Opening(
  $profiles: [ProfileInput!]!, $scheme: String, $under: ID, $first: Int, $lang: String, $release: Int
) {{
  openingSkills(profiles: $profiles, scheme: $scheme, under: $under, first: $first, release: $release) {{
    release totalCount hasNextPage endCursor
    threshold {PARAMETER}
    skills {{ skill {SKILL} opened people roles(first: 20) {{ role {SKILL} people }} }}
    warnings
  }}
}}"""

OPENED = f"""
query Opened(
  $profile: ProfileInput!, $skills: [HeldSkillInput!]!, $scheme: String, $under: ID, $first: Int, $lang: String,
  $release: Int
) {{
  openedRoles(
    profile: $profile, skills: $skills, scheme: $scheme, under: $under, first: $first, release: $release
  ) {{
    release totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {SKILL} }}
  }}
}}"""


def print_transitions(answer: dict[str, Any]) -> None:
    """The destinations as a table, then the threshold, the filters and the warnings."""
    print_table(
        f"Roles: {answer['totalCount']}, the most alike first (release {answer['release']})",
        ("role", "id", "similarity", "viable", "essential met", "missing", "would do"),
        (
            (
                row["role"]["label"],
                row["role"]["id"],
                row["similarity"],
                "✓ viable" if row["viable"] else "✗ not yet",
                f"{row['essential']['met']} of {row['essential']['required']}",
                _names(row["missing"]),
                _names(row["counterfactual"]),
            )
            for row in answer["transitions"]
        ),
    )
    lines = [f"Threshold {answer['threshold']['value']}: {answer['threshold']['meaning']}"]
    lines += [
        f"Filter {row['name']} ({row['value']}: {row['limit']}): {row['excluded']} left out"
        for row in answer["filters"]
        if row["excluded"]
    ]
    if answer["hasNextPage"]:
        lines.append(f"More: --after {answer['endCursor']}")
    print_lines(lines, answer["warnings"])


def print_opening(answer: dict[str, Any]) -> None:
    """The skills that open roles, as a table."""
    print_table(
        f"Skills that open roles: {answer['totalCount']}, those that open most first (release {answer['release']})",
        ("skill", "id", "opens", "people", "roles"),
        (
            (
                row["skill"]["label"],
                row["skill"]["id"],
                row["opened"],
                row["people"],
                _names((opened["role"] for opened in row["roles"]), row["opened"]),
            )
            for row in answer["skills"]
        ),
    )
    print_lines([f"Threshold {answer['threshold']['value']}: {answer['threshold']['meaning']}"], answer["warnings"])


def print_opened(answer: dict[str, Any]) -> None:
    """The roles that would open, as a table."""
    print_table(
        f"Roles that would become viable: {answer['totalCount']} (release {answer['release']})",
        ("role", "id"),
        ((edge["node"]["label"], edge["node"]["id"]) for edge in answer["edges"]),
    )


def _names(concepts: Iterable[dict[str, Any]], count: int | None = None) -> str:
    labels = [concept["label"] for concept in concepts]
    more = (len(labels) if count is None else count) - _SHOWN
    return ", ".join(labels[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
