"""The caseload around the schedule: who is due for contact or review, what is asked for it, which band."""

from safeschedule.caseload.attendance import attendance_of, expected_sessions
from safeschedule.caseload.bands import BandChange, BandProposal, confirm_bands, proposed_bands
from safeschedule.caseload.contacts import Due, due_contacts, due_reviews
from safeschedule.caseload.huddle import Huddle, HuddleItem, HuddleTopic, LastHuddle, huddle_agenda
from safeschedule.caseload.requests import with_requests_from_bands, without_requests_from_bands

__all__ = [
    "BandChange",
    "BandProposal",
    "Due",
    "Huddle",
    "HuddleItem",
    "HuddleTopic",
    "LastHuddle",
    "attendance_of",
    "confirm_bands",
    "due_contacts",
    "due_reviews",
    "expected_sessions",
    "huddle_agenda",
    "proposed_bands",
    "with_requests_from_bands",
    "without_requests_from_bands",
]
