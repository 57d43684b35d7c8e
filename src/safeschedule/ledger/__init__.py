"""What was decided, by whom, when and why: an append-only, tamper-evident record beside the schedule."""

from safeschedule.ledger.book import Ledger, append_within
from safeschedule.ledger.chain import ChainAccount, LedgerHead
from safeschedule.ledger.contents import (
    KINDS,
    BandConfirmed,
    CapChange,
    ConcernRaised,
    Content,
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    HuddleHeld,
    IntakeAccepted,
    Override,
    PlanAccepted,
    PolicySet,
    ReferralRefused,
    Resolved,
    ReviewHeld,
    Signatory,
    Transferred,
    WeekChanged,
)
from safeschedule.ledger.entry import Basis, LedgerEntry, Statement, basis_of
from safeschedule.ledger.matters import IntakeRestriction, LedgerView, OpenMatter, ledger_view
from safeschedule.ledger.overrides import OverrideInForce, overrides_in_force
from safeschedule.ledger.reading import read_ledger

__all__ = [
    "KINDS",
    "BandConfirmed",
    "Basis",
    "CapChange",
    "ChainAccount",
    "ConcernRaised",
    "Content",
    "Correction",
    "ExceptionDecided",
    "ExceptionOpened",
    "HuddleAction",
    "HuddleHeld",
    "IntakeAccepted",
    "IntakeRestriction",
    "Ledger",
    "LedgerEntry",
    "LedgerHead",
    "LedgerView",
    "OpenMatter",
    "Override",
    "OverrideInForce",
    "PlanAccepted",
    "PolicySet",
    "ReferralRefused",
    "Resolved",
    "ReviewHeld",
    "Signatory",
    "Statement",
    "Transferred",
    "WeekChanged",
    "append_within",
    "basis_of",
    "ledger_view",
    "overrides_in_force",
    "read_ledger",
]
