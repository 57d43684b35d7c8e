"""Pictures: the same bytes for the same plot, whole, escaped, and as they were looked at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images

from safeschedule import InputError, Plot, plots
from safeschedule.plots.palette import LOOKS
from tests.plots.given import FRONT, PRICE, every, problem, replaced, schedule

BASELINES = Path(__file__).parent / "baselines"
DPI = 60
TOLERANCE = 2
"""Of the root mean square over 0 to 255: other rasterisers of fonts stay below, other content does not."""
SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>&\"' $x^2$ _"


def texts(plot: Plot) -> list[str]:
    """Give all words of a picture."""
    root = ElementTree.fromstring(plot.image())
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def difference(plot: Plot, name: str, folder: Path) -> str | None:
    """Give what matplotlib says of a picture that is not the stored one."""
    path = folder / f"{name}.png"
    plot.save(path, dpi=DPI)
    return compare_images(str(BASELINES / f"{name}.png"), str(path), tol=TOLERANCE)


@pytest.mark.parametrize("name", every())
def test_it_looks_as_it_did(name: str, tmp_path: Path) -> None:
    """A picture would change unseen; `python -m tests.plots.write_baselines` writes new ones to look at."""
    assert difference(every()[name], name, tmp_path) is None


def test_every_stored_picture_is_of_a_plot() -> None:
    """A stored picture would be compared with nothing."""
    assert {path.stem for path in BASELINES.glob("*.png")} == set(every())


def test_the_comparison_sees_what_has_changed(tmp_path: Path) -> None:
    """The test above would pass whatever is drawn."""
    fewer = schedule().model_copy(update={"appointments": schedule().appointments[:-2]})
    assert difference(plots.week(fewer, problem()), "week", tmp_path)
    assert difference(plots.front({**FRONT, "y": [90, 100, 110, 96]}), "front", tmp_path)
    assert difference(plots.price_of_rules({**PRICE, "y": [5, 0, 11]}), "price-of-rules", tmp_path)


@pytest.mark.parametrize("name", every())
def test_the_same_plot_gives_the_same_bytes(name: str) -> None:
    """Whoever keeps pictures beside a report would see changes where there are none."""
    plot = every()[name]
    again = type(plot).from_dict(plot.to_dict())
    files = {form: plot.image(form) for form in ("svg", "pdf")}
    assert {form: again.image(form) for form in files} == files
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\dT|CreationDate", b"".join(files.values()))


def test_other_processes_draw_the_same() -> None:
    """A picture would depend on the order of a set, or on what was drawn before."""
    code = "import sys; from tests.plots.given import every; sys.stdout.buffer.write(every()['load'].image())"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path.cwd()
    ).stdout
    assert shown == every()["load"].image()


@pytest.mark.parametrize("name", every())
def test_an_svg_says_in_words_what_it_shows_and_asks_nobody_else(name: str) -> None:
    """A screen reader would be silent, or a viewer would call a server."""
    data = every()[name].image()
    root = ElementTree.fromstring(data)
    plot = every()[name]
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{plot.title}. {plot.sentence}"
    assert root.findtext(f"{SVG}title") == plot.title
    loaded = [
        value
        for node in root.iter()
        for key, value in node.attrib.items()
        if key.rpartition("}")[2] in ("href", "src") and not value.startswith("#")
    ]
    assert loaded == []
    assert not {node.tag for node in root.iter()} & {f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"}
    assert not re.search(rb"url\((?!#)|@import", data)
    assert len(data) < 150_000


def test_a_picture_has_the_words_of_its_table() -> None:
    """A bar would stand there without a name, or with another figure."""
    found = texts(every()["load"])
    assert {"S1", "C2", "C3", "4 of 2.5: over", "4 of 4", "Working time, hours"} <= set(found)
    assert sum(told.endswith(": over") for told in found) == 1
    looks = {LOOKS[part].label for part in every()["load"].panels[0].parts}  # type: ignore[attr-defined]
    assert looks <= set(found)
    assert {"trauma K3", "Meeting team", "Consultation", "DOC"} <= set(texts(every()["gantt"]))
    assert {"not known", "later", "3 working days over the target"} <= {
        t.strip() for t in texts(every()["waits"])
    }


def test_what_users_write_stays_text() -> None:
    """A code could run in a colleague's browser, be typeset as mathematics, or be left out of the legend."""
    line = plots.staffing_curve(
        {"x": [1, 2], "y": [1, 2], "series": [f"_{EVIL}"] * 2}, title=EVIL, y_label=EVIL
    )
    found = texts(line)
    assert any(told.strip() == f"_{EVIL}" for told in found)
    assert found.count(EVIL) >= 2
    front = plots.front({"x": [1], "y": [1], "series": [EVIL]})
    assert EVIL in texts(front)
    for plot in (line, front):
        assert b"<script" not in plot.image()
        assert "<script" not in plot._repr_html_()
        assert plot.image("pdf")
    broken = plots.front({"x": [1], "y": [1], "series": ["a\x00\x1b[31m\n漢字"]})
    ElementTree.fromstring(broken.image())


