"""The drawn weeks of the rules' pages: there, well-formed, complete, and with other people's text escaped."""

from xml.etree import ElementTree

import pytest

from docs.drawing.choosing import weeks_of
from docs.drawing.svg import draw
from docs.drawing.words import markdown
from docs.generate_rules import FOLDER
from safeschedule.problem import BlockKind, Problem
from safeschedule.reports.kinds import LOOKS
from safeschedule.schedule import Schedule
from tests.support import cases
from tests.support.cases import Case

SVG = "{http://www.w3.org/2000/svg}"
RULES = sorted(path.stem for path in cases.FOLDER.glob("*.yaml"))
DRAWN = [pytest.param(case, id=f"{rule}-{sort}") for rule in RULES for sort, case in weeks_of(rule).items()]
NASTY = "<K&\"'1>"


def week(svg: str) -> ElementTree.Element:
    """Return what is drawn of the week itself, without the legend."""
    (found,) = ElementTree.fromstring(svg).iterfind(f"{SVG}g[@id='week']")
    return found


def count(drawn: ElementTree.Element, *looks: str) -> int:
    return sum(len(drawn.findall(f".//{SVG}rect[@class='{look}']")) for look in looks)


@pytest.mark.parametrize("rule", RULES)
def test_rules_with_good_and_bad_weeks_show_one_of_each(rule: str) -> None:
    """A reader would see one side only."""
    sorts = {"bad" if case.amount else "good" for case in cases.cases_of(rule)}
    page = (FOLDER / f"{rule}.md").read_text(encoding="utf-8")
    assert {sort for sort in sorts if f"](weeks/{rule}-{sort}.svg)" in page} == sorts
    assert weeks_of(rule).keys() == sorts


@pytest.mark.parametrize("case", DRAWN)
def test_everything_planned_is_drawn(case: Case) -> None:
    """A session or block would be missing from the picture, or there twice."""
    drawn = week(draw(case.problem, case.schedule).svg)
    sessions = sum(len(session.clinicians) for session in case.schedule.appointments)
    blocks = sum(len({*b.clinicians, b.supervisor} - {None}) for b in case.schedule.blocks)
    assert count(drawn, "session", "high") == sessions
    assert count(drawn, *{look.pattern for look in LOOKS.values()}) == blocks
    meetings = [entry for entry in case.problem.meetings if entry.start.date() >= case.problem.week_start]
    assert count(drawn, "meeting") == sum(len(entry.clinicians) for entry in meetings)


@pytest.mark.parametrize("case", DRAWN)
def test_drawings_are_small_and_need_nothing_else(case: Case) -> None:
    """A page would be slow, or change with what is fetched."""
    svg = draw(case.problem, case.schedule).svg
    assert len(svg) < 16_000
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("case", DRAWN)
def test_findings_of_bad_weeks_are_told(case: Case) -> None:
    """A reader would have to find out what is wrong."""
    drawn = draw(case.problem, case.schedule)
    assert bool(drawn.sentences) == bool(case.amount)


def nasty() -> tuple[Problem, Schedule]:
    """Return a bad week (no recovery) with mark-up in every name."""
    monday = {"week_start": "2026-10-05"}
    session = {"session_type": NASTY, "clients": [NASTY], "clinicians": [NASTY], "request": NASTY}
    working = [{"day": "mon", "start": "09:00", "end": "12:00"}]
    problem = {
        "clinicians": [{"id": NASTY, "working": working}],
        "clients": [{"id": NASTY}],
        "session_types": [{"id": NASTY, "minutes": 90, "trauma_processing": True}],
        "requests": [{"id": NASTY, "client": NASTY, "session_type": NASTY}],
    }
    start = {"start": "2026-10-05T10:30", "minutes": 90, "room": NASTY}
    return (
        Problem.model_validate(monday | problem),
        Schedule.model_validate(monday | {"appointments": [session | start]}),
    )


def test_text_of_the_problem_is_escaped_in_drawings() -> None:
    """A code with a bracket would break the picture, or bring mark-up of its own into it."""
    drawn = draw(*nasty())
    tree = ElementTree.fromstring(drawn.svg)
    assert NASTY not in drawn.svg
    assert drawn.words == tree.findtext(f"{SVG}title")
    assert NASTY in "".join(week(drawn.svg).itertext())


def test_text_of_the_problem_is_escaped_in_pages() -> None:
    """A code with a bracket would end the alternative text of its drawing."""
    assert markdown("a](b) <i>\n_c_ *d* `e`") == r"a\](b) \<i\> \_c\_ \*d\* \`e\`"


def test_every_kind_of_block_has_a_look() -> None:
    """A block of another kind could not be drawn."""
    assert set(LOOKS) == set(BlockKind)
