"""What the gap command asks the API; `--json` prints the answers as they come."""

from .questions import CLAUSE, SHARE, SKILL

PARAMETERS = "parameters { name value number meaning }"
READINESS = "readiness readinessStrict readinessLow readinessHigh"
ENTRY = f"""
      skill {SKILL} status necessity importance requiredLevel heldLevel weight credit contribution
      transferableFrom {SKILL}
      evidence {{ source text start end confidence }}
      prerequisitesMissing {CLAUSE}"""

GAP = f"""
query Gap($input: SkillGapInput!, $lang: String, $release: Int, $more: Boolean!) {{
  skillGap(input: $input, release: $release) {{
    id release target {SKILL}
    {READINESS} knownShare
    essential {SHARE} optional {SHARE}
    skills {{
      {ENTRY}
      prerequisiteChain @include(if: $more) {{
        skill {SKILL} level kind status held heldLevel neededFor {SKILL} alternatives {SKILL} circular
      }}
    }}
    priorities {{
      skill {SKILL} status necessity priority {{ value factors {{ name value number meaning }} }}
    }}
    questions @include(if: $more) {{
      skill {SKILL} kind requiredLevel text(lang: $lang) narrows
      answers {{ text(lang: $lang) holds level readinessLow readinessHigh }}
    }}
    {PARAMETERS}
    explanation(lang: $lang)
    warnings
  }}
}}"""

DEMAND_GAP = f"""
query DemandGap($input: DemandGapInput!, $lang: String, $release: Int) {{
  demandGap(input: $input, release: $release) {{
    id release {READINESS}
    adverts {{ index name share gap {{ id {READINESS} knownShare essential {SHARE} optional {SHARE} }} }}
    skills(first: 100) {{
      skill {SKILL} status required preferred frequency requiredLevel heldLevel missed loss
    }}
    {PARAMETERS}
    explanation(lang: $lang)
    warnings
  }}
}}"""

COMPARISON = f"""
query Comparison($profile: ProfileInput!, $roles: [ID!]!, $lang: String, $release: Int) {{
  compareRoles(profile: $profile, roleIds: $roles, release: $release) {{
    id release
    roles {{ id target {SKILL} {READINESS} knownShare essential {SHARE} optional {SHARE} }}
    rows {{
      skill {SKILL} neededBy
      cells {{ status necessity importance requiredLevel heldLevel weight credit contribution }}
    }}
    shared {SKILL} differing {SKILL}
    {PARAMETERS}
    explanation(lang: $lang)
    warnings
  }}
}}"""
