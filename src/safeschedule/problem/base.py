"""How entities are made, read and copied: what is wrong is told in the library's own faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from safeschedule.errors import ArgumentError, Fault
from safeschedule.frozen import frozen
from safeschedule.problem.showing import did_you_mean, show

if TYPE_CHECKING:
    from typing import Self

    Model = BaseModel
else:

    class _Telling(type(BaseModel)):
        """Turns what pydantic finds wrong in a call of the class into faults.

        An ``__init__`` of our own would do it as well, but pydantic would then make every entity of a file
        through it, slower and less strictly.
        """

        def __call__(cls, *args, **data):
            try:
                return super().__call__(*args, **data)
            except ValidationError as error:
                # Reading builds on entities; an entity needs it only when something is wrong.
                from safeschedule.problem.reading.translating import faults_of

                raise ArgumentError(cls.__name__, faults_of(cls, error)) from None

    class Model(BaseModel, metaclass=_Telling):
        """A model whose constructor raises `ArgumentError`."""


class Base(Model):
    """What entities have in common beside their fields."""

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Return the entity of plain data, as JSON has it; nothing is converted.

        Raises
        ------
        InputError
            It is no such entity; with every fault.
        """
        from safeschedule.problem.reading.plain_data import entity_from_dict

        return entity_from_dict(cls, data)

    def to_dict(self) -> dict[str, Any]:
        """Return the entity as plain data, fit for JSON."""
        return self.model_dump(mode="json")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed.

        Values are not looked at, only names, and lists become tuples: see `Problem.with_changes` for a
        change that is checked.

        Raises
        ------
        ArgumentError
            A name is no field.
        """
        if not update:
            return super().model_copy(deep=deep)
        require_fields(type(self), update, f"{type(self).__name__}.model_copy")
        return super().model_copy(update={name: frozen(value) for name, value in update.items()}, deep=deep)


def require_fields(kind: type[BaseModel], names: Mapping[str, Any], call: str) -> None:
    """Do nothing when all names are fields of a model.

    Raises
    ------
    ArgumentError
        Some are not.
    """
    known = kind.model_fields
    faults = [
        Fault("unknown_name", name, show(value), f"a field of {kind.__name__}{did_you_mean(name, known)}")
        for name, value in names.items()
        if name not in known
    ]
    if faults:
        raise ArgumentError(f"arguments of {call}", faults)
