"""A clinic's papers, and what a coordinator who knows the clinic answers about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAPERS = Path(__file__).parent / "papers"

WEEK = {
    "Name": "riverside-hilltop",
    "Week start": "2026-10-05",
    "Time zone": "Europe/London",
    "Grid": "5",
    "Dates are written": "day/month/year",
    "Hours from 1 to 6": "afternoon",
}


def _rows(headings: str, *lines: str) -> list[dict[str, str]]:
    """Return rows, each a line with bars between its cells."""
    names = [name.strip() for name in headings.split("|")]
    cells = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [{name: cell for name, cell in zip(names, row, strict=True) if cell} for row in cells]


TYPED = {
    "Rooms and sites": _rows(
        "What | Code | Kind | Also | Site | Seats",
        "site | riverside | | | |",
        "site | hilltop | | | |",
        "room | riv-1 | consulting | | riverside |",
        "room | riv-2 | consulting | | riverside |",
        "room | riv-3 | group | consulting | riverside | 12",
        "room | hil-A | consulting | | hilltop |",
        "room | hil-B | consulting | | hilltop |",
    ),
    "Travel": _rows("Origin | Destination | Minutes", "riverside | hilltop | 25"),
    "Session types": _rows(
        "Code | Minutes | Kind | Intensity | Skills | Room kind | Trauma processing | Smallest | Largest"
        " | Facilitators",
        "CBT | 50 | | | CBT | consulting | | | |",
        "counselling | 50 | | | | consulting | | | |",
        "EMDR | 60 | | high | EMDR | consulting | yes | | |",
        "case mgmt | 45 | case_management | low | | consulting | | | |",
        "med review | 30 | medication | low | meds | consulting | | | |",
        "assessment | 60 | intake | | | consulting | | | |",
        "meds | 60 | intake | | meds | consulting | | | |",
        "DBT group | 90 | group | high | | group | | 4 | 8 | 2",
        "Anxiety group | 75 | group | | | group | | 3 | 10 | 2",
    ),
    "Groups": _rows(
        "Code | Session type | Members ask | Open | Facilitators | When | Site | Members",
        "DBT | DBT group | yes | | TS, PW | thu 13:30 | riverside"
        " | R004, R013, R017, R022, R025, R033, R041, R044",
        "ANX | Anxiety group | yes | yes | AO, PW | thu 10:00 | riverside | R031, R035, R037, R046, W05",
    ),
    "Leave": _rows(
        "Who | First day | Last day | Kind",
        "TS | 12/10/2026 | 23/10/2026 |",
        "PW | 9/10/2026 | 9/10/2026 | study",
    ),
}
"""What stands below the lists and in people's heads."""

ANSWERS: dict[str, dict[str, Any]] = {
    "Staff": {
        "columns": {"Base": ""},
        "words": {
            "Consultant psychologist (lead)": "Role = psychologist; Supervises = yes",
            "Clin psychologist": "psychologist",
            "Social worker": "Role = social_worker; Supervises = yes; Cover = PW",
            "Counsellor": "counsellor",
            "Counsellor (NQ)": "Role = counsellor; New in post = yes",
            "Nurse prescriber": "nurse",
            "Mon-Fri 9-5": "mon-thu 9-5 @ riverside, fri 9-1 @ riverside",
            "Mon 9-5 (not 1st Mon), Tue-Thu 8.30-5": "tue 8.30-5 @ riverside, wed 8.30-5 @ hilltop, "
            "thu 8.30-5 @ riverside",
            "M-F 9-5": "mon 9-5 @ riverside, tue 9-5 @ riverside, wed 9-5 @ hilltop, thu 9-12 @ hilltop, "
            "thu 12.30-5 @ riverside, fri 9-5 @ riverside",
            "Mon 9-5, Tues 9–5, Thurs 9-1": "mon 9-5 @ riverside, tue 9-4 @ riverside, thu 9-1 @ riverside",
            "Mon-Fri 9:00 - 17:00": "mon-fri 9-5 @ riverside",
            "Tues 9-5 / Wed 9-1 / Thu 9-5": "tue 9-5 @ riverside, wed 9-1 @ hilltop, thu 9-5 @ riverside",
            "EMDR, CBT, sup": "EMDR, CBT",
            "EMDR CBT": "EMDR, CBT",
            "groups; Spanish; case mgmt": "CBT, groups, Spanish, case mgmt",
            "—": "TS",
        },
    },
    "Clients": {
        "columns": {},
        "words": {"EMDR phase 2": "trauma_processing", "biweekly": "2", "6 weekly": "6"},
        "leave": ["Review due"],
    },
    "waiting_list": {"columns": {}, "words": {"CBT intake": "assessment", "EMDR?": "assessment"}},
}
"""What words of the lists mean here; what is not named is taken as it is proposed."""
