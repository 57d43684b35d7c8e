"""Mutations of files: from a right file, the same seed always makes the same wrong (or odd, or right) one."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

NUMBERS = (0, -1, 1, 2, 7, 40, 41, 600, 1441, 10**6, 10**12, 10**30, -0.0, 0.5, 1.9, 8, 1e-9, 1e300)
TEXTS = (
    *(
        "",
        " ",
        "x",
        "C1",
        "c1",
        "K1 ",
        "9999-12-31",
        "0001-01-01",
        "2026-10-05",
        "2026-13-45",
        "2026-10-05T09:30",
    ),
    *(
        "9999-12-31T23:59",
        "2062-09-20",
        "2026-10-06T09:07",
        "09:30",
        "24:00",
        "24:01",
        "9:30",
        "9",
        "0.8",
        "1_0",
    ),
    *(
        "\u0660.\u0668",
        "Mars/Phobos",
        "/etc/passwd",
        "../../x",
        "UTC\0",
        "Europe/Berlin",
        "A" * 81,
        "A" * 5000,
    ),
    *(
        "\u04211",
        "K1\u200b",
        "\u202eK1",
        "K\x1b[31m",
        "K\u0000",
        "<script>",
        "=1+1",
        "\uff2b1",
        "mon",
        "may",
        "high",
    ),
    *("very_high", "telehealth", "nobody", "true"),
)
OTHERS = (None, True, False, [], {}, [1], ["C1"], ["C1"] * 300, [[]], {"id": "C1"}, {"default": "x"}, [None])
SNIPPETS = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "NaN",
    "1e999",
    "\0",
    "\ufeff",
    "//",
    "[" * 3000,
    '{"a":' * 3000,
)


def mutated_json(text: str, seed: int) -> str:
    """Return JSON with one to three mutations, of the tree or, now and then, of the text."""
    luck = random.Random(seed)
    if luck.random() < 0.15:
        return _text_mutated(text, luck)
    tree = json.loads(text)
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        tree = _tree_mutated(tree, luck)
    return json.dumps(tree, ensure_ascii=luck.random() < 0.5)


def _tree_mutated(tree: Any, luck: random.Random) -> Any:
    tree = copy.deepcopy(tree)
    places = [place for place in _places(tree) if place]
    place = luck.choice(places)
    holder = tree
    for part in place[:-1]:
        holder = holder[part]
    kind = luck.randrange(8)
    if kind == 0:
        del holder[place[-1]]
    elif kind == 1 and isinstance(holder, list):
        holder.insert(luck.randrange(len(holder) + 1), copy.deepcopy(holder[place[-1]]))
    elif kind == 2 and isinstance(holder, dict):
        holder[luck.choice(("x", "Start", "id", "kind", place[-1] + "s"))] = holder.pop(place[-1])
    elif kind == 3:  # what stands elsewhere in the file, which is of the right sort now and then
        other: Any = tree
        for part in luck.choice(places):
            other = other[part]
        holder[place[-1]] = copy.deepcopy(other)
    else:
        holder[place[-1]] = copy.deepcopy(_near(holder[place[-1]], luck))
    return tree


def _near(value: Any, luck: random.Random) -> Any:
    """Return another value: mostly of the same sort, which gets further."""
    if luck.random() < 0.25:
        return luck.choice(luck.choice((NUMBERS, TEXTS, OTHERS)))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return luck.choice((*NUMBERS, value + 1, value - 1, value * 10, value + 0.5, str(value)))
    if isinstance(value, str):
        digits = re.sub(r"\d", lambda _: str(luck.randrange(10)), value)
        return luck.choice((luck.choice(TEXTS), digits, value.upper(), value + "x", value[:-1], value * 2))
    return luck.choice(OTHERS)


def _places(tree: Any, place: Path = ()) -> Iterator[Path]:
    yield place
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, entry in entries:
        yield from _places(entry, (*place, key))


def mutated_text(text: str, seed: int) -> str:
    """Return text, such as a table, with one to three mutations: of its cells, or of the text."""
    luck = random.Random(seed)
    if luck.random() < 0.3:
        return _text_mutated(text, luck)
    lines = text.split("\n")
    for _ in range(luck.choice((1, 1, 2, 3))):
        number = luck.randrange(len(lines))
        cells = lines[number].split(",")
        cells[luck.randrange(len(cells))] = luck.choice((*TEXTS, *map(str, NUMBERS), "C1 | C2", *cells))
        lines[number] = ",".join(cells)
    return "\n".join(lines)


def _text_mutated(text: str, luck: random.Random) -> str:
    at = luck.randrange(len(text))
    kind = luck.randrange(4)
    if kind == 0:
        return text[:at]
    if kind == 1:
        return text[:at] + luck.choice(SNIPPETS) + text[at:]
    if kind == 2:
        return text[:at] + text[at + luck.randrange(1, 30) :]
    end = at + luck.randrange(1, 200)
    return text[:end] + text[at:end] + text[end:]


def mutated_toml(text: str, seed: int) -> str:
    """Return TOML with one to three mutations of its lines, or of the text."""
    luck = random.Random(seed)
    if luck.random() < 0.2:
        return _text_mutated(text, luck)
    lines = text.splitlines()
    for _ in range(luck.choice((1, 1, 2, 3))):
        number = luck.randrange(len(lines))
        kind = luck.randrange(5)
        key, equals, value = lines[number].partition(" = ")
        if kind == 0:
            lines.pop(number)
        elif kind == 1:
            lines.insert(luck.randrange(len(lines)), lines[number])
        elif kind == 2:
            lines[number] = ".".join([key] * luck.choice((2, 3, 5000))) + f"{equals}{value}"
        else:
            odd = luck.choice(
                (*(json.dumps(t) for t in TEXTS), *map(str, NUMBERS), "nan", "2026-10-05", "[[]]", "{}")
            )
            lines[number] = f"{key} = {odd}"
    return "\n".join(lines)
