"""What the analysis commands ask the API; `--json` prints the answers as they come."""

SHARE = "{ required met levelGap levelUnknown transferable unknown missing coverage }"
SKILL = "{ id label(lang: $lang) }"
CLAUSE = f"{{ anyOf {SKILL} kind level source confidence }}"

PATHS = f"""
query Paths($input: LearningPathsInput!, $lang: String, $release: Int, $more: Boolean!) {{
  learningPaths(input: $input, release: $release) {{
    id release target {SKILL} status
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
        unlocks @include(if: $more) {SKILL}
        why(lang: $lang)
      }}
    }}
    uncovered {{ skill {SKILL} reason detail }}
    parameters {{ name value number meaning }}
    warnings
  }}
}}"""
