"""Studies: problems under scenarios, solved with limits that compare fairly, and what they answer."""

from safeschedule.study.comparing import Comparison, Comparisons
from safeschedule.study.curves import CurvePoint
from safeschedule.study.fronts import FrontPoint
from safeschedule.study.prices import RulePrice, RulePrices
from safeschedule.study.progress import StudyProgress
from safeschedule.study.results import StudyResults
from safeschedule.study.runs import RunStatus, StudyRun
from safeschedule.study.study import Study

__all__ = [
    "Comparison",
    "Comparisons",
    "CurvePoint",
    "FrontPoint",
    "RulePrice",
    "RulePrices",
    "RunStatus",
    "Study",
    "StudyProgress",
    "StudyResults",
    "StudyRun",
]
