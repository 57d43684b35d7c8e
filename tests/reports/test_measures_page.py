"""The page of measures: every measure with its definition, escaped, with gaps where nothing is known."""

from __future__ import annotations

import re

from safeschedule import balanced_measures, early_warnings, measures_html
from safeschedule.actuals import Actuals
from safeschedule.caseload.measures import MeasureReport
from safeschedule.caseload.measures.table import TABLE
from safeschedule.reports.measure_chart import chart
from tests.caseload.happened import series
from tests.caseload.team import problem

WEEKS = series("documentation_outside", [8, 12] * 6 + [40, 41])


def report(weeks: list[Actuals] | None = None) -> MeasureReport:
    return balanced_measures(problem(), WEEKS if weeks is None else weeks)


def test_every_measure_stands_on_the_page_with_its_definition_and_nothing_is_fetched() -> None:
    """A board would read a figure without knowing what it counts, or the page would call home."""
    page = measures_html(report(), early_warnings(problem(), WEEKS), "north")
    for entry in TABLE.values():
        assert f'id="m-{entry.id}"' in page
        assert entry.denominator.replace("'", "&#39;") in page
    assert not re.search(r"https?:|<script|url\(|@import|<link|<img", page)
    assert page.count('class="limit" d=') == 1
    assert page.count('class="dot beyond"') == 2
    assert "Review by the team lead until" in page


def test_what_people_have_written_is_escaped() -> None:
    """A team's name could change the page."""
    page = measures_html(report(), name="<b>north</b>")
    assert "<b>" not in page
    assert "&lt;b&gt;north&lt;/b&gt;" in page


def test_a_week_that_is_not_known_is_a_gap_and_no_zero() -> None:
    """A week in which nobody recorded anything would look like the best of the year."""
    weeks = [*series("documentation_outside", [8, 12, 9, 11])]
    weeks[1] = Actuals(week_start=weeks[1].week_start)
    (own,) = [m for m in report(weeks).measures if m.id == "documentation_outside"]
    drawn = chart(own)
    assert drawn is not None
    assert (drawn.line.count("M"), drawn.line.count("L"), len(drawn.dots)) == (2, 1, 3)
    assert "3 of 4 weeks are known" in drawn.words
    (unknown,) = [m for m in report(weeks).measures if m.id == "no_show"]
    assert chart(unknown) is None


def test_a_persons_page_has_no_warnings_and_says_for_whom_it_is() -> None:
    """Figures of one clinician would be read as those of the team."""
    own = balanced_measures(problem(), WEEKS, person="C1", asked_by="C2")
    page = measures_html(own)
    assert "For this clinician and the named supervisor alone." in page
    assert "arly warning" not in page


def test_a_series_of_noughts_is_drawn() -> None:
    """A team without a miss would have no chart, or a division by nought."""
    (own,) = [
        m
        for m in report(series("documentation_outside", [0, 0, 0])).measures
        if m.id == "documentation_outside"
    ]
    drawn = chart(own)
    assert drawn is not None
    assert [text for _, text in drawn.marks] == ["0"]
