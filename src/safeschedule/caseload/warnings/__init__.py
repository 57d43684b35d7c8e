"""Early warnings: thresholds and control limits on what was recorded."""

from safeschedule.caseload.warnings.answers import (
    TriggerKind,
    WarningReport,
    WarningTrigger,
    Watched,
    WatchedWeek,
)
from safeschedule.caseload.warnings.indicators import (
    INDICATORS,
    Indicator,
    Threshold,
    WarningRules,
    read_warning_rules,
)
from safeschedule.caseload.warnings.watching import early_warnings

__all__ = [
    "INDICATORS",
    "Indicator",
    "Threshold",
    "TriggerKind",
    "WarningReport",
    "WarningRules",
    "WarningTrigger",
    "Watched",
    "WatchedWeek",
    "early_warnings",
    "read_warning_rules",
]
