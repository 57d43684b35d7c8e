"""The written pages: links lead somewhere, generated pages are up to date, references are complete."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from docs import generate_ledger, generate_measures, generate_rules, generate_study
from safeschedule.actuals import (
    Actuals,
    ActualVisit,
    Discharge,
    Event,
    FirstContact,
    HeldSupervision,
    ProtectedBlock,
    RaisedFlag,
    Referral,
    StaffChange,
    WorkedDay,
)
from safeschedule.cli import app
from safeschedule.ledger import KINDS, Basis, LedgerEntry, Signatory
from safeschedule.problem import (
    AcuityBand,
    BlockKind,
    Client,
    Clinician,
    Closure,
    Equipment,
    Flag,
    Group,
    History,
    Incident,
    Kind,
    Leave,
    Meeting,
    PastAppointment,
    PinnedAppointment,
    PinnedBlock,
    PinnedGroup,
    Problem,
    Request,
    Room,
    Rulebook,
    RuleSetting,
    SessionType,
    Site,
    Slot,
    Travel,
    Window,
    WorkingPeriod,
)
from safeschedule.replanning import (
    CancelledSession,
    ChangedHours,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# Those of the site alone lie elsewhere when they are read: building it finds their wrong links.
WRITTEN = sorted(path for path in DOCS.rglob("*.md") if DOCS / "site" not in path.parents)
PAGES = [ROOT / "README.md", *WRITTEN]
ENTITIES = [
    AcuityBand,
    Appointment,
    Block,
    CancelledSession,
    ChangedHours,
    Client,
    Clinician,
    Closure,
    Equipment,
    Group,
    History,
    Incident,
    Leave,
    LeftOut,
    LostRoom,
    Meeting,
    NewRequest,
    PastAppointment,
    PinnedAppointment,
    PinnedBlock,
    PinnedGroup,
    Problem,
    Request,
    RiskFlag,
    Room,
    RuleSetting,
    Rulebook,
    Schedule,
    SessionType,
    SickCall,
    Site,
    Slot,
    Travel,
    Window,
    WorkingPeriod,
]
HAPPENED = [
    ActualVisit,
    Actuals,
    Discharge,
    Event,
    FirstContact,
    HeldSupervision,
    ProtectedBlock,
    RaisedFlag,
    Referral,
    StaffChange,
    WorkedDay,
]


def commands(app: typer.Typer, words: str = "") -> Iterator[str]:
    """Give every command by its words."""
    for command in app.registered_commands:
        yield f"{words} {command.name}".strip()
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from commands(group.typer_instance, f"{words} {group.name}")


COMMANDS = sorted(commands(app))


def test_rule_pages_are_those_of_the_catalogue_and_the_cases() -> None:
    """A page would tell of a rule, or draw of a week, what no longer holds; `make docs-rules` mends it."""
    there = {name: path.read_text(encoding="utf-8") for name, path in generate_rules.written().items()}
    made = generate_rules.files()
    assert sorted(there) == sorted(made)
    assert [name for name, text in made.items() if there[name] != text] == []


def test_the_page_of_measures_is_that_of_their_table() -> None:
    """A board would read another definition; `python -m docs.generate_measures` mends it."""
    assert generate_measures.PAGE.read_text(encoding="utf-8") == generate_measures.page()


def test_the_page_of_studies_is_that_of_their_changes_and_figures() -> None:
    """A change, a figure or a column could not be looked up; `make docs-rules` mends it."""
    assert generate_study.FILE.read_text(encoding="utf-8") == generate_study.page()


def test_rulebooks_of_rule_pages_change_nothing() -> None:
    """Somebody who copies the rulebook of a rule's page would get another rule."""
    for path in (DOCS / "rules").glob("*.md"):
        for text in re.findall(r"```json\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            book = Rulebook.model_validate_json(text)
            assert book.setting(path.stem) == Rulebook().setting(path.stem)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A reader would follow a link into nothing."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_every_field_is_in_the_reference(entity: type[BaseModel]) -> None:
    """A field of the files could not be looked up."""
    text = (DOCS / "reference" / "files.md").read_text(encoding="utf-8")
    assert [name for name in entity.model_fields if f"`{name}`" not in text] == []


def test_the_page_of_the_ledger_is_that_of_its_models() -> None:
    """What an entry says could not be looked up; `make docs-rules` mends it."""
    told = generate_ledger.PAGE.read_text(encoding="utf-8")
    assert told == generate_ledger.page()
    for entity in (LedgerEntry, Basis, Signatory, *KINDS.values()):
        assert [name for name in entity.model_fields if f"`{name}`" not in told] == []


@pytest.mark.parametrize("entity", HAPPENED, ids=lambda entity: entity.__name__)
def test_every_field_of_actuals_is_in_their_reference(entity: type[BaseModel]) -> None:
    """Whoever types in what happened would have to guess what a field is called."""
    text = (DOCS / "reference" / "actuals.md").read_text(encoding="utf-8")
    assert [name for name in entity.model_fields if f"`{name}`" not in text] == []


@pytest.mark.parametrize("words", [BlockKind, Flag, Kind], ids=lambda words: words.__name__)
def test_every_word_is_in_the_reference(words: type) -> None:
    """A value of the files could not be looked up."""
    text = (DOCS / "reference" / "files.md").read_text(encoding="utf-8")
    assert [str(word) for word in words if f"`{word}`" not in text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_reference(command: str) -> None:
    """An option could not be looked up."""
    text = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:])
    # Commands of one group may share its section.
    own = sections.get(command) or sections[command.split()[0]]
    arguments = [sys.executable, "-m", "safeschedule", *command.split(), "--help"]
    shown = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z-]+", shown.split("Options:")[1])) - {"--help"}
    assert [option for option in sorted(options) if option not in own] == []
