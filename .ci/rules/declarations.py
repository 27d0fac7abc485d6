"""The kinds of a file's names, by what declares them: `: Type`, `= value`, `for … in`, a closure's parameters."""

from typing import Iterator

from expressions import (
    CLOSING, INTEGERS, OPERATORS, RANGES, STRINGS, TEXT, UNKNOWN, WHOLE, Names, agreed, element, elements, group_end,
    kind_of, split)
from swift_source import Token

# What may stand between a colon and a type.
BEFORE_TYPE = frozenset({"inout", "borrowing", "consuming", "some", "any"})
# What goes on with an expression on the next line.
CONTINUING = OPERATORS | RANGES | frozenset({".", "?", ":", "??", "=", "&&", "||", "==", "!=", "<", ">", "<=", ">="})
ENDING = frozenset({",", ";", ")", "]", "}", "{", "else", "in"})


def annotated(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Names with a type of their own: `name: Type`. Arguments of calls, which look alike, are left out."""
    for index in range(len(tokens) - 2):
        if tokens[index].kind == "word" and tokens[index + 1].text == ":":
            begin = index + 2
            while begin < len(tokens) - 1 and tokens[begin].text in BEFORE_TYPE:
                begin += 1
            kind = _type(tokens, begin)
            if kind is not None:
                yield tokens[index].text, kind


def names_of(tokens: list[Token], members: dict[str, str]) -> Names:
    """The kinds of all names in a file."""
    found = list(annotated(tokens))
    names = Names(agreed(found), members)
    for index, token in enumerate(tokens):
        for name, kind in _bound(tokens, index, names):
            names.own[name] = kind if names.own.get(name, kind) == kind else UNKNOWN
    return names


def _type(tokens: list[Token], begin: int) -> str | None:
    """The kind of values of the type that begins there; none where no type does."""
    texts = [token.text for token in tokens[begin:begin + 5]] + [""] * 5
    if texts[0] == "[":
        return elements(_kind_of_type(texts[1])) if texts[2] == "]" else UNKNOWN
    if not texts[0][:1].isupper() or texts[1] == "(" or (texts[1] == "." and not texts[2][:1].isupper()):
        return None
    if texts[1] == ".":
        return UNKNOWN
    if texts[1] == "<":
        return elements(_kind_of_type(texts[2])) if texts[3] == ">" else UNKNOWN
    return _kind_of_type(texts[0])


def _kind_of_type(name: str) -> str:
    return WHOLE if name in INTEGERS else TEXT if name in STRINGS else UNKNOWN


def _bound(tokens: list[Token], index: int, names: Names) -> Iterator[tuple[str, str]]:
    """The names that a statement binds without a type, if one begins there, and their kinds."""
    keyword = tokens[index].text
    if keyword == "{":
        yield from ((name, UNKNOWN) for name in _parameters(tokens, index + 1))
    if keyword not in {"let", "var", "for"} or index + 2 >= len(tokens):
        return
    begin = index + 1
    end = group_end(tokens, begin) if tokens[begin].text == "(" else begin + 1
    after = tokens[end].text if end < len(tokens) else ""
    value = _expression(tokens, end + 1) if after in {"=", "in"} else []
    if tokens[begin].text == ".":
        # `case let .stream(number, time)`
        for token in tokens[end + 1:group_end(tokens, end + 1)]:
            yield token.text, UNKNOWN
    elif tokens[begin].text == "(":
        yield from _tuple(tokens[begin + 1:end - 1], value, names)
    elif after == "=":
        yield tokens[begin].text, kind_of(value, names)
    elif keyword == "for":
        yield tokens[begin].text, _each(value, names)
    elif after in {")", "in"}:
        yield tokens[begin].text, UNKNOWN


def _parameters(tokens: list[Token], begin: int) -> list[str]:
    """The names of a closure's parameters, where it has them without types."""
    names: list[str] = []
    for index in range(begin, len(tokens)):
        if tokens[index].text == "in":
            return names
        if tokens[index].kind == "word" and tokens[index - 1].text in {"{", "(", ","}:
            names.append(tokens[index].text)
        elif tokens[index].text not in {"(", ",", ")"}:
            return []
    return []


def _tuple(pattern: list[Token], value: list[Token], names: Names) -> Iterator[tuple[str, str]]:
    """The names of `(first, second) = (one, other)`: known where both sides have as many parts."""
    bound = split(pattern, frozenset({","}))
    values = split(value[1:-1], frozenset({","})) if value and value[0].text == "(" else []
    for place, part in enumerate(bound):
        if part:
            yield part[-1].text, kind_of(values[place], names) if len(values) == len(bound) else UNKNOWN


def _each(collection: list[Token], names: Names) -> str:
    """The kind of what a loop goes through."""
    bounds = split(collection, RANGES)
    if len(bounds) > 1:
        kinds = {kind_of(bound, names) for bound in bounds}
        return kinds.pop() if len(kinds) == 1 else UNKNOWN
    return element(kind_of(collection, names))


def _expression(tokens: list[Token], begin: int) -> list[Token]:
    """The expression that begins there: to the end of the line, and further where a line goes on."""
    end = begin
    while end < len(tokens) and tokens[end].text not in ENDING:
        before, here = tokens[end - 1], tokens[end]
        if end > begin and here.line > before.line and not {before.text, here.text} & CONTINUING:
            break
        end = group_end(tokens, end) if here.text in CLOSING else end + 1
    return tokens[begin:end]
