"""The finished week, checked: plain Python that shares no code with the solving side."""

from safeschedule.verifier.finding import Finding, Unchecked, Verification
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.run import examine, verify

__all__ = ["Finding", "Unchecked", "Verification", "WeekNotice", "examine", "verify"]
