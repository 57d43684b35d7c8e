"""What notebooks show: pictures that are small, escaped, and the same in light and dark."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from safeschedule import Client, Clinician, Hours, Problem, Request, Schedule, SessionType, verify
from safeschedule.reports.notebook import MOST_ROWS
from safeschedule.reports.week_picture import MOST_PEOPLE
from safeschedule.samples import generate
from tests.api.answers import ANSWERS, problem, result, schedule
from tests.exchange.support import packed
from tests.plots.given import waiting

EVIL = "<script>alert(1)</script>&\"'"
SHOWN = {
    "problem": lambda: problem()._repr_html_(),
    "schedule": lambda: schedule()._repr_html_(),
    "account": lambda: verify(problem(), schedule().model_copy(update={"blocks": ()}))._repr_html_(),
    "result": lambda: result()._repr_html_(),
    "no schedule": lambda: replace(result(), schedule=None, verification=None)._repr_html_(),
    "nothing": lambda: Schedule(week_start="2026-10-05")._repr_html_(),
    **{
        name: (lambda name=name: ANSWERS[name]()._repr_html_())
        for name in ("panel", "forecast", "measures", "roll", "replan", "intake", "ledger", "capacity")
    },
    "waitlist": lambda: waiting()._repr_html_(),
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_it_is_whole_and_brings_neither_script_nor_style_for_others(shown: object) -> None:
    """Otherwise it would change the rest of a notebook, or be refused by it."""
    assert callable(shown)
    text = shown()
    root = ElementTree.fromstring(re.sub(r"<summary>|</summary>| open(?= style)", "", text))
    tags = {element.tag for element in root.iter()}
    assert not tags & {"script", "style", "link", "img", "iframe", "a"}
    assert not re.search(r"\bon\w+=|url\(|http", text)
    # Text takes the notebook's own colour, whether that is light or dark.
    assert not re.search(r"(?<!-)\bcolor:", text)


def test_what_users_write_stays_text() -> None:
    """Otherwise a code of a shared problem could run in a colleague's notebook."""
    asked = Problem(
        week_start="2026-10-05",
        name=EVIL,
        clinicians=[Clinician(id=EVIL, working=Hours.weekly("mon", "09:00", "17:00"), is_supervisor=True)],
        clients=[Client(id=EVIL, clinician=EVIL)],
        session_types=[SessionType(id=EVIL, minutes=60)],
        requests=[Request(id=EVIL, client=EVIL, session_type=EVIL)],
    )
    week = packed(asked)
    for text in (asked._repr_html_(), week._repr_html_(), verify(asked, week)._repr_html_()):
        assert "<script" not in text
    assert "&lt;script" in week._repr_html_()


def test_a_large_team_stays_small_and_says_what_is_not_drawn() -> None:
    """Otherwise one cell would make a notebook of megabytes, or hide people without a word."""
    asked = generate(100, seed=1)
    week = packed(asked)
    for text in (asked._repr_html_(), week._repr_html_()):
        assert len(text) < 100_000
        assert f"{100 - MOST_PEOPLE} more are not drawn." in text
    account = verify(asked, week)._repr_html_()
    assert len(account) < 50_000
    assert re.search(r"\d+ more are not shown\.", account)
    assert account.count("<tr>") <= 2 * (MOST_ROWS + 1)


def test_bars_tell_the_minutes_of_each() -> None:
    """Otherwise the longest bar would not be the heaviest week."""
    from safeschedule.reports.words import hours

    text = schedule()._repr_html_()
    for clinician in problem().clinicians:
        spent = sum(s.minutes for s in schedule().appointments if clinician.id in s.clinicians)
        spent += sum(b.minutes for b in schedule().blocks if clinician.id in (*b.clinicians, b.supervisor))
        assert f">{hours(spent)}</text>" in text


def test_each_thing_of_a_small_team_says_what_it_is() -> None:
    """Otherwise nobody could tell one session from another."""
    first = schedule().appointments[0]
    told = f"<title>{first.start:%H:%M}, 1 h: {first.session_type} of {first.clients[0]}</title>"
    assert told in schedule()._repr_html_()


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_shows_itself(name: str) -> None:
    """A notebook would print a frozen dataclass of hundreds of lines."""
    shown = ANSWERS[name]()._repr_html_()
    assert isinstance(shown, str)
    assert len(shown) < 300_000
    assert "object at 0x" not in shown


def test_load_is_told_as_bars() -> None:
    """Who is over the cap would have to be looked for among numbers."""
    panel = ANSWERS["panel"]()
    shown = panel._repr_html_()
    bars = re.findall(r'<rect x="130[.0]*" y="\d+" width="([\d.]+)" height="12"', shown)
    most = max([1, *(row.points for row in panel.clinicians), *(row.cap or 0 for row in panel.clinicians)])
    assert [float(wide) for wide in bars] == [
        pytest.approx(480 * float(row.points / most), abs=0.1) for row in panel.clinicians
    ]
    assert shown.count("<path d=") == sum(row.cap is not None for row in panel.clinicians)


def test_waits_are_told_as_ranges_and_never_guessed() -> None:
    """Somebody would read a date where nothing is known."""
    shown = waiting()._repr_html_()
    assert "1 to 7 weeks (90 %)" in shown
    assert "more than 6 weeks (90 %)" in shown
    assert shown.count('height="12" fill') == 2


def test_what_users_write_stays_text_in_every_answer() -> None:
    """A code of a client could run in a colleague's notebook."""
    known, *others = waiting().clients
    evil = replace(waiting(), clients=(replace(known, client=EVIL), *others))
    shown = evil._repr_html_()
    assert "<script" not in shown
    assert "&lt;script" in shown
