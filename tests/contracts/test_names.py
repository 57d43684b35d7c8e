"""One name means one thing: who reads of a class need not ask which."""

import ast
from collections import defaultdict
from pathlib import Path

import safeschedule

PACKAGE = Path(safeschedule.__file__).parent


def test_no_two_public_classes_have_one_name() -> None:
    """Otherwise two modules speak of different things by the same name."""
    homes = defaultdict[str, list[str]](list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(str(path.relative_to(PACKAGE)))
    assert len(homes) > 200
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_no_class_has_the_name_of_something_else_that_is_public() -> None:
    """Otherwise a public name, such as that of a union of classes, is also that of a class inside."""
    public = {name: getattr(safeschedule, name) for name in safeschedule.__all__ if name[0].isupper()}
    homes = {
        node.name: path
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    classes = {name for name, thing in public.items() if isinstance(thing, type)}
    assert len(public) > 80
    assert sorted(set(homes) & (set(public) - classes)) == []
