"""Words for people, on either stream."""

from __future__ import annotations

import re
import sys

from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def console(*, err: bool = False) -> Console:
    """Return a console on standard output, or on standard error."""
    # Codes of clients and clinicians may look like rich's markup, so there is none.
    return Console(stderr=err, markup=False, highlight=False, emoji=False)


def plain(text: str) -> str:
    """Return a text without control characters, which could otherwise command the terminal."""
    return _CONTROL.sub("?", text)


def complain(text: str) -> None:
    """Print what is wrong to standard error."""
    console(err=True).print(plain(text), style="red", soft_wrap=True)


def emit(text: str) -> None:
    """Write a text for machines to standard output, whole and in UTF-8."""
    # Flushed here, because a closed pipe found at the very end of the process makes Python grumble.
    sys.stdout.flush()
    sys.stdout.buffer.write((text.rstrip("\n") + "\n").encode())
    sys.stdout.buffer.flush()
