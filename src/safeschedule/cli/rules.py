"""``safeschedule rules``: what the catalogue says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from safeschedule.catalogue import CustomRule, Parameter, Rule

app = typer.Typer(invoke_without_command=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


@app.callback()
def rules(context: typer.Context, as_json: Json = False) -> None:
    """List the rules of the catalogue, or show one of them."""
    if context.invoked_subcommand is not None:
        return
    from safeschedule.catalogue import Tier, installed_rules, rules

    order = list(Tier)
    own, broken = installed_rules()
    all_rules = [*rules().values(), *(rule.statement for rule in own.values())]
    found = sorted(all_rules, key=lambda rule: (order.index(rule.tier), rule.id))
    for each in broken:
        complain(f"The rule {each}.")
    if as_json:
        listed = [as_dict(rule) | {"package": _package(own, rule.id)} for rule in found]
        emit(json.dumps(listed, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("rule", "tier", "", "what it says"):
        table.add_column(name)
    for rule in found:
        package = _package(own, rule.id)
        title = f"{rule.title} ({package})" if package else rule.title
        table.add_row(rule.id, rule.tier, "hard" if rule.hard else "soft", title)
    console().print(table)
    if own:
        console().print("Rules of other packages apply where a rulebook names them.")
    console().print("More on one of them: safeschedule rules show RULE")


@app.command("show", short_help="Show one rule.")
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's id, such as recovery_buffer.")],
    as_json: Json = False,
) -> None:
    """Show a rule: what counts, what can be changed, and where it comes from."""
    from safeschedule.catalogue import installed_rules, rules
    from safeschedule.errors import Fault, InputError, UnknownRuleError

    own, broken = installed_rules()
    catalogue = {**rules(), **{name: custom.statement for name, custom in own.items()}}
    for each in broken:
        if each.name == rule:
            fault = Fault("unloadable_rule", rule, "", f"a rule that can be loaded; {each}")
            raise InputError("rules", [fault])
    if rule not in catalogue:
        raise UnknownRuleError(rule, tuple(catalogue))
    package = _package(own, rule)
    if as_json:
        emit(json.dumps(as_dict(catalogue[rule]) | {"package": package}, ensure_ascii=False))
        return
    _show(catalogue[rule])
    if package:
        console().print(f"\nFrom the package {package}; it applies where a rulebook names it.")


def _package(own: Mapping[str, CustomRule], rule: str) -> str | None:
    return own[rule].package if rule in own else None


@app.command("preset", short_help="Print a preset rulebook.")
def preset(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the preset.")] = "",
) -> None:
    """Print a preset rulebook as JSON, to put into a problem file; without a name, list them."""
    from safeschedule.problem import PRESETS

    if not name:
        console().print("\n".join(PRESETS))
    elif name in PRESETS:
        emit(json.dumps(PRESETS[name].model_dump(mode="json", exclude_unset=True), indent=2))
    else:
        raise typer.BadParameter(f"there is no preset {name!r}; known: {', '.join(PRESETS)}")


def as_dict(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data."""
    names = ("id", "title", "tier", "hard", "weight", "statement", "amount", "good", "bad", "source")
    return {name: getattr(rule, name) for name in names} | {
        "parameters": [
            {
                "name": parameter.name,
                "default": plain_value(parameter.default),
                "unit": parameter.unit,
                "meaning": parameter.meaning,
                "source": parameter.source,
            }
            | _bounds(parameter)
            for parameter in rule.parameters
        ]
    }


def _bounds(parameter: Parameter) -> dict[str, int]:
    return {"least": parameter.least, "most": parameter.largest} if parameter.bounded else {}


def plain_value(value: Any) -> Any:
    """Return a parameter's value as plain data."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _show(rule: Rule) -> None:
    to = console()
    to.print(f"{rule.title} ({rule.id})", style="bold")
    soft = f"soft, {rule.weight} for each unit" if not rule.hard else "hard"
    to.print(f"{rule.tier} tier, {soft}; source: {rule.source}\n")
    to.print(rule.statement)
    for name in ("amount", "good", "bad"):
        to.print()
        hanging(to, f"{name.capitalize()}: {getattr(rule, name)}", indent=0)
    if rule.parameters:
        to.print("\nParameters", style="bold")
    for parameter in rule.parameters:
        value = json.dumps(plain_value(parameter.default), ensure_ascii=False)
        hanging(
            to, f"{parameter.name} = {value} ({parameter.unit}): {parameter.meaning} [{parameter.source}]"
        )