@pytest.mark.filterwarnings("error")
def test_signs_that_no_font_has_warn_nobody() -> None:
    """A team that writes codes in another script would read a page of warnings."""
    assert plots.front({"x": [1], "y": [1], "series": ["漢字"]}).image("png").startswith(b"\x89PNG")


def test_pictures_neither_take_nor_give_settings() -> None:
    """A user's style would change our pictures, or ours all of the user's later ones."""
    plain = every()["front"].image()
    with mpl.rc_context(
        {"font.size": 30, "axes.facecolor": "black", "text.usetex": True, "lines.linewidth": 9}
    ):
        before = dict(mpl.rcParams)
        assert every()["front"].image() == plain
        assert dict(mpl.rcParams) == before
    code = "import safeschedule as ss, sys; ss.plots.front({'x': [1], 'y': [1]}).image(); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    # No window, and nothing that keeps figures alive.
    assert "matplotlib.pyplot" not in shown.split()


def test_a_figure_can_be_changed() -> None:
    """Whoever needs another size for a journal would draw everything again."""
    figure = every()["front"].figure()
    assert isinstance(figure, Figure)
    figure.set_size_inches(3, 2)
    assert every()["front"].figure() is not figure


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_file_is_its_owners_alone(form: str, tmp_path: Path) -> None:
    """Codes of clients would be open to everybody on the machine."""
    path = tmp_path / f"week.{form}"
    every()["week"].save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == every()["week"].image(form)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda plot, folder: plot.save(folder / "week.gif"), "unknown_value"),
        (lambda plot, folder: plot.save(folder / "week"), "unknown_value"),
        (lambda plot, _: plot.save(3), "wrong_type"),
        (lambda plot, _: plot.image("gif"), "unknown_value"),
        (lambda plot, _: plot.image("png", dpi=True), "out_of_range"),
        (lambda plot, _: plot.image("png", dpi=5_000), "out_of_range"),
    ],
)
def test_what_cannot_be_written_is_refused(call: Any, code: str, tmp_path: Path) -> None:
    """A picture would be written in a form that nobody asked for."""
    with pytest.raises(InputError) as caught:
        call(every()["front"], tmp_path)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody would read a traceback instead of the command that helps; words need no library."""
    plot = every()["front"]
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r'pip install "safeschedule\[plots\]"'):
        plot.image()
    with pytest.raises(InputError, match="missing_library"):
        plot.figure()
    assert "strict" in plot.describe()
    shown = plot._repr_html_()
    assert "<td>strict</td>" in shown
    assert "safeschedule[plots]" in shown


def test_large_teams_stay_drawable_and_say_what_is_not_drawn() -> None:
    """A picture of 100,000 pixels would be refused by every viewer, or people be left out without a word."""
    from tests.plots.test_content import crowd

    many, week = crowd(160)
    for plot, told in (
        (plots.week(week, many), "60 of the clinicians are not drawn."),
        (plots.load(week, many), "10 of the clinicians are not drawn."),
        (plots.exposure(week, many), "148 with less are not drawn."),
    ):
        assert told in plot.sentence
        wide, high = plot.figure().get_size_inches()
        assert max(wide, high) * 150 < 2**15


def test_notebooks_show_a_picture_of_its_own_and_a_table() -> None:
    """A picture's style would change the rest of a notebook."""
    shown = every()["load"]._repr_html_()
    assert shown.startswith('<img src="data:image/svg+xml;base64,')
    assert "<svg" not in shown
    assert f'alt="{every()["load"].title}. ' in shown
    assert shown.count("<tr>") == len(every()["load"].rows()) + 1


def test_nothing_to_draw_is_drawn_all_the_same() -> None:
    """A report of an empty week would end with an error."""
    empty = replaced(every()["waits"], ranges=())
    assert empty.image("png")
    alone = schedule().model_copy(update={"appointments": (), "blocks": ()})
    for plot in (plots.week(alone), plots.week(alone, problem()), plots.load(alone, problem())):
        assert plot.image()
