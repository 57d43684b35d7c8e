"""Files are written whole or not at all, and nothing that was there is lost."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange import temporary
from safeschedule.exchange.temporary import Temporary
from safeschedule.exchange.writing import Files, write_atomically

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions and names")


@pytest.fixture(params=["nameless", "named", "no second names"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write by each of the ways that systems allow."""
    if request.param != "nameless":
        monkeypatch.setattr(Temporary, "_nameless", lambda _: None)
    if request.param == "no second names":

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("ways")
def test_file_is_replaced_whole(tmp_path: Path) -> None:
    """Otherwise a shorter rota would end with the rest of the longer one before it."""
    path = tmp_path / "rota.csv"
    path.write_bytes(b"a longer file")
    write_atomically(path, b"short")
    assert there(tmp_path) == {"rota.csv": b"short"}


@pytest.mark.usefixtures("ways")
def test_what_is_replaced_stays_beside_under_the_next_number(tmp_path: Path) -> None:
    """Otherwise the week before would be lost to a mistyped name."""
    for number in range(4):
        write_atomically(str(tmp_path / "rota.json"), b"%d" % number, keep_old=True)
    assert there(tmp_path) == {
        "rota.json": b"3",
        "rota.json.bak1": b"0",
        "rota.json.bak2": b"1",
        "rota.json.bak3": b"2",
    }
    (tmp_path / "rota.json.bak2").unlink()
    write_atomically(tmp_path / "rota.json", b"4", keep_old=True)
    assert there(tmp_path)["rota.json.bak4"] == b"3"


def test_the_same_content_again_keeps_no_copy(tmp_path: Path) -> None:
    """Otherwise folders would fill with copies of one file."""
    write_atomically(tmp_path / "rota.json", b"x", keep_old=True)
    written = (tmp_path / "rota.json").stat().st_mtime_ns
    write_atomically(tmp_path / "rota.json", b"x", keep_old=True)
    assert there(tmp_path) == {"rota.json": b"x"}
    assert (tmp_path / "rota.json").stat().st_mtime_ns == written


@pytest.mark.usefixtures("ways")
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a full disk would cost the team last week's rota."""
    path = tmp_path / "rota.csv"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for name in ("rota.csv", "other.csv"):
        with pytest.raises(OSError, match="No space"):
            write_atomically(tmp_path / name, b"new", keep_old=True)
    assert there(tmp_path) == {"rota.csv": b"old"}


@posix
@pytest.mark.usefixtures("ways")
def test_a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    """Otherwise strangers could read codes of clients, or colleagues no longer the page that was theirs."""
    before = os.umask(0o022)
    try:
        for number, given in enumerate((0o600, 0o640, 0o644, 0o400)):
            path = tmp_path / str(number)
            write_atomically(path, b"x", keep_old=True)
            assert mode(path) == 0o600
            path.chmod(given)
            write_atomically(path, b"y", keep_old=True)
            assert mode(path) == given
            assert mode(path.with_name(f"{path.name}.bak1")) == given
        with Files() as files:
            files.folder(tmp_path / "a" / "b")
        assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    finally:
        os.umask(before)


def a_link(path: Path) -> None:
    path.symlink_to(path.with_name("real"))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@posix
@pytest.mark.parametrize("make", [a_link, a_pipe, Path.mkdir])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """Otherwise a device, a pipe or a link would turn into a file."""
    (tmp_path / "real").write_bytes(b"mine")
    make(tmp_path / "name")
    before = (tmp_path / "name").lstat()
    with pytest.raises(InputError) as caught:
        write_atomically(tmp_path / "name", b"x")
    assert caught.value.faults[0].code == "not_a_file"
    assert (tmp_path / "name").lstat()[:2] == before[:2]
    assert (tmp_path / "real").read_bytes() == b"mine"


def test_when_one_of_several_fails_none_is_left(tmp_path: Path) -> None:
    """Otherwise a page would lie beside a table of another week."""
    (tmp_path / "a").write_bytes(b"old")

    def write() -> None:
        with Files(keep_old=True) as files:
            files.write(tmp_path / "a", b"new")
            files.folder(tmp_path / "folder" / "deep")
            files.write(tmp_path / "folder" / "b", b"new")
            files.write(tmp_path / "folder", b"no file")

    with pytest.raises(InputError):
        write()
    assert there(tmp_path) == {"a": b"old"}


def test_what_was_there_in_a_folder_stays_when_something_fails(tmp_path: Path) -> None:
    """Otherwise taking back would take what is somebody else's."""

    def write() -> None:
        with Files(keep_old=True) as files:
            files.folder(tmp_path / "folder")
            (tmp_path / "folder" / "mine").write_bytes(b"mine")
            files.write(tmp_path / "folder", b"no file")

    with pytest.raises(InputError):
        write()
    assert there(tmp_path / "folder") == {"mine": b"mine"}


@pytest.fixture
def little() -> Iterator[None]:
    """Let files of this process have 1,000 bytes at most."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@posix
@pytest.mark.usefixtures("little", "ways")
def test_a_file_that_is_too_large_for_the_disk_leaves_nothing(tmp_path: Path) -> None:
    """Otherwise half a rota would be taken for a whole one."""
    (tmp_path / "old").write_bytes(b"old")
    for name in ("old", "new"):
        with pytest.raises(OSError, match="too large"):
            write_atomically(tmp_path / name, b"x" * 10_000, keep_old=True)
    assert there(tmp_path) == {"old": b"old"}


@posix
def test_what_a_killed_process_left_is_swept_up_and_what_is_under_way_is_not(tmp_path: Path) -> None:
    """Otherwise codes of clients would lie about in hidden files; or another's work would be broken off."""
    dies = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from safeschedule.exchange.temporary import Temporary\n"
        "Temporary._nameless = lambda _: None\n"
        "Temporary(Path(sys.argv[1]), b'secret', None)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", dies, tmp_path / "rota.csv"], check=False)
    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == b"secret"
    with Temporary(tmp_path / "rota.csv", b"under way", None) as other:
        other._take_a_name()
        write_atomically(tmp_path / "other.csv", b"x")
        assert left.exists()
        write_atomically(tmp_path / "rota.csv", b"new")
        assert not left.exists()
        assert sorted(there(tmp_path).values()) == [b"new", b"under way", b"x"]
    assert there(tmp_path) == {"other.csv": b"x", "rota.csv": b"new"}


def test_names_as_long_as_the_system_allows_are_written(tmp_path: Path) -> None:
    """Otherwise a long name could not be written, for the sake of a temporary one."""
    write_atomically(tmp_path / ("x" * 255), b"x")
    assert there(tmp_path) == {"x" * 255: b"x"}
    assert temporary._ENDING.startswith(".")
