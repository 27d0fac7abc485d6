"""Runs of the tool on an input, within bounds, and what is wrong with how they ended."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import time
import xml.parsers.expat
from dataclasses import dataclass
from pathlib import Path

from mutations import Files

# s of processor time, and how many times that by the clock on a busy machine.
LONGEST, PATIENCE = 20, 4
# Bytes.
MOST_MEMORY = 1_000_000_000
# Where a process is stopped that never would, bytes.
ADDRESSES = 6_000_000_000
# Documentation/CommandLine.md. 70, an error of the tool itself, is none of them.
CODES = {0, 1, 64, 65, 69, 73}
PLACED = re.compile(r"^.*?:\d+:\d+: error: ")
# What is wrong with a file as a whole stands nowhere in it.
OF_A_FILE = re.compile("|".join([
    "there is no such file", "this is a folder", "the file is empty", "gzip data", "unpacks to", "the encoding '",
    "has no (?:road|node|link|signal|lane|period|programme|network|demand|row|junction)", "is missing", "there is no ",
    "route files", "no format", "nothing in it", "is empty", "not a kind of file", "holds no plan", "holds no network", "needs? a ",
    "need signal groups and signal control", "the folder has ", "an archive", "a workbook", "sheet '"]))
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Outcome:
    """How a run ended."""

    word: str
    """What kind of end it was: `0` to `73`, or the name of a fault."""
    detail: str = ""

    @property
    def is_fault(self) -> bool:
        return not self.word.isdigit()

    @property
    def signature(self) -> str:
        """The same for faults that look alike, whatever the input."""
        return self.word + " " + re.sub(r"'[^']*'|\d+(\.\d+)?", "…", self.detail)[:120]


def run(tool: Path, command: list[str], files: Files, folder: Path) -> Outcome:
    """Runs a command on files in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "in").mkdir(parents=True)
    (folder / "out").mkdir()
    (folder / "tmp").mkdir()
    for name, content in files.items():
        (folder / "in" / name).write_bytes(content)
    before = _listing(folder)
    begin = time.monotonic()
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        process = subprocess.Popen(
            [tool, *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=_bounded,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8"})
    status, usage = None, None
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - begin > LONGEST * PATIENCE:
            os.kill(process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(process.pid, 0)
            break
        time.sleep(0.002)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    shown = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
    for name in ["stdout", "stderr"]:
        (folder / name).unlink()
    return _judged(process.returncode, seconds, usage.ru_maxrss * 1024, *shown, _listing(folder) - before, folder)


def _bounded() -> None:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 2))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def _listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _judged(
        code: int, seconds: float, memory: int, out: bytes, err: bytes, written: set[str], folder: Path) -> Outcome:
    words = err.decode(errors="replace")
    if code in (-signal.SIGXCPU, -signal.SIGKILL) or seconds > LONGEST:
        return Outcome("hang", f"{seconds:.0f} s")
    if code < 0:
        trap = re.search(r"(?:Fatal error|Crash|Thread \d+ crashed)[^\n]*|[\w+]+\.swift:\d+[^\n]*", words)
        return Outcome("trap", f"{signal.Signals(-code).name} {trap.group() if trap else ''}")
    if memory > MOST_MEMORY:
        return Outcome("memory", f"{memory / 1e6:.0f} MB")
    if code not in CODES:
        return Outcome("internal", f"{code}: {words[-200:]}")
    if code == 65:
        misplaced = [line for line in _errors(words) if not PLACED.match(line) and not OF_A_FILE.search(line)]
        if misplaced:
            return Outcome("misplaced", misplaced[0].split(": error: ")[-1])
        if not _errors(words):
            return Outcome("silent", words[:200])
    left = {name for name in written if Path(name).name.startswith(".") or name.startswith(("tmp/", "in/"))}
    if left:
        return Outcome("left", f"{sorted(left)[0]}")
    if code != 0 and written:
        return Outcome("partial", f"{code} and {sorted(written)[0]}")
    for name, text in [("stdout", out), ("stderr", err)]:
        control = CONTROL.search(text.decode(errors="replace").replace("\r\n", "\n"))
        if control:
            return Outcome("control", f"{control.group()!r} on {name}")
    return _unreadable(written, folder) or Outcome(str(code))


def _errors(words: str) -> list[str]:
    return [line for line in words.splitlines() if re.match(r"^\S.*?: error: |^error: ", line)]


def _unreadable(written: set[str], folder: Path) -> Outcome | None:
    """What is wrong with written files that everybody can read: no XML, no JSON, control characters, formulas."""
    for name in sorted(written):
        content = (folder / name).read_bytes()
        try:
            text = content.decode()
            if name.endswith((".xml", ".sumocfg", ".svg")):
                xml.parsers.expat.ParserCreate().Parse(content, True)
            elif name.endswith(".json"):
                json.loads(text)
        except (ValueError, xml.parsers.expat.ExpatError) as error:
            return Outcome("unreadable", f"{Path(name).name}: {error}")
        control = CONTROL.search(text.replace("\r\n", "\n"))
        if control:
            return Outcome("control", f"{control.group()!r} in {Path(name).suffix}")
        formula = re.search(r'(?:^|,)"?[=@](?!,|$)', text, re.MULTILINE) if name.endswith(".csv") else None
        if formula:
            return Outcome("formula", f"in {Path(name).name}")
    return None
