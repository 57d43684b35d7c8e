"""The finished week, checked: plain Python that shares no code with the solving side."""

from safeschedule.verifier.finding import Finding, Verification
from safeschedule.verifier.run import verify

__all__ = ["Finding", "Verification", "verify"]
