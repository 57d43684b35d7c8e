"""Whatever is done to a chain is found, and the first entry that does not fit is named."""

from __future__ import annotations

import json
from dataclasses import replace

import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.ledger import LedgerHead
from safeschedule.ledger.chain import Link, chained, walk
from safeschedule.ledger.entry import canonical, plain
from tests.ledger.statements import concern, override, statement


def chain(texts: list[str]) -> list[Link]:
    """Give the chain of a concern for each text."""
    links: list[Link] = []
    for text in texts:
        links.append(chained(concern(text), links[-1] if links else None))
    return links


def head_of(links: list[Link]) -> LedgerHead:
    return LedgerHead(links[-1].number, links[-1].hash)


SAID = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=8,
)
TEXTS = st.lists(SAID, min_size=2, max_size=6)


@given(TEXTS)
def test_a_chain_that_nobody_touched_is_sound(texts: list[str]) -> None:
    """An honest record would be called forged."""
    links = chain(texts)
    account = walk(links, head_of(links))
    assert (account.sound, account.entries, account.head) == (True, len(texts), head_of(links))


@settings(max_examples=200)
@given(st.data(), TEXTS)
def test_an_entry_that_was_changed_is_named(data: st.DataObject, texts: list[str]) -> None:
    """A decision would be rewritten afterwards, and the record still pass for sound."""
    links = chain(texts)
    place = data.draw(st.integers(0, len(links) - 1))
    field = data.draw(st.sampled_from(["number", "before", "hash", "kind", "body"]))
    old = getattr(links[place], field)
    if field == "number":
        new = data.draw(st.integers(-3, 99).filter(lambda n: n != old))
    else:
        at = data.draw(st.integers(0, len(old) - 1))
        sign = data.draw(st.sampled_from("0af9 {é").filter(lambda s: s != old[at]))
        new = data.draw(
            st.sampled_from([old[:at] + sign + old[at + 1 :], old[:at] + old[at + 1 :], old + sign])
        )
    account = walk([*links[:place], replace(links[place], **{field: new}), *links[place + 1 :]])
    # An entry whose own hash was replaced fits by itself only if its text does.
    assert account.misfit == place + 1
    assert account.entries == place


@settings(max_examples=200)
@given(st.data(), TEXTS)
def test_entries_removed_moved_or_put_in_are_found(data: st.DataObject, texts: list[str]) -> None:
    """A decision would vanish, come earlier than it did, or be invented afterwards."""
    links = chain(texts)
    how = data.draw(st.sampled_from(["remove", "swap", "insert", "repeat"]))
    place = data.draw(st.integers(0, len(links) - 2))
    forged = list(links)
    if how == "remove":
        del forged[place]
    elif how == "swap":
        other = data.draw(st.integers(place + 1, len(links) - 1))
        forged[place], forged[other] = forged[other], forged[place]
    elif how == "insert":
        forged.insert(place + 1, chained(concern("invented"), links[place]))
        place += 1
    else:
        forged.insert(place + 1, links[place])
        place += 1
    account = walk(forged)
    # What was put in may fit behind its forerunner; then the one after it does not.
    assert account.misfit in (place + 1, place + 2)


@given(st.data(), TEXTS)
def test_a_head_that_was_kept_shows_what_was_cut_off_or_made_anew(
    data: st.DataObject, texts: list[str]
) -> None:
    """Whoever owns the database could cut off the end, or write all of it again from some entry on."""
    links = chain(texts)
    kept = head_of(links)
    left = data.draw(st.integers(0, len(links) - 1))
    cut = walk(links[:left], kept)
    assert (cut.misfit, cut.entries) == (left + 1, left)
    anew = links[:left]
    for text in [*texts[left:-1], texts[-1] + "!"]:
        anew.append(chained(concern(text), anew[-1] if anew else None))
    assert walk(anew).sound
    assert walk(anew, kept).misfit == len(links)


@given(SAID)
def test_the_text_is_canonical_as_another_program_has_it(said: str) -> None:
    """Nobody could verify a ledger with another program than this one."""
    for content in (concern(said), statement(override(), why=said)):
        data = plain(content)
        assert canonical(data).encode() == rfc8785.dumps(data)


def test_a_text_that_is_not_canonical_or_no_entry_is_named() -> None:
    """Two texts of the same entry would have two hashes, or anything pass for an entry."""
    from safeschedule.ledger.entry import sha256

    (link,) = chain(["x"])
    for body in (json.dumps(json.loads(link.body)), '{"number":1}', "[]", "no JSON"):
        assert walk([replace(link, body=body, hash=sha256(body))]).misfit == 1
    body = link.body.replace("concern_raised", "gossip")
    assert "no entry" in walk([replace(link, body=body, hash=sha256(body))]).reason
