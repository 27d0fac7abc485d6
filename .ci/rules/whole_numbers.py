"""Whole numbers of decimal ones: `Int(number)` traps on what a file may well say, such as 1e30.

A conversion passes when it cannot be one of a `Double`: it has a label, its result is an optional, or its operand is
text or whole as far as declarations tell. All others are breaches, unless they are listed as allowed, with a reason.
"""

from typing import Iterator

from declarations import annotated, names_of
from expressions import CLOSING, INTEGERS, OPERATORS, UNKNOWN, Names, agreed, group_end, kind_of, split
from project import RULES_FILE, Breach, Project
from swift_source import SwiftSource, Token, tokenize


def check_whole_numbers(project: Project) -> Iterator[Breach]:
    """No unchecked conversion in the folders of the rule, outside the one helper."""
    rule = project.rules["whole_numbers"]
    folders = tuple(f"{folder}/" for folder in rule["folders"])
    allowed = {(entry["file"], _text(tokenize(entry["expression"]))) for entry in rule["allowed"]}
    members = agreed(pair for source in project.sources for pair in annotated(source.tokens))
    found = set()
    for source in project.sources:
        if source.path.startswith(folders) and source.path != rule["helper"]:
            for tokens in unchecked(source, members):
                found.add((source.path, _text(tokens)))
                if (source.path, _text(tokens)) not in allowed:
                    yield Breach(source.path, tokens[0].line, f"{_text(tokens)} may trap: {rule['advice']}")
    for entry in rule["allowed"]:
        if (entry["file"], _text(tokenize(entry["expression"]))) not in found:
            line = project.line(RULES_FILE, entry["expression"])
            yield Breach(RULES_FILE, line, f"{entry['file']} has no {entry['expression']} to allow: remove the entry")


def unchecked(source: SwiftSource, members: dict[str, str]) -> Iterator[list[Token]]:
    """The conversions in a file that may be of a `Double`, as `Int(…)` or `Int.init`."""
    tokens = source.tokens
    names: Names | None = None
    for begin, end in _conversions(tokens):
        if not _is_optional(tokens, begin, end):
            names = names or names_of(tokens, members)
            if not _is_safe(tokens[begin:end], names):
                yield tokens[begin:end]


def _conversions(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Where each conversion begins and ends."""
    for index, token in enumerate(tokens[:-1]):
        if token.text in INTEGERS and tokens[index - 1].text not in {".", "func"}:
            texts = [following.text for following in tokens[index + 1:index + 4]]
            if texts[0] == "(":
                yield index, group_end(tokens, index + 1)
            elif texts[:2] == [".", "init"]:
                yield index, group_end(tokens, index + 3) if texts[2:] == ["("] else index + 3


def _is_safe(conversion: list[Token], names: Names) -> bool:
    """Whether a conversion has a label, or an operand that is no `Double`."""
    if conversion[-1].text != ")":
        return False
    begin = next(index for index, token in enumerate(conversion) if token.text == "(")
    arguments = split(conversion[begin + 1:-1], frozenset({","}))
    labelled = any(len(argument) > 1 and argument[1].text == ":" for argument in arguments)
    return labelled or kind_of(arguments[0], names) != UNKNOWN


def _is_optional(tokens: list[Token], begin: int, end: int) -> bool:
    """Whether the result is used as an optional, which that of a `Double` is not: the compiler refuses it."""
    after = [token.text for token in tokens[end:end + 2]]
    if after[:1] in (["??"], ["?"], ["!"]) or after in (["==", "nil"], ["!=", "nil"]):
        return True
    before = [token.text for token in tokens[max(0, begin - 4):begin]]
    return (
        len(before) == 4 and before[0] in {"if", "guard", "while", ","} and before[1] in {"let", "var"}
        and before[3] == "=" and after[:1] in ([","], ["else"], ["{"]))


def _text(tokens: list[Token]) -> str:
    """The code of tokens in one line, spaced as the formatter does it."""
    text = before = ""
    for token in tokens:
        is_binary = token.text in OPERATORS | {"??"} and (before[-1:].isalnum() or before in CLOSING.values())
        text += f" {token.text} " if is_binary else token.text + " " * (token.text in {",", ":"})
        before = token.text
    return text
