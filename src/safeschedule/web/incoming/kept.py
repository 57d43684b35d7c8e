"""Where papers are while a week is made of them: seen by whoever brought them, and gone afterwards."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, select

from safeschedule.exchange.workbook.edits import CellEdit
from safeschedule.web.incoming.papers import Bringing, Paper
from safeschedule.web.storage.tables import bringings, papers, remembered
from safeschedule.web.times import ahead, stamp
from safeschedule.web.told import RefusalError, not_found

KEPT_DAYS = 7
"""Papers at which nobody has looked for so long are removed."""
MOST_PAPERS, MOST_BYTES = 60, 2**26
"""Papers of one week, and what their files may have together."""


def begin_bringing(connection: Connection, by: str, week: Mapping[str, str]) -> str:
    """Begin with no papers, and return the code."""
    remove_old(connection)
    code = secrets.token_hex(6)
    row = {
        "code": code,
        "made_by": by,
        "made_at": stamp(),
        "seen_at": stamp(),
        "body": json.dumps({"week": dict(week), "edits": []}),
    }
    connection.execute(bringings.insert().values(**row))
    return code


def find_bringing(connection: Connection, code: str, by: str) -> Bringing:
    """Return somebody's own papers.

    Raises
    ------
    RefusalError
        There are none of that code, or they are somebody else's.
    """
    row = connection.execute(
        bringings.select().where(bringings.c.code == code, bringings.c.made_by == by)
    ).first()
    if row is None:
        raise not_found("heap of papers of yours")
    body = json.loads(row.body)
    asked = papers.select().where(papers.c.bringing == code).order_by(papers.c.number)
    found = [
        Paper(each.number, each.kind, each.name, json.loads(each.body), each.data or b"")
        for each in connection.execute(asked)
    ]
    edits = tuple(CellEdit(**each) for each in body["edits"])
    return Bringing(code, row.made_by, row.made_at, body["week"], edits, tuple(found))


def own_bringings(connection: Connection, by: str) -> list[tuple[str, str, int]]:
    """Return somebody's papers on their way: code, since when, and how many."""
    asked = (
        select(bringings.c.code, bringings.c.made_at, func.count(papers.c.number))
        .join(papers, papers.c.bringing == bringings.c.code, isouter=True)
        .where(bringings.c.made_by == by)
        .group_by(bringings.c.code, bringings.c.made_at)
        .order_by(bringings.c.made_at.desc())
    )
    return [(code, made_at, count) for code, made_at, count in connection.execute(asked)]


def keep_settings(
    connection: Connection, code: str, week: Mapping[str, str], edits: Sequence[CellEdit]
) -> None:
    """Keep what is said of the week, and what cells are to say."""
    body = {"week": dict(week), "edits": [asdict(each) for each in edits]}
    row = bringings.update().where(bringings.c.code == code)
    connection.execute(row.values(body=json.dumps(body, ensure_ascii=False), seen_at=stamp()))


def add_paper(
    connection: Connection, code: str, kind: str, name: str, body: Mapping[str, Any], data: bytes = b""
) -> int:
    """Add a paper and return its number.

    Raises
    ------
    RefusalError
        There are too many, or they are too large together.
    """
    asked = select(func.count(), func.max(papers.c.number), func.sum(func.length(papers.c.data)))
    count, last, size = connection.execute(asked.where(papers.c.bringing == code)).one()
    if count >= MOST_PAPERS or (size or 0) + len(data) > MOST_BYTES:
        detail = f"One week is made of at most {MOST_PAPERS} papers and {MOST_BYTES // 2**20} MB."
        raise RefusalError(413, "too_large", detail)
    number = int(last or 0) + 1
    row = {
        "bringing": code,
        "number": number,
        "kind": kind,
        "name": name[:200],
        "body": json.dumps(dict(body), ensure_ascii=False),
        "data": data or None,
    }
    connection.execute(papers.insert().values(**row))
    _seen(connection, code)
    return number


def change_paper(connection: Connection, code: str, number: int, body: Mapping[str, Any]) -> None:
    """Keep what is known of a paper now."""
    row = papers.update().where(papers.c.bringing == code, papers.c.number == number)
    connection.execute(row.values(body=json.dumps(dict(body), ensure_ascii=False)))
    _seen(connection, code)


def remove_paper(connection: Connection, code: str, number: int) -> None:
    """Take a paper out."""
    connection.execute(papers.delete().where(papers.c.bringing == code, papers.c.number == number))
    _seen(connection, code)


def throw_away(connection: Connection, code: str) -> None:
    """Remove papers and all that is known of them."""
    connection.execute(papers.delete().where(papers.c.bringing == code))
    connection.execute(bringings.delete().where(bringings.c.code == code))


def remove_old(connection: Connection) -> None:
    """Remove papers at which nobody has looked for days."""
    old = select(bringings.c.code).where(bringings.c.seen_at < ahead(days=-KEPT_DAYS))
    for code in connection.scalars(old).all():
        throw_away(connection, code)


def remember(connection: Connection, what: str, body: Any, by: str) -> None:
    """Remember how something was understood, for the next time it comes."""
    key = _key(what)
    row = {"body": json.dumps(body, ensure_ascii=False), "made_by": by, "made_at": stamp()}
    if connection.execute(remembered.update().where(remembered.c.key == key).values(**row)).rowcount != 1:
        connection.execute(remembered.insert().values(key=key, **row))


def recall(connection: Connection, what: str) -> Any:
    """Return what was remembered of something; ``None``: nothing."""
    body = connection.scalar(select(remembered.c.body).where(remembered.c.key == _key(what)))
    return None if body is None else json.loads(body)


def _key(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()


def _seen(connection: Connection, code: str) -> None:
    connection.execute(bringings.update().where(bringings.c.code == code).values(seen_at=stamp()))
