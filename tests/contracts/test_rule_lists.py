"""What is so of a rule stands in its statement: no other module keeps a list of names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import safeschedule
from safeschedule.catalogue import rules

PACKAGE = Path(safeschedule.__file__).parent
APART = ("catalogue", "problem/presets", "testing", "samples", "solving")
"""Statements, rulebooks and made-up weeks are about rules by name; so are models of some rules alone."""

KNOWN = {
    "explaining/repairs/planning.py": {"leave", "preparation", "recovery_buffer"},
    "study/measuring.py": {"access", "urgent_access", "documentation", "recovery_buffer", "crisis_reset"},
    "stressing/diaries.py": {"urgent_slots", "urgent_rooms", "access", "urgent_access"},
}
"""Questions that are about just these rules."""


def named(tree: ast.AST) -> Iterator[set[str]]:
    """Give the rules of each written list, tuple or set of three names or more that are all rules'."""
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set) and len(node.elts) > 2:
            texts = {each.value for each in node.elts if isinstance(each, ast.Constant)}
            if len(texts) == len(node.elts) and texts <= set(rules()):
                yield {str(text) for text in texts}


def test_no_module_lists_rules_by_name() -> None:
    """Otherwise a new rule, or one of one's own, is left out wherever somebody has forgotten the list."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        for each in named(ast.parse(path.read_text(encoding="utf-8"))):
            if not place.startswith(APART):
                found[place] = each
    assert found == KNOWN
