#!/usr/bin/env python3
"""Says where the code breaks the rules of `rules.toml`.

    python3 .ci/rules/check.py [ROOT]            every breach, one a line; ends with 1 if there is any
    python3 .ci/rules/check.py [ROOT] --graph    which part of a module uses which, and by what names
    python3 .ci/rules/check.py [ROOT] --debts    what `debts.toml` would have to list for today's code
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator

from layers import check_imports, check_order, check_uses, forbidden_uses, uses
from project import Breach, Project
from swift_source import Token, tokenize
from whole_numbers import check_whole_numbers

ROOT = Path(__file__).resolve().parents[2]


def check_forbidden_code(project: Project) -> Iterator[Breach]:
    """Code of `[[forbidden]]` stands in no file but those of the folders that it excepts."""
    for rule in project.rules["forbidden"]:
        excepted = tuple(f"{folder}/" for folder in rule.get("except", []))
        for code in rule["code"]:
            wanted = [token.text for token in tokenize(code)]
            for source in project.sources:
                if not source.path.startswith(excepted):
                    for index, token in enumerate(source.tokens):
                        if token.text == wanted[0] and _stands(source.tokens, index, wanted):
                            yield Breach(source.path, token.line, f"no {code} here: {rule['why']}")


def _stands(tokens: list[Token], index: int, wanted: list[str]) -> bool:
    """Whether the code stands there: neither `page.print(`, a member of that name, nor `func print(`, a declaration."""
    found = [token.text for token in tokens[index:index + len(wanted)]]
    return found == wanted and (index == 0 or tokens[index - 1].text not in {".", "func"})


def check_lengths(project: Project) -> Iterator[Breach]:
    """No file is too long to be read in one go."""
    longest = project.rules["files"]["longest"]
    for path in project.swift_files("Sources") + project.swift_files("Tests"):
        lines = (project.root / path).read_bytes().count(b"\n")
        if lines > longest:
            yield Breach(path, longest + 1, f"{lines} lines: split the file, {longest} are allowed")


def check_tracked(project: Project) -> Iterator[Breach]:
    """What builds make is not kept."""
    made = project.rules["files"]["untracked"]
    for path in project.tracked_files():
        for name in made:
            if name in Path(path).parts:
                yield Breach(path, 1, f"{name} comes of a build and is not kept: git rm --cached {path}")


CHECKS = [
    check_imports, check_order, check_uses, check_forbidden_code, check_lengths, check_tracked, check_whole_numbers]


def breaches(project: Project) -> list[Breach]:
    """All breaches of all rules, by file and line."""
    return sorted({breach for check in CHECKS for breach in check(project)})


def graph(project: Project) -> Iterator[str]:
    """A line for each part and part that it uses: in how many files, and the names; `-x` where no rule allows it."""
    arrows = defaultdict(list)
    for use in uses(project):
        arrows[use.module, use.user, use.used].append(use)
    for (module, user, used), found in sorted(arrows.items()):
        names = ", ".join(f"{name} {count}" for name, count in Counter(use.name for use in found).most_common())
        mark = "->" if used in project.rules["layers"][module][user] else "-x"
        yield f"{module}: {user} {mark} {used}, files {len({use.file for use in found})}: {names}"


def debts(project: Project) -> Iterator[str]:
    """The lines of `debts.toml`."""
    yield "# Uses that [layers] of rules.toml does not allow and that are to go: by module and file, the names it uses."
    yield "# One that has gone is taken off the list; none is added."
    by_file = defaultdict(set)
    for use in forbidden_uses(project):
        by_file[use.module, use.file].add(use.name)
    heading = ""
    for (module, file), names in sorted(by_file.items()):
        if module != heading:
            heading = module
            yield f"\n[{module}]"
        yield f"{json.dumps(file)} = {json.dumps(sorted(names))}"


def main() -> int:
    """Runs the command; the exit code."""
    parser = argparse.ArgumentParser(description="Says where the code breaks the rules of rules.toml.")
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the project's folder")
    parser.add_argument("--graph", action="store_true", help="print which part of a module uses which")
    parser.add_argument("--debts", action="store_true", help="print the debts.toml of today's code")
    arguments = parser.parse_args()
    project = Project.read(arguments.root)
    if arguments.graph or arguments.debts:
        print("\n".join(graph(project) if arguments.graph else debts(project)))
        return 0
    found = breaches(project)
    for breach in found:
        print(breach)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
