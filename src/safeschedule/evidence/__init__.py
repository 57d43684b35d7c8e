"""The evidence pack: what a commissioner asks of a service's caseloads, answered from the ledger (IG, CD)."""

from safeschedule.evidence.pack import EvidencePack, EvidenceSection, evidence_pack

__all__ = ["EvidencePack", "EvidenceSection", "evidence_pack"]
