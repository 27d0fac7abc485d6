#!/usr/bin/env python3
"""Breaks the code in the places of mutants.toml, one at a time, and shows which test notices.

All mutants are compiled into one build, in a copy of the tree: an expression `is` becomes `(activeMutant == 7 ? becomes : is)`,
and the environment says which is active. So each costs one run of its modules' tests, not a build. The tests must pass
while none is active.

    .ci/mutants/run.py [--only TEXT] [-o TABLE.md]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / ".build-mutants"
# Whether the mutant is active, for modules that know neither Foundation nor each other.
SWITCH = """internal import Glibc

/// The mutant of this run; 0 for none.
let activeMutant: Int32 = getenv("GREENWAVE_MUTANT").map { atoi($0) } ?? 0
"""
# What stays before what changes: the target of `a += b`, the pattern of a case.
KEPT = re.compile(r"^(?P<kept>.+ [-+]=|\.\w+:) (?P<value>.+)$")
# s; a test that hangs has noticed, too.
LONGEST = 400


def copy_tree() -> None:
    """Brings the copy up to date; files that did not change keep their times, so that a second build is short."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        source, target = ROOT / name, COPY / name
        if not source.is_file():
            continue
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def switched(old: str, new: str, number: int) -> str:
    """The expression or statement that is `new` while the mutant is active."""
    before, after = KEPT.match(old), KEPT.match(new)
    if before and after:
        assert before["kept"] == after["kept"], f"mutant {number} changes another value"
        return f"{before['kept']} (activeMutant == {number} ? {after['value']} : {before['value']})"
    return f"(activeMutant == {number} ? ({new}) : ({old}))"


def plant(mutants: list[dict]) -> None:
    """Writes all mutants into the copy."""
    texts: dict[Path, str] = {}
    for number, mutant in enumerate(mutants, 1):
        path = COPY / mutant["file"]
        text = texts.setdefault(path, (ROOT / mutant["file"]).read_text())
        if mutant["is"] not in text:
            sys.exit(f"mutant {number} ({mutant['name']}): {mutant['file']} no longer has '{mutant['is']}'")
        texts[path] = text.replace(mutant["is"], switched(mutant["is"], mutant["becomes"], number), 1)
    for path, text in texts.items():
        if not path.is_file() or path.read_text() != text:
            path.write_text(text)
        switch = COPY / "Sources" / path.relative_to(COPY).parts[1] / "ActiveMutant.swift"
        if not switch.is_file():
            switch.write_text(SWITCH)


def swift(*arguments: str, mutant: int = 0, **options) -> subprocess.CompletedProcess:
    environment = os.environ | {"GREENWAVE_CHECK": "1", "GREENWAVE_MUTANT": str(mutant)}
    return subprocess.run(["swift", *arguments], cwd=COPY, env=environment, **options)


def tests(modules: list[str], mutant: int) -> str:
    """The first test that fails; empty where all pass."""
    pattern = "^(" + "|".join(f"{module}Tests\\." for module in modules) + ")"
    try:
        run = swift(
            "test", "--skip-build", "--filter", pattern, mutant=mutant, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"no end within {LONGEST} s"
    if run.returncode == 0:
        return ""
    failed = re.findall(r'^✘ Test "?(.+?)"? (?:recorded an issue|failed)', run.stdout, re.M)
    return failed[0] if failed else f"ended with code {run.returncode}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="mutants whose name holds this text")
    parser.add_argument("-o", "--output", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    mutants = tomllib.loads((Path(__file__).parent / "mutants.toml").read_text())["mutant"]
    copy_tree()
    plant(mutants)
    swift("build", "--build-tests", check=True)

    modules = sorted({module for mutant in mutants for module in mutant["tests"]})
    if found := tests(modules, 0):
        sys.exit(f"without any mutant a test fails: {found}")
    lines = ["| broken on purpose | noticed first by |", "|---|---|"]
    survivors = 0
    for number, mutant in enumerate(mutants, 1):
        if arguments.only not in mutant["name"]:
            continue
        found = tests(mutant["tests"], number)
        survivors += not found
        lines.append(f"| {mutant['name']} | {found or '**nobody**'} |")
        print(lines[-1], flush=True)
    if arguments.output:
        arguments.output.write_text("\n".join(lines) + "\n")
    if survivors:
        sys.exit(f"{survivors} of the mutants survive")


if __name__ == "__main__":
    main()
