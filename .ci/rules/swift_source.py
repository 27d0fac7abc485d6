"""What the rules need to know of a Swift file: its words without comments and strings, and what it declares.

No parser: a lexer, and the depth of brackets. That tells code from prose, and what stands at file scope from what is
nested, which is all that the rules ask. It reads source that compiles; on other text it is wrong, but never fails.
"""

import re
from dataclasses import dataclass, field
from typing import Iterator, NamedTuple

DECLARING = frozenset({"struct", "class", "enum", "actor", "protocol", "typealias", "func", "extension"})
HIDDEN = frozenset({"private", "fileprivate"})

_TOKEN = re.compile(
    r"""
      (?P<word>try[!?] | [^\W\d]\w* | `[^`\n]+` | \$\w+)
    | (?P<space>(?:\s+ | //[^\n]*)+)
    | (?P<comment>/\*)
    | (?P<string>\#*(?:\"\"\"|\"))
    | (?P<number>0[xX][\da-fA-F_]+ | 0[bo][\d_]+ | \d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)
    | (?P<sign>\.\.< | \.\.\. | << | >> | && | \|\| | \?\? | -> | [=!<>]= | &[-+*] | [-+*/%&|^]= | .)
    """,
    re.VERBOSE,
)
# A pattern of text between slashes, where no operand stands before that the slash could divide.
_PATTERN = re.compile(r"(?P<hashes>#+)/.*?/(?P=hashes)|/(?![/*\s])(?:\\.|[^\\/\n])+/", re.DOTALL)
_BEFORE_PATTERN = frozenset({"return", "in", "case", "try", "else", "where"})
_COMMENT_EDGE = re.compile(r"/\*|\*/")


class Token(NamedTuple):
    """A word, number or sign of the code, or a literal of text or of a pattern, of which only `""` is left."""

    kind: str
    text: str
    line: int


class _Lexer:
    """One pass over a text. Interpolated code follows its string literal, in parentheses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 1

    def tokens(self, interpolated: bool = False) -> Iterator[Token]:
        """The tokens up to the end; of an interpolation, up to the parenthesis that closes it."""
        depth, divisible = 0, False
        while self.position < len(self.text):
            if not divisible and (pattern := _PATTERN.match(self.text, self.position)):
                yield Token("string", '""', self.line)
                self._advance(pattern.end())
                divisible = True
                continue
            match = _TOKEN.match(self.text, self.position)
            kind, found, line = match.lastgroup, match.group(), self.line
            self.position = match.end()
            if kind == "space":
                self.line += found.count("\n")
                continue
            if kind == "comment":
                self._skip_comment()
                continue
            if kind == "string":
                yield Token("string", '""', line)
                yield from self._string(found)
            else:
                yield Token(kind, found.strip("`") if kind == "word" else found, line)
            depth += (found == "(") - (found == ")")
            if interpolated and depth == 0:
                return
            divisible = found not in _BEFORE_PATTERN if kind == "word" else kind != "sign" or found in ")]}"

    def _advance(self, end: int) -> None:
        self.line += self.text.count("\n", self.position, end)
        self.position = end

    def _skip_comment(self) -> None:
        depth = 1
        while depth > 0 and (edge := _COMMENT_EDGE.search(self.text, self.position)):
            depth += 1 if edge.group() == "/*" else -1
            self._advance(edge.end())
        if depth > 0:
            self._advance(len(self.text))

    def _string(self, opening: str) -> Iterator[Token]:
        """The code within a literal's `\\(…)`, up to the literal's end."""
        hashes = "#" * opening.count("#")
        quotes = opening[len(hashes):]
        edge = re.compile(rf"\\{hashes}(?P<code>\()|\\{hashes}[^(]|{quotes}{hashes}")
        while match := edge.search(self.text, self.position):
            if match.group("code"):
                self._advance(match.end() - 1)
                yield from self.tokens(interpolated=True)
                continue
            self._advance(match.end())
            if match.group().startswith('"'):
                return
        self._advance(len(self.text))


def tokenize(text: str) -> list[Token]:
    """The code of a Swift text, without comments and the text of strings."""
    return list(_Lexer(text).tokens())


@dataclass
class SwiftSource:
    """A file's code and what it declares."""

    path: str
    """From the root of the project, with slashes."""
    tokens: list[Token]
    imports: list[tuple[str, int]] = field(default_factory=list)
    """Modules and the lines of their imports."""
    types: set[str] = field(default_factory=set)
    """Types declared at file scope that other files see."""
    functions: set[str] = field(default_factory=set)
    """Functions declared at file scope that other files see."""
    hidden: set[str] = field(default_factory=set)
    """Types and functions declared at file scope for this file alone."""
    inside: dict[str, set[str]] = field(default_factory=dict)
    """By each type declared or extended at file scope: the types and functions declared in it, at any depth."""

    @classmethod
    def read(cls, path: str, text: str) -> "SwiftSource":
        source = cls(path, tokenize(text))
        source._find_declarations()
        return source

    def _find_declarations(self) -> None:
        depth, outer, hidden, before = 0, "", False, ""
        for index, (kind, text, line) in enumerate(self.tokens):
            if kind == "sign":
                depth += (text in "{([") - (text in "})]")
                hidden = hidden and text not in "{}"
            elif kind == "word" and before not in {".", "import"}:
                name = self._word_after(index)
                if text in HIDDEN:
                    hidden = True
                elif text == "import" and depth == 0:
                    self.imports.append((self._imported(index), line))
                elif text in DECLARING and name and depth == 0:
                    self._declare(text, name, hidden)
                    outer, hidden = name, False
                elif text in DECLARING and name:
                    self.inside.setdefault(outer, set()).add(name)
            before = text

    def _word_after(self, index: int) -> str:
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return following.text if following and following.kind == "word" else ""

    def _imported(self, index: int) -> str:
        """The module of `import Module`, of `import Module.Part` and of `import struct Module.Type`."""
        name = self._word_after(index)
        return self._word_after(index + 1) if name in DECLARING | {"let", "var"} else name

    def _declare(self, keyword: str, name: str, hidden: bool) -> None:
        if keyword != "func":
            self.inside.setdefault(name, set())
        if keyword != "extension":
            (self.hidden if hidden else self.functions if keyword == "func" else self.types).add(name)
