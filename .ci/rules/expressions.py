"""What kind of value an expression has as far as declarations tell: whole, text, a collection of those, or unknown.

Far from type checking: a name has one kind throughout a file, a member one throughout the project, or they have none.
"""

from typing import Iterable, Iterator, NamedTuple

from swift_source import Token

WHOLE, TEXT, UNKNOWN = "whole", "text", ""
INTEGERS = frozenset(f"{sign}Int{bits}" for sign in ("", "U") for bits in ("", "8", "16", "32", "64"))
STRINGS = frozenset({"String", "Substring"})
CLOSING = {"(": ")", "[": "]", "{": "}"}
OPERATORS = frozenset("+ - * / % & | ^ << >> ~ &+ &- &*".split())
RANGES = frozenset({"..<", "..."})
LITERAL = '""'
_ELEMENTS = " elements"
# Functions of what they are given, and methods of what they are called on, that keep its kind.
KEEPING = frozenset({"min", "max", "abs", "dropFirst", "dropLast", "prefix", "suffix", "filter"})


def elements(kind: str) -> str:
    """The kind of a collection of values of a kind."""
    return kind + _ELEMENTS if kind else UNKNOWN


def element(kind: str) -> str:
    """The kind of the values in a collection; not known of what is none."""
    return kind.removesuffix(_ELEMENTS) if kind.endswith(_ELEMENTS) else UNKNOWN


# Members that are the same whatever they are members of: what the standard library calls so.
MEMBERS = {"count": WHOLE, "indices": elements(WHOLE), "joined": TEXT, "lowercased": TEXT}


class Names(NamedTuple):
    """The kinds of the names in a file, and those of members of any type."""

    own: dict[str, str]
    members: dict[str, str]


def agreed(kinds: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One kind for each name; not known where declarations differ."""
    found: dict[str, str] = {}
    for name, kind in kinds:
        found[name] = kind if found.get(name, kind) == kind else UNKNOWN
    return found


def kind_of(tokens: list[Token], names: Names) -> str:
    """The kind of an expression."""
    # A sign before an operand leaves an empty piece.
    kinds = {_operand(piece, names) for piece in split(tokens, OPERATORS) if piece}
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def split(tokens: list[Token], separators: frozenset[str]) -> list[list[Token]]:
    """The pieces between separators that stand in no bracket."""
    pieces: list[list[Token]] = [[]]
    for atom in _atoms(tokens):
        if atom[0].text in separators:
            pieces.append([])
        else:
            pieces[-1] += atom
    return pieces


def group_end(tokens: list[Token], begin: int) -> int:
    """The index beyond the bracket that closes the one at `begin`."""
    depth = 0
    for index in range(begin, len(tokens)):
        depth += (tokens[index].text in CLOSING) - (tokens[index].text in CLOSING.values())
        if depth == 0:
            return index + 1
    return len(tokens)


def _atoms(tokens: list[Token]) -> Iterator[list[Token]]:
    """Single tokens, and whole brackets."""
    index = 0
    while index < len(tokens):
        end = group_end(tokens, index) if tokens[index].text in CLOSING else index + 1
        yield tokens[index:end]
        index = end


def _operand(tokens: list[Token], names: Names) -> str:
    """The kind of what no operator divides: a first value, and the members, calls and subscripts that follow it."""
    kind, function, given, before = UNKNOWN, "", None, ""
    for atom in _atoms(tokens):
        sign, form = atom[0].text, atom[0].kind
        if form == "word" and not before:
            kind, function, given = names.own.get(sign, UNKNOWN), sign, None
        elif form == "word" and before == ".":
            kind, function, given = MEMBERS.get(sign) or names.members.get(sign, UNKNOWN), sign, kind
        elif form in {"number", "string"} and not before:
            kind = TEXT if form == "string" else UNKNOWN if _is_decimal(sign) else WHOLE
        elif sign == "(" and not before:
            kind = kind_of(atom[1:-1], names)
        elif sign == "(" and before == LITERAL:
            continue  # What a string literal has in it.
        elif sign == "[" and not before:
            kind = elements(WHOLE) if len(atom) == 3 and atom[1].text in INTEGERS else UNKNOWN
        elif sign == "(" and before == "[":
            pass  # `[UInt8](…)`: no value of a known kind can be called.
        elif sign in {"(", "{"} and function:
            kind, function = _result(function, _common(atom[1:-1], names) if given is None else given), ""
        elif sign == "[":
            kind = _element(kind, atom[1:-1])
        elif sign not in {".", "?", "!"}:
            return UNKNOWN
        before = sign
    return kind


def _result(function: str, given: str) -> str:
    """The kind of what a function makes of its arguments, or a method of its receiver."""
    if function in INTEGERS:
        return WHOLE
    if function in STRINGS:
        return TEXT
    return given if function in KEEPING else MEMBERS.get(function, UNKNOWN)


def _common(arguments: list[Token], names: Names) -> str:
    """The kind that all arguments have."""
    kinds = {kind_of(piece, names) for piece in split(arguments, frozenset({","})) if piece}
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def _element(collection: str, index: list[Token]) -> str:
    """The kind of `collection[index]`; of a range of indices, the collection's own."""
    return collection if len(split(index, RANGES)) > 1 else element(collection)


def _is_decimal(number: str) -> bool:
    return not number.startswith(("0x", "0X")) and any(sign in number for sign in ".eE")
