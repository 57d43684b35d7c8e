"""A service's rubric for acuity, and clients' answers to it, as files say them (AB: a short rubric)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code, Entity, Name, Prose
from safeschedule.problem.reading.json_entity import read_entity
from safeschedule.problem.reading.toml_text import entity_from_toml, read_toml

Weight = Annotated[int, Field(ge=0, le=1_000, strict=True)]


class RubricItem(Entity):
    """One question of a rubric.

    Parameters
    ----------
    id
        Its name in answers.
    question
        What is asked.
    weight
        What each point of its answer counts.
    answers
        The answers that may be given, each with its points.
    """

    id: Code
    question: Name
    weight: Weight = 1
    answers: dict[Code, Weight] = Field(min_length=2, max_length=20)


class RubricBand(Entity):
    """From which score on a band is proposed."""

    band: Code
    from_score: Weight


class AcuityRubric(Entity):
    """A service's rubric: items, weights, and the scores from which bands are proposed.

    Parameters
    ----------
    name, version
        For the record.
    note
        What has to be known of it.
    items
        The questions.
    bands
        One for each band of the problem; the lowest begins at 0.

    Examples
    --------
    >>> from safeschedule import example_rubric
    >>> [item.id for item in example_rubric().items][:2]
    ['risk', 'recent_crisis']
    """

    schema_version: Literal["1"] = "1"
    name: Name
    version: Name = "1"
    note: Prose = ""
    items: Annotated[tuple[RubricItem, ...], Field(min_length=1, max_length=SHORT)]
    bands: Annotated[tuple[RubricBand, ...], Field(min_length=2, max_length=9)]


class RubricAnswers(Entity):
    """Answers for clients: by client, by item.

    Examples
    --------
    >>> from safeschedule import RubricAnswers
    >>> RubricAnswers(clients={"P0": {"risk": "none"}}).clients["P0"]["risk"]
    'none'
    """

    schema_version: Literal["1"] = "1"
    clients: dict[Code, dict[Code, Code]] = Field(max_length=10_000)


def read_rubric(source: str | Path) -> AcuityRubric:
    """Return the rubric of a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.

    Examples
    --------
    >>> from safeschedule import example_rubric, example_rubric_text, read_rubric
    >>> written = (folder / "rubric.toml").write_text(example_rubric_text(), encoding="utf-8")
    >>> read_rubric(folder / "rubric.toml") == example_rubric()
    True
    """
    return read_toml(AcuityRubric, source, "acuity rubric")


def read_rubric_answers(source: str | Path) -> RubricAnswers:
    """Return the answers of a JSON file: ``{"clients": {"P017": {"risk": "some", ...}}}``.

    Raises
    ------
    InputError
        The file cannot be read, or has faults of shape; with all of them.

    Examples
    --------
    >>> from safeschedule import read_rubric_answers
    >>> written = (folder / "answers.json").write_text('{"clients": {}}', encoding="utf-8")
    >>> read_rubric_answers(folder / "answers.json").clients
    {}
    """
    return read_entity(RubricAnswers, source, "rubric answers")


def example_rubric_text() -> str:
    """Return the bundled rubric as TOML, to begin with: an example, and not a validated scale.

    Examples
    --------
    >>> from safeschedule import example_rubric_text
    >>> "[[items]]" in example_rubric_text()
    True
    """
    return files("safeschedule.caseload.rubrics").joinpath("example.toml").read_text(encoding="utf-8")


def example_rubric() -> AcuityRubric:
    """Return the bundled rubric: an example, and not a validated scale.

    Examples
    --------
    >>> from safeschedule import example_rubric
    >>> "not a validated scale" in example_rubric().note
    True
    """
    rubric, _ = entity_from_toml(AcuityRubric, example_rubric_text())
    assert rubric is not None
    return rubric
