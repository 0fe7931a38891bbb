"""The numbers that the analyses stand on, each with its reason. Answers return those that they used."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GapSettings:
    """Numbers of the gap formula."""

    essential_weight: float = 1.0
    """An essential need counts whole."""

    optional_weight: float = 0.4
    """The middle of the range 0.3 to 0.5 in which optional needs are usually weighted."""

    evidence_floor: float = 0.5
    """Below it a reading is more likely wrong than right."""

    sure_confidence: float = 0.95
    """From here on evidence counts in the lowest estimate, and a text's denial in the highest."""

    level_if_unknown: int = 2
    """Basic: who names a skill without a level can at least do something with it."""

    level_if_unknown_low: int = 1
    """The least a held skill can be: for the lowest estimate."""

    transfer_share: float = 0.5
    """A related skill is never worth more than half of the one required."""

    transfer_floor: float = 0.2
    """A weaker relation is not worth telling: the least transfer that curators state is 0.2."""

    max_ids: int = 500
    """The most ids that one list of a question may hold."""

    demand_documents: int = 20
    """A share of fewer documents says too little: 20 postings are the least that studies of demand work with."""

    max_texts: int = 50
    """The most texts of one question: what a person may collect who looks for work."""

    max_roles: int = 4
    """The most roles side by side: what fits on a page."""

    max_questions: int = 10
    """The most questions at a time: more nobody answers."""


@dataclass(frozen=True, slots=True)
class PathSettings:
    """Numbers of the planner."""

    gap: GapSettings = field(default_factory=GapSettings)
    """The same as for gaps, since a plan is measured by the gap that it leaves."""

    effort: float = 8.0
    """Deterministic units of the solver for a question: the same on a slow machine. Measured: 0.05 for a plan over 500
    courses, 5 for one over 3,000 with budget and deadline; a unit takes 2 to 4 s."""

    ids_effort: float = 0.5
    """Of them for preferring small ids among plans that are equal otherwise: not worth waiting for longer."""

    clock_limit: float = 30.0
    """Seconds after which the question is given up with an error, never answered with another plan."""

    seed: int = 1
    """Any fixed number: the solver's choices repeat."""

    max_hours_per_week: float = 80.0
    """More than that nobody learns."""

    max_alternatives: int = 5
    """Each further plan is a search of its own."""

    weight_decimals: int = 6
    """Weights are compared at this many decimals, since processors differ in the last bits."""

    order_states: int = 20_000
    """How many orders of steps are tried for the one that puts small ids first; then the solver's order stands."""


@dataclass(frozen=True, slots=True)
class TransitionSettings:
    """Numbers of role transitions. The shares are those that cross-validation over role groups chose."""

    gap: GapSettings = field(default_factory=GapSettings)
    """The same as for gaps: a need weighs what it weighs there."""

    skills_share: float = 0.8
    """Of the cosine of TF-IDF in the similarity; the rest is that of the skill groups."""

    rated_skills_share: float = 0.4
    """The same where the needs are rated by importance; the rest is the cosine of the ratings."""

    rated_density: float = 0.25
    """A scheme counts as rated where its roles have at least this share of all ratings that they could have: O*NET
    has .6, our own roles .03."""

    rated_skills: int = 10
    """And where at least so many skills are rated: fewer are no profile."""

    unrated_importance: float = 12.5
    """Importance of what a rated role does not name: the middle of the 0 to 25 that are left out on import."""

    max_zone_distance: int = 1
    """Job zones of 96 % of the pairs of occupations that experts relate are no further apart."""

    counterfactual_size: int = 5
    """With more skills to learn it is a training, not a step."""

    counterfactual_effort: int = 2_000
    """Sets of skills looked at, each with all that could complete it, before the search for the fewest ends empty."""

    max_profiles: int = 100
    """People that one what-if may be asked for."""
