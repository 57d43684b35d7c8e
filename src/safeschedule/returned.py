"""What all that public calls return has in common: nothing in it changes, and it travels as plain data."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar

from safeschedule.frozen import frozen
from safeschedule.lazily import later

if TYPE_CHECKING:
    from typing import Self

VERSION = "1"
"""Of the format of `Returned.to_dict`; a release that reads another one says so."""


class Returned:
    """Base of what public calls return, a frozen dataclass.

    Lists and dictionaries in it are made tuples and frozen dictionaries. ``to_dict`` and ``from_dict`` go
    there and back without loss; ``json_schema`` describes what lies between.
    """

    _derived: ClassVar[tuple[str, ...]] = ()
    """Properties that are told as well; reading looks whether they agree with the rest."""

    _in_files: ClassVar[tuple[str, ...]] = ()
    """Fields that are whole problems and schedules, which have files of their own."""

    _infinite: ClassVar[tuple[str, ...]] = ()
    """Fields that may be infinite, which JSON writes as ``null``; any other number is finite."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            kept = frozen(value)
            if kept is not value:
                object.__setattr__(self, field.name, kept)

    def to_dict(self, *, brief: bool = False) -> dict[str, Any]:
        """Return it as plain data, fit for JSON.

        Parameters
        ----------
        brief
            Leave out whole problems and schedules, as the command's ``--json`` does. What is left cannot
            be read back, where there were any.

        Raises
        ------
        InputError
            A number in it is infinite or none at all, where that means nothing.
        """
        from safeschedule.serialisation import as_plain_data

        return {"schema_version": VERSION, **as_plain_data(self, brief=brief)}

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Return what `to_dict` has written; it equals what was written.

        Raises
        ------
        InputError
            It is something else, of another version, or contradicts itself; with every fault.
        """
        from safeschedule.serialisation import restored

        return restored(cls, data)

    def _repr_html_(self) -> str | None:
        # A notebook shows words, a picture where there are figures, and lists as tables.
        try:
            return str(later("reports.notebook_answers.answer_html", self))
        except ModuleNotFoundError:
            # The verifier alone has no pages: the notebook shows what Python prints.
            return None

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON schema of `to_dict`, and of the command's ``--json``."""
        from safeschedule.serialisation import schema

        return schema(cls)
