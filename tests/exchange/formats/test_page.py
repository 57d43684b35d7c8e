from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from safeschedule.exchange.formats.format import Export
from safeschedule.exchange.formats.page import FORMAT
from safeschedule.exchange.writing import Files
from safeschedule.samples import sample
from tests.exchange.support import packed


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.words.update(data.replace(",", " ").split())


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise a client who has a session would not be on the page that is printed."""
    problem = sample()
    schedule = packed(problem)
    path = tmp_path / "rota.html"
    assert FORMAT.writes
    with Files() as files:
        FORMAT.writes.write(Export(problem, schedule, path, None, files))
    page = _Words()
    page.feed(path.read_text(encoding="utf-8"))
    clients = {client for each in schedule.appointments for client in each.clients}
    assert clients <= page.words
