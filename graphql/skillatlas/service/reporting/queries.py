"""What a report asks the API. Every question names the release that the first one found."""

_SHARE = "{ required met levelGap levelUnknown transferable unknown missing coverage }"
_SKILL = "{ id label(lang: $lang) }"
_PARAMETERS = "parameters { name value meaning }"

RELEASE = """
query Release($release: Int) {
  release(number: $release) { number publishedAt contentHash }
}"""

SCHEMES = """
query Schemes($release: Int) {
  schemes(release: $release) { key title version licence attribution sourceUrl contentHash }
}"""

GAP = f"""
query Gap($input: SkillGapInput!, $lang: String, $release: Int) {{
  skillGap(input: $input, release: $release) {{
    id release target {{ id label(lang: $lang) definition(lang: $lang) scheme {{ key }} }}
    readiness readinessStrict readinessLow readinessHigh knownShare
    essential {_SHARE} optional {_SHARE}
    skills {{
      skill {_SKILL} status necessity requiredLevel heldLevel contribution
      transferableFrom {_SKILL}
      evidence {{ source text start end confidence }}
      prerequisiteChain {{ skill {_SKILL} level status held heldLevel alternatives {_SKILL} circular }}
    }}
    priorities {{ skill {_SKILL} status priority {{ value factors {{ name number meaning }} }} }}
    questions {{
      skill {_SKILL} text(lang: $lang) narrows answers {{ text(lang: $lang) readinessLow readinessHigh }}
    }}
    {_PARAMETERS}
    explanation(lang: $lang)
    warnings
  }}
}}"""

PLAN = f"""
query Plan($input: LearningPathsInput!, $lang: String, $release: Int) {{
  learningPaths(input: $input, release: $release) {{
    id status
    plans {{
      objective status hours prices {{ amount currency }} finishDate readinessAfter
      essentialAfter {_SHARE} optionalAfter {_SHARE}
      steps {{
        order startDate endDate
        course {{ id catalogue title provider url lang hours price {{ amount currency }} }}
        unlocks {_SKILL}
        why(lang: $lang)
      }}
    }}
    uncovered {{ skill {_SKILL} reason detail }}
    {_PARAMETERS}
    warnings
  }}
}}"""

NEAR = f"""
query Near($input: RoleTransitionsInput!, $lang: String, $release: Int) {{
  roleTransitions(input: $input, release: $release) {{
    id totalCount
    transitions {{
      role {_SKILL} similarity viable essential {_SHARE} explanation(lang: $lang)
    }}
    filters {{ name value limit excluded }}
    {_PARAMETERS}
    warnings
  }}
}}"""
