"""How sure a mention is: a logistic curve over a few features of the decision, one set of weights a kind of scheme.

Fitted on the 198 train and dev adverts of SkillSpan (© 2023 Mike Zhang, MIT; Zhang et al. 2022): a mention counted as
right where it overlapped a span that people had marked as skill or knowledge. Forms: ESCO 1.1.0 for schemes that
describe no form (2,829 mentions; calibration error by cross-validation over adverts .03), the own ontology for those
that do (2,216; .02). What it does not say: people left true skills unmarked (the rates understate), and a mention
inside a marked span may still be the wrong skill (they overstate). English only; Chinese takes the same weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from .model import OFFERS, DocumentKind, SectionKind
from .odds import logistic
from .sense import Decision

if TYPE_CHECKING:
    from .link_settings import LinkSettings
    from .linking import Near

# A person said what the form means: what is left open is whether the text asks for it. Log odds, not fitted.
_SAID = 2.0


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """Weights in log odds. `long`: several words, or four Chinese characters; `named`: a capital or digit in it."""

    base: float
    long: float
    named: float
    company: float  # the employer speaks of itself; 22 mentions only
    rivals: float  # other skills of the same form fit as well; not fitted
    sections: Mapping[SectionKind, float]


_IMPORTED = ConfidenceWeights(
    base=-0.1,
    long=0.2,
    named=0.5,
    company=-1.2,
    rivals=-0.7,
    sections=MappingProxyType(
        {
            SectionKind.REQUIREMENTS: 1.3,
            SectionKind.PREFERRED: 1.3,
            SectionKind.DUTIES: 0.15,
            SectionKind.ABOUT: -1.05,
            SectionKind.BENEFITS: -3.5,
        }
    ),
)
_DESCRIBED = ConfidenceWeights(
    base=0.7,
    long=0.65,
    named=0.0,
    company=-1.2,
    rivals=-0.7,
    sections=MappingProxyType(
        {
            SectionKind.REQUIREMENTS: 1.5,
            SectionKind.PREFERRED: 1.5,
            SectionKind.EXPERIENCE: 0.7,
            SectionKind.EDUCATION: 0.7,
            SectionKind.DUTIES: -0.5,
            SectionKind.ABOUT: -0.8,  # between its own -0.15 (62 mentions) and the imported schemes' figure
            SectionKind.BENEFITS: -2.2,
        }
    ),
)


def confidence_of(decision: Decision, section: SectionKind, kind: DocumentKind, *, company: bool = False) -> float:
    """0 to 1, six decimals. Of a CV nothing is taken for the words of an employer."""
    weights = _DESCRIBED if decision.candidate.entry.described else _IMPORTED
    odds = weights.base
    if decision.candidate.entry.long:
        odds += weights.long
    if decision.sense.named:
        odds += weights.named
    if kind is not DocumentKind.CV or section not in OFFERS:
        odds += weights.sections.get(section, 0.0)
    if company and kind is not DocumentKind.CV:
        odds += weights.company
    if decision.rivals:
        odds += weights.rivals
    if decision.rule == "override":
        odds += _SAID
    return logistic(odds)


def confidence_of_near(
    near: "Near",
    settings: "LinkSettings",
    section: SectionKind,
    kind: DocumentKind,
    *,
    decision: Decision | None = None,
    company: bool = False,
) -> float:
    """Of a skill that is near a sentence, met by a form there (`decision`, of a scheme that describes none) or not.

    What the employer says of itself and offers counts less, by the weights of imported forms.
    """
    odds = 0.0
    if kind is not DocumentKind.CV and section in OFFERS:
        odds += _IMPORTED.sections[section]
    if company and kind is not DocumentKind.CV:
        odds += _IMPORTED.company
    if decision is not None and decision.rivals:
        odds += _IMPORTED.rivals
    advert = kind is DocumentKind.JOB
    if decision is None:
        return near.confidence(settings, advert=advert, odds=odds)
    preferred = decision.sense.form.label_type == "PREFERRED"
    met = confidence_of(decision, section, kind, company=company)
    return max(near.confidence(settings, advert=advert, preferred=preferred, odds=odds), min(met, settings.met_least))
