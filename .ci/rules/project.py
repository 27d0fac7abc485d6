"""The tree that is checked, the rules for it, and what a breach of them is."""

import subprocess
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from swift_source import SwiftSource

RULES_FILE = ".ci/rules/rules.toml"
DEBTS_FILE = ".ci/rules/debts.toml"


class Breach(NamedTuple):
    """Where a rule is broken, and what would be right."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class Project:
    """A tree with `Sources`, and what is to hold for it."""

    root: Path
    rules: dict[str, Any]
    debts: dict[str, dict[str, list[str]]]
    """By module, by file in it: names that the file uses against the rules, known and to be paid off."""

    @classmethod
    def read(cls, root: Path) -> "Project":
        """The tree at `root`, with the rules that stand in it."""
        return cls(root, *(tomllib.loads(read(root / file)) for file in (RULES_FILE, DEBTS_FILE)))

    @cached_property
    def sources(self) -> list[SwiftSource]:
        """All files of all modules, in the order of their paths."""
        return [SwiftSource.read(path, read(self.root / path)) for path in self.swift_files("Sources")]

    def swift_files(self, folder: str) -> list[str]:
        """Swift files below a folder, as paths from the root."""
        return sorted(path.relative_to(self.root).as_posix() for path in (self.root / folder).rglob("*.swift"))

    def tracked_files(self) -> list[str]:
        """What git keeps; nothing where git does not know the tree."""
        if not (self.root / ".git").exists():
            return []
        listing = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z"], check=True, capture_output=True, text=True)
        return listing.stdout.split("\0")[:-1]

    def line(self, file: str, text: str) -> int:
        """The line of a file that has `text`; the first where none has."""
        lines = read(self.root / file).splitlines() if (self.root / file).exists() else []
        return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def read(path: Path) -> str:
    """A file's text, whatever the locale."""
    return path.read_text(encoding="utf-8")
