"""What the analysis commands ask the API; `--json` prints the answers as they come."""

SHARE = "{ required met levelGap levelUnknown transferable unknown missing coverage }"
SKILL = "{ id label(lang: $lang) }"
CLAUSE = f"{{ anyOf {SKILL} kind level source confidence }}"

GAP = f"""
query Gap($input: SkillGapInput!, $lang: String, $release: Int) {{
  skillGap(input: $input, release: $release) {{
    id release target {SKILL}
    readiness readinessStrict readinessLow readinessHigh knownShare
    essential {SHARE} optional {SHARE}
    skills {{
      skill {SKILL} status necessity importance requiredLevel heldLevel weight credit contribution
      transferableFrom {SKILL}
      evidence {{ source text start end confidence }}
      prerequisitesMissing {CLAUSE}
    }}
    priorities {{ skill {SKILL} status necessity }}
    parameters {{ name value number meaning }}
    explanation(lang: $lang)
    warnings
  }}
}}"""

PATHS = f"""
query Paths($input: LearningPathsInput!, $lang: String, $release: Int) {{
  learningPaths(input: $input, release: $release) {{
    id release status
    plans {{
      objective status objectiveValue bound hours prices {{ amount currency }} finishDate readinessAfter
      essentialAfter {SHARE} optionalAfter {SHARE}
      steps {{
        order startDate endDate
        course {{ id title provider url hours price {{ amount currency }} }}
        teaches {{ skill {SKILL} level confidence }}
        prerequisites {{
          clause {{ kind anyOf {{ skill {SKILL} level }} }} by {SKILL} step
        }}
        why(lang: $lang)
      }}
    }}
    uncovered {{ skill {SKILL} reason detail }}
    parameters {{ name value number meaning }}
    warnings
  }}
}}"""
