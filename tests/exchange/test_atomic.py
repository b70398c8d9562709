"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from annotations.errors import UnwritableFileError
from annotations.exchange.atomic import replacing

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and links")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_appears_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with replacing(target) as stream:
        stream.write(b"rows")
        assert not target.exists()
    assert target.read_bytes() == b"rows"
    assert names(tmp_path) == ["out.csv"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    def fail() -> None:
        with replacing(target) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out.csv"]


def test_what_a_killed_program_left_goes_and_what_another_writes_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with replacing(tmp_path / "other.csv"), replacing(target) as written:
        [beside] = (path for path in tmp_path.iterdir() if path.samefile(written.name))
        left = beside.with_name(f"{beside.name[:-1]}-left")
        for path in (left, beside):
            path.write_bytes(b"half")
            os.utime(path, (0, 0))
        with replacing(target) as stream:
            stream.write(b"first")
        assert not left.exists()
        written.write(b"last")
    assert target.read_bytes() == b"last"
    assert names(tmp_path) == ["other.csv", "out.csv"]


@posix
def test_the_mode_is_kept_from_the_first_byte_on(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    target.chmod(0o600)
    with replacing(target) as stream:
        beside = next(path for path in tmp_path.iterdir() if path != target)
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
        stream.write(b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes() == b"new"


@posix
def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "real.csv"
    target.write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with replacing(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@posix
def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing(pipe) as stream:
        stream.write(b"rows")
    assert os.read(reader, 100) == b"rows"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("name", ["missing/out.csv", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnwritableFileError, match="could not write"), replacing(tmp_path / name):
        pass
    assert names(tmp_path) == []
