"""The program as the system runs it: real processes, pipes, terminals, exit statuses."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from annotations.errors import LibraryError
from annotations.library import library as library_module
from annotations.library.library import Library
from tests.conftest import Finished, Flor
from tui.cli import main, output, session

FLOR = [sys.executable, "-P", "-m", "tui.cli"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells and terminals")
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m plain \u202etxt\r"


def process(
    *arguments: str | Path, stdin: bytes = b"", **settings: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*FLOR, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=os.environ | settings,
        timeout=60,
    )


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """Let standard output and error be a terminal; what it was sent is in the list afterwards."""
    import pty

    main, side = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        # Linux says by an error that the last writer is gone.
        with suppress(OSError):
            while part := os.read(main, 65_536):
                seen.append(part)

    reading = Thread(target=read)
    reading.start()
    with monkeypatch.context() as patch:
        with open(side, "w", encoding="utf-8") as stream:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            yield seen
        reading.join()
    os.close(main)


def test_a_command_waits_for_another_program_that_writes(
    flor: Flor, library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flor("documents")
    monkeypatch.setattr(library_module, "TRY_SECONDS", 0.01)
    with closing(sqlite3.connect(library_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with monkeypatch.context() as impatient:
            impatient.setattr(session, "LONGEST_WAIT_SECONDS", 0.0)
            done = flor("tags", "add", "new")
        assert done.status == 1
        assert "in use by another program: nothing was changed" in done.err.splitlines()[-1]
        tell = output.tell

        def tell_and_let_go(message: str) -> None:
            tell(message)
            other.execute("ROLLBACK")

        monkeypatch.setattr(output, "tell", tell_and_let_go)
        done = flor("tags", "add", "new")
    assert done.status == 0
    assert done.err == (
        "flor: waiting for another program that writes to the library; Ctrl+C gives up\n"
    )
    assert "new" in flor("tags").out


def test_it_says_what_the_library_holds_without_a_terminal(library_path: Path) -> None:
    done = process()
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert str(library_path) in out
    assert "Global AI Governance Initiative" in out
    assert "flor" in out.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("show", "chinise envoy"), "“Chinese envoy"),
        (("highlights", "--tag", "Rsik/tiers"), "“risk/tiers”"),
        (("passages", "--saved", "dayly"), "“daily”"),
        (("folders", "rename", "wrok", "play"), "“work”"),
        (("chinise envoy",), "“Chinese envoy"),
    ],
)
def test_who_types_a_name_nearly_right_is_told_what_may_be_meant(
    flor: Flor, arguments: tuple[str, ...], meant: str
) -> None:
    flor("tags", "add", "risk/tiers")
    flor("queries", "save", "daily", "status:moved")
    flor("folders", "add", "work")
    done = flor(*arguments)
    assert done.status == 1
    assert f"; did you mean {meant}" in done.err
    assert done.err.count("\n") == 1


def test_what_is_to_be_opened_must_be_there(flor: Flor, tmp_path: Path) -> None:
    for arguments in (("missing.txt",), ("open", "missing.txt"), ("open", tmp_path)):
        done = flor(*arguments)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert (
        flor("jornal").err == "flor: no document is called “jornal”; did you mean flor journal?\n"
    )
    assert "flor --help?" in flor("help").err
    assert "did you mean" not in flor("open", "jornal").err
    text = tmp_path / "some.txt"
    text.write_text("text", encoding="utf-8")
    assert flor(text).status == 0
    assert flor("open", "hegemony").status == 0
    assert len(json.loads(flor("documents", "--json").out)) == 5


def test_shared_options_before_and_after_the_command(flor: Flor, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    assert flor("--library", other, "where").out == f"{other}\n"
    assert flor("where", "--library", other).out == f"{other}\n"
    assert json.loads(flor("where", "--json", "--library", other).out) == {"library": str(other)}
    assert not other.exists()
    flor("--coder", "bo", "highlight", "hegemony", "--quote", "Xinhua) 10")
    flor("highlight", "hegemony", "--quote", "Xinhua) --", "--coder", "cy")
    assert [row["coder"] for row in json.loads(flor("highlights", "--json").out)] == ["bo", "cy"]
    assert "nothing" in flor("undo").err


def test_versions_and_help(flor: Flor) -> None:
    from annotations import __version__
    from tui.cli.root import COMMANDS, SECTIONS

    assert flor("--version").out == f"florilegium {__version__}\n"
    overview = flor("--help").out
    for name in COMMANDS:
        assert f"\n  {name} " in overview
        assert "--library FILE" in flor(name, "--help").out
    headings = [f"\n{heading}:\n" for heading in SECTIONS]
    places = [overview.index(each) for each in headings]
    assert places == sorted(places)
    # No summary is too long for a terminal of 80 columns.
    assert "..." not in overview[places[0] :]


@pytest.mark.parametrize(
    "arguments", [["documents", "--nope"], ["--nope"], ["show"], ["export", "--rows", "page"]]
)
def test_wrong_usage_is_one_line(flor: Flor, arguments: list[str]) -> None:
    done = flor(*arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("name", ["documents", "export", "highlight", "check"])
def test_a_library_that_is_none(flor: Flor, tmp_path: Path, name: str) -> None:
    other = tmp_path / "letter.sqlite"
    other.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    before = other.read_bytes()
    options = ["hegemony", "--quote", "x"] if name == "highlight" else []
    done = flor(name, *options, "--library", other)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert other.read_bytes() == before
    assert flor(name, *options, "--library", tmp_path).status == 1


def test_a_sound_library_is_called_so(flor: Flor) -> None:
    done = flor("check")
    assert (done.status, done.err) == (0, "")
    assert json.loads(flor("check", "--json").out) == []


def test_a_quote_that_is_not_in_its_text_is_found(flor: Flor, library_path: Path) -> None:
    import sqlite3

    flor("highlight", "hegemony", "--quote", "Xinhua) 10")
    with sqlite3.connect(library_path) as connection:
        connection.execute("UPDATE highlights SET quote = 'forged'")
    connection.close()
    done = flor("check")
    assert done.status == 1
    assert done.out.strip()
    assert json.loads(flor("check", "--json").out)[0]["problem"]


@posix
def test_a_closed_pipe_ends_quietly(library_path: Path) -> None:
    for arguments in ("export", "show 'Global AI'", "documents --json"):
        command = f"set -o pipefail; {' '.join(FLOR)} {arguments} | true"
        done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), arguments


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_a_failure(library_path: Path) -> None:
    for arguments in ("export", "show Global"):
        command = f"{' '.join(FLOR)} {arguments} > /dev/full"
        done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
        assert done.returncode == 1
        assert done.stderr.startswith(b"flor: ")
        assert done.stderr.count(b"\n") == 1


@posix
def test_closed_standard_streams(library_path: Path) -> None:
    command = f"{' '.join(FLOR)} documents >&- 2>&- <&-"
    assert subprocess.run(["bash", "-c", command], timeout=60).returncode == 0
    command = f"{' '.join(FLOR)} import - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, "flor: standard input is empty\n")


def test_an_interruption_is_quiet(flor: Flor, monkeypatch: pytest.MonkeyPatch) -> None:
    made = flor("highlight", "hegemony", "--quote", "Xinhua) 10").out.strip()

    def interrupt(text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.highlighting.read_note", interrupt)
    done = flor("note", made, "-")
    assert (done.status, done.out, done.err) == (130, "", "")


def test_an_interruption_that_sqlite_swallows_is_one(
    flor: Flor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swallow(self: Library) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as interrupt:
            raise LibraryError("user-defined function raised exception") from interrupt

    monkeypatch.setattr(Library, "check", swallow)
    assert flor("check") == Finished(130, "", "")


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_it_waits(flor: Flor, number: signal.Signals) -> None:
    made = flor("highlight", "hegemony", "--quote", "Xinhua) 10").out.strip()
    command = [*FLOR, "add", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        # It has taken more than a pipe holds: now it is running and waits for the rest.
        running.stdin.write(b"word " * 100_000)
        running.stdin.flush()
        running.send_signal(number)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (128 + number, b"")
    assert json.loads(flor("highlights", "--json").out)[0]["id"] == made
    assert len(json.loads(flor("documents", "--json").out)) == 5


@posix
def test_no_control_sequence_reaches_a_terminal(
    flor: Flor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "escapes.txt"
    text.write_text(f"Title {ESCAPES}\n\tbody", encoding="utf-8", newline="")
    assert flor("add", text).status == 0
    assert flor("highlight", text, "--start", "0", "--end", "30", "--note", ESCAPES).status == 0
    for arguments in (
        ["show", str(text)],
        ["documents"],
        ["documents", "--json"],
        ["highlights"],
        ["highlights", "--json"],
        ["export"],
        ["journal"],
        ["show", ESCAPES],
    ):
        with terminal(monkeypatch) as parts:
            main(arguments)
        seen = b"".join(parts)
        assert seen.strip()
        for forbidden in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert forbidden.encode() not in seen, arguments
    assert "\x1b]0;owned" in flor("show", text).out


@posix
def test_lines_are_cut_at_the_edge_of_a_terminal(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with terminal(monkeypatch) as parts:
        main(["documents"])
    seen = b"".join(parts).decode()
    assert "…" in seen
    assert max(map(len, seen.splitlines())) <= 60


def test_utf8_whatever_the_locale(library_path: Path) -> None:
    done = process("show", "Xi, Putin", PYTHONIOENCODING="latin-1", LC_ALL="C")
    assert "“We signed" in done.stdout.decode("utf-8")


@posix
def test_an_argument_that_is_no_utf8(library_path: Path) -> None:
    done = process("highlight", "hegemony", "--quote", "\udcff")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1


@posix
def test_a_file_whose_name_is_no_utf8(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.txt"
    try:
        path.write_text("Good coffee.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    assert flor("add", path).status == 0
    assert flor("show", path).out == "Good coffee.\n"
    assert json.loads(flor("--library", path, "where", "--json").out)["library"] == str(path)


Complete = Callable[..., list[str]]


@pytest.fixture
def completed(
    library_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Complete:
    """What bash is offered for the last of the words."""

    def complete(*words: str) -> list[str]:
        with monkeypatch.context() as patch:
            patch.setenv("_FLOR_COMPLETE", "bash_complete")
            patch.setenv("COMP_WORDS", " ".join(["flor", *words]))
            patch.setenv("COMP_CWORD", str(len(words)))
            capsysbinary.readouterr()
            with pytest.raises(SystemExit, match=r"^0$"):
                main([])
        out, err = capsysbinary.readouterr()
        assert err == b""
        return [line.partition(",")[2] for line in out.decode().split("\n") if line]

    return complete


def test_the_shell_is_offered_commands_documents_and_tags(flor: Flor, completed: Complete) -> None:
    assert "documents" in completed("docu")
    assert completed("export", "--tag", "digital/d") == ["digital/divide", "digital/divide/access"]
    (document,) = completed("show", "hegem")
    assert flor("show", document).out.startswith(" date 2021-05-18")
    assert completed("show", document[:6]) == [document]


def test_the_question_of_the_shell_makes_no_library(
    completed: Complete, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere.sqlite"
    monkeypatch.setenv("FLORILEGIUM_LIBRARY", str(nowhere))
    assert completed("show", "x") == []
    assert not nowhere.exists()


def test_the_coder_by_option_environment_and_configuration(
    flor: Flor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('coder = "configured"', encoding="utf-8")

    def coder(*options: str) -> str:
        made = flor("highlight", "hegemony", "--quote", "Xinhua) 10", "--json", *options)
        return str(json.loads(made.out)["coder"])

    assert coder("--coder", "given") == "given"
    assert coder() == "ada"
    monkeypatch.delenv("FLORILEGIUM_CODER")
    assert coder() == "configured"
    (tmp_path / "config.toml").write_text("coder = 1", encoding="utf-8")
    done = flor("documents")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


def test_compacting_says_what_it_freed(flor: Flor) -> None:
    assert "bytes freed" in flor("compact").out
    assert json.loads(flor("compact", "--json").out) == {"freed": 0}
    assert flor("check").status == 0
