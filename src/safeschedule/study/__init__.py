"""Studies: problems under scenarios, solved with limits that compare fairly, and what they answer."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.study.comparing import Comparison, Comparisons
from safeschedule.study.curves import CurvePoint
from safeschedule.study.fronts import FrontPoint
from safeschedule.study.prices import RulePrice, RulePrices
from safeschedule.study.progress import StudyProgress
from safeschedule.study.results import StudyResults
from safeschedule.study.runs import RunStatus, StudyRun

if TYPE_CHECKING:
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

# What solves needs the engines, what is read of it does not.
__getattr__ = loader(__name__, {"Study": "study"})
