"""Which module may import which, and which folder of a module may use which.

Imports say what a module uses. Within a module nothing does, so uses are found by name: a file uses a part of its
module when it names a type or a function that the part declares at file scope. Members of extensions belong to no
folder by their names; they stay unseen.
"""

from collections import defaultdict
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Iterator, NamedTuple

from project import DEBTS_FILE, RULES_FILE, Breach, Project
from swift_source import SwiftSource

ROOT = "."


class Use(NamedTuple):
    """A name of another part of the module in a file, where it stands first."""

    module: str
    file: str
    """Within the module."""
    line: int
    name: str
    user: str
    used: str


def module_of(source: SwiftSource) -> str:
    """The module that a file of `Sources` belongs to."""
    return PurePosixPath(source.path).parts[1]


def check_imports(project: Project) -> Iterator[Breach]:
    """Each module imports only what its row of `[imports]` lists."""
    rows = project.rules["imports"]
    for source in project.sources:
        module = module_of(source)
        if module not in rows:
            yield Breach(source.path, 1, f"{RULES_FILE} has no row in [imports] for {module}")
            continue
        for imported, line in source.imports:
            if imported not in rows[module]:
                allowed = ", ".join(rows[module]) or "nothing"
                yield Breach(source.path, line, f"{module} may not import {imported}; it may import {allowed}")


def check_order(project: Project) -> Iterator[Breach]:
    """A row of `[layers]` uses rows above it only, so that the arrows have no circle."""
    for module, rows in project.rules["layers"].items():
        above: set[str] = set()
        for part, used in rows.items():
            for missing in sorted(set(used) - above):
                message = f"{module}: the row of {part} may use rows above it only, which {missing} is not"
                yield Breach(RULES_FILE, _row(project, module), message)
            above.add(part)


def check_uses(project: Project) -> Iterator[Breach]:
    """Each part of a module uses only what its row of `[layers]` lists, known debts apart."""
    yield from _check_rows(project)
    debts = {
        (module, file, name)
        for module, files in project.debts.items() for file, names in files.items() for name in names}
    found = set()
    for use in forbidden_uses(project):
        found.add((use.module, use.file, use.name))
        if (use.module, use.file, use.name) not in debts:
            allowed = ", ".join(project.rules["layers"][use.module][use.user]) or "no other"
            message = f"{_title(use.module, use.user)} may not use {use.name} of {use.used}; it may use {allowed}"
            yield Breach(f"Sources/{use.module}/{use.file}", use.line, message)
    for module, file, name in sorted(debts - found):
        line = project.line(DEBTS_FILE, f'"{file}"')
        yield Breach(DEBTS_FILE, line, f"{module}/{file} no longer breaks a rule with {name}: remove it from the list")


def forbidden_uses(project: Project) -> list[Use]:
    """All uses that `[layers]` does not allow, debts or not."""
    layers = project.rules["layers"]
    return [use for use in uses(project) if use.used not in layers[use.module][use.user]]


def uses(project: Project) -> list[Use]:
    """All uses of one part of a module by another, of the modules in `[layers]`, by file and name."""
    by_module = defaultdict(list)
    for source in project.sources:
        if part_of(project, source):
            by_module[module_of(source)].append(source)
    return [use for module in project.rules["layers"] for use in _uses_within(project, module, by_module[module])]


def part_of(project: Project, source: SwiftSource) -> str | None:
    """The row of `[layers]` that a file belongs to: a set of files of `[parts]`, else the closest folder around it."""
    module = module_of(source)
    rows = project.rules["layers"].get(module, {})
    file = PurePosixPath(*PurePosixPath(source.path).parts[2:])
    for part, patterns in project.rules.get("parts", {}).get(module, {}).items():
        if any(fnmatchcase(str(file.with_suffix("")), pattern) for pattern in patterns):
            return part
    folders = [str(folder) for folder in file.parents]
    # The module's own folder holds the files that lie in it, not those of the folders in it.
    around = folders[:1] if folders[:1] == [ROOT] else folders[:-1]
    return next((folder for folder in around if folder in rows), None)


def _check_rows(project: Project) -> Iterator[Breach]:
    """Every file of a module with folders has a row, and every row has files."""
    found = set()
    for source in project.sources:
        module, part = module_of(source), part_of(project, source)
        found.add((module, part))
        in_folder = len(PurePosixPath(source.path).parts) > 3
        if part is None and (in_folder or module in project.rules["layers"]):
            folder = PurePosixPath(source.path).parent
            yield Breach(source.path, 1, f"{RULES_FILE} does not say in [layers] what {folder} may use")
    for module, rows in project.rules["layers"].items():
        for part in rows:
            if (module, part) not in found:
                yield Breach(RULES_FILE, _row(project, module), f"{module} has no files in {part}: remove the row")


def _row(project: Project, module: str) -> int:
    return project.line(RULES_FILE, f"[layers.{module}]")


def _uses_within(project: Project, module: str, sources: list[SwiftSource]) -> Iterator[Use]:
    parts = {source.path: part_of(project, source) or ROOT for source in sources}
    homes = {name: source for source in sources for name in source.types | source.functions}
    inside: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for outer, names in source.inside.items():
            inside[outer] |= names
    for source in sources:
        user = parts[source.path]
        shadowed = source.hidden.union(*(inside[outer] for outer in source.inside))
        names = {name for name, home in homes.items() if parts[home.path] != user} - shadowed
        for index, (kind, name, line) in enumerate(source.tokens):
            if kind == "word" and name in names and _is_use(source, index, module, name in homes[name].functions):
                names.remove(name)
                file = source.path.removeprefix(f"Sources/{module}/")
                yield Use(module, file, line, name, user, parts[homes[name].path])


def _is_use(source: SwiftSource, index: int, module: str, is_function: bool) -> bool:
    """Whether a word stands for what is declared at file scope: no member, and a function only where it is called."""
    tokens = source.tokens
    before = tokens[index - 1].text if index > 0 else ""
    if before == ".":
        return index > 1 and tokens[index - 2].text == module
    called = index + 1 < len(tokens) and tokens[index + 1].text == "("
    return not is_function or (called and before not in {"func", "case"})


def _title(module: str, part: str) -> str:
    return module if part == ROOT else f"{module}/{part}"
