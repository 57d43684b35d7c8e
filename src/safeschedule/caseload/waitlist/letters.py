"""Letters to those who wait, from templates: what is known of the wait, and honestly what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import (
    BaseLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from safeschedule.arguments import Arguments
from safeschedule.caseload.waitlist.answers import WaitingClient, Waitlist
from safeschedule.errors import Fault, InputError
from safeschedule.problem.showing import show
from safeschedule.returned import Returned
from safeschedule.verifier import wording

_ENDING = ".j2"
_ESCAPED = ("html", "htm", "xhtml", "xml", "svg")


@dataclass(frozen=True)
class WaitlistLetter(Returned):
    """A letter to somebody who waits.

    Parameters
    ----------
    client
        To whom, by code.
    suffix
        The ending of its file, as the template's: ``.html``.
    text
        The letter.
    """

    client: str
    suffix: str
    text: str


def waitlist_letters(
    found: Waitlist, *, service: str = "", templates: str | Path | None = None
) -> tuple[WaitlistLetter, ...]:
    """Return a letter to each client of a waitlist (TC: communication templates, wait time ranges).

    A service's own templates are those of Jinja: ``letter-urgent.html.j2`` for a triage class, and
    ``letter.html.j2`` for all others (or ``.txt.j2`` and the like; HTML and XML are escaped). They see
    ``client`` (a `WaitingClient`), ``wait`` (the sentence about it), ``service``, ``week_start``,
    ``throughput`` and the function ``long_date``. They run in a sandbox.

    Parameters
    ----------
    found
        The waitlist.
    service
        The name of the service.
    templates
        A folder of templates; ``None``: the one that comes with the package.

    Raises
    ------
    InputError
        There is no such folder or no template in it for a class, or a template has faults.

    Examples
    --------
    >>> from safeschedule import waitlist, waitlist_letters
    >>> from safeschedule.samples import sample
    >>> letter = waitlist_letters(waitlist(sample()), service="Riverside")[0]
    >>> letter.suffix, "We do not know how long you will wait." in letter.text
    ('.html', True)
    """
    looked = Arguments("waitlist_letters").kind("found", found, Waitlist, "a Waitlist; see waitlist")
    looked.text("service", service)
    folder = "the name of a folder: text or a Path, or None"
    looked.kind("templates", templates, (str, Path, type(None)), folder).done()
    environment, names = _environment(templates)
    chosen = {row.triage: _template(row.triage, names, templates) for row in found.classes if row.waiting}
    letters = []
    for client in found.clients:
        name = chosen[client.triage]
        try:
            text = environment.get_template(name).render(
                client=client,
                wait=wait_sentence(client),
                service=service,
                week_start=found.week_start,
                throughput=found.throughput,
            )
        except TemplateSyntaxError as error:
            place = f"{show(name)[1:-1]} line {error.lineno}"
            raise _fault("bad_template", place, f"a template of Jinja ({error.message})") from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            expected = f"a template that can be filled in ({type(error).__name__}: {error})"
            raise _fault("bad_template", show(name)[1:-1], expected) from error
        letters.append(WaitlistLetter(client.client, Path(name.removesuffix(_ENDING)).suffix, text))
    return tuple(letters)


def wait_sentence(client: WaitingClient) -> str:
    """Return what a client is told of the wait."""
    if client.range is None:
        return "We do not know how long you will wait."
    low, high = client.range.weeks
    if low is None:
        told = "after more than two years"
    elif high is None:
        told = f"after {wording.count(low, 'week')} or more"
    elif low == 0:
        told = f"within {wording.count(high, 'week')}"
    else:
        told = f"in {low} to {high} weeks"
    return (
        f"Of ten people at your place on the list, nine can expect a first appointment {told} from this date."
    )


def _environment(templates: str | Path | None) -> tuple[ImmutableSandboxedEnvironment, list[str]]:
    loader: BaseLoader = PackageLoader("safeschedule.caseload.waitlist", "templates")
    if templates is not None:
        if not Path(templates).is_dir():
            raise _fault("missing_folder", show(Path(templates).name)[1:-1], "a folder of templates")
        loader = FileSystemLoader(templates)
    # Codes and sentences are other people's text, and so is a service's template: it can read what it is
    # given and nothing else.
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=select_autoescape([f"{ending}{_ENDING}" for ending in _ESCAPED], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["long_date"] = _long_date
    return environment, environment.list_templates(filter_func=lambda name: name.endswith(_ENDING))


def _template(triage: str, names: list[str], templates: str | Path | None) -> str:
    for stem in (f"letter-{triage}.", "letter."):
        for name in sorted(names):
            if name.startswith(stem):
                return name
    place = show(Path(templates or "templates").name)[1:-1]
    raise _fault("missing_file", place, f"a template letter.html.j2, or letter-{triage}.html.j2")


def _long_date(day: date) -> str:
    return f"{wording.day_name(day)} {day.year}"


def _fault(code: str, place: str, expected: str) -> InputError:
    return InputError("templates of letters", [Fault(code, place, "", expected)])
