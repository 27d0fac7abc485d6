"""Damage to the files of an input, of the kinds that people, programs and attackers do."""

import gzip
import re
from random import Random

Files = dict[str, bytes]

NUMBERS = [
    "1e30", "-1e30", "-1", "0", "nan", "inf", "-inf", "0x10", "1e-30", "99999999999999999999", "1e9", "1e6", "-0.5",
    "0.1", "007", "1,5", "1.2.3", "", "+", "1e400", "3600", "86400", "٣", "2147483648", "-9223372036854775809", "1e5"]
WORDS = [
    "", " ", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1", "\x1b[31mred", "\x07", "a\x00b", "\u202e", "\x85", "é", "路口",
    "../../etc/passwd", "a/b", "<b>", "&amp;", "&bad;", "\"", "'", "*", "null", "~", "true", "[", "{", "%s", "x" * 5000,
    "\ufeff", "\u2028", "C:\\x", "07:30", "25:00", "2026-03-01T07:30:00", "0730"]
# What a text may hold between quotes or between separators; fields longer than that are no names.
FIELD = re.compile(rb'"[^"\n]{0,60}"')
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
ATTRIBUTE = re.compile(rb'\s[\w:.-]+="[^"]*"')
TAG = re.compile(rb"<(\w+)\b[^>]*?/>|<(\w+)\b[^<>]*>")


def damage(files: Files, random: Random) -> tuple[Files, str]:
    """The files with one thing changed, and a word for what was done."""
    name = random.choice(sorted(files))
    text = files[name]
    kinds = [
        number, number, number, field, field, swap, truncate, cut, line_away, line_twice, lines_swapped, encoding, noise,
        whole_file]
    if name.endswith((".xml", ".sumocfg")):
        kinds += [attribute_away, attribute_twice, element_away, element_twice, nested, attribute_away, element_twice, time]
    elif name.endswith(".csv"):
        kinds += [cell, cell, column_away, header, header, cell]
    elif name.endswith((".json", ".yaml")):
        kinds += [value, value, nested, indented, aliased]
    kind = random.choice(kinds)
    if kind is whole_file:
        return whole_file(files, name, random)
    changed = kind(text, random)
    return {**files, name: changed}, f"{kind.__name__} in {name}"


def _replaced(text: bytes, match: re.Match, new: bytes, group: int = 0) -> bytes:
    return text[: match.start(group)] + new + text[match.end(group):]


def _any(pattern: re.Pattern, text: bytes, random: Random) -> re.Match | None:
    found = list(pattern.finditer(text))
    return random.choice(found) if found else None


def number(text: bytes, random: Random) -> bytes:
    """Another number for one, or for all that are the same."""
    match = _any(NUMBER, text, random)
    if not match:
        return text
    new = random.choice(NUMBERS).encode()
    if random.random() < 0.1:
        return text.replace(match.group(), new)
    return _replaced(text, match, new)


def field(text: bytes, random: Random) -> bytes:
    """Another word in quotes; control characters, formulas, markup among them."""
    match = _any(FIELD, text, random)
    if not match:
        return cell(text, random)
    new = random.choice(WORDS + NUMBERS).encode()
    if random.random() < 0.3:
        return text.replace(match.group(), b'"' + new + b'"')
    return _replaced(text, match, b'"' + new + b'"')


def swap(text: bytes, random: Random) -> bytes:
    """What stands in quotes in one place, in another: references that lead elsewhere."""
    found = list(FIELD.finditer(text))
    if len(found) < 2:
        return lines_swapped(text, random)
    one, other = random.choice(found), random.choice(found)
    return _replaced(text, one, other.group())


def time(text: bytes, random: Random) -> bytes:
    """Another time, number, or word in an attribute that has one."""
    match = _any(re.compile(rb'(?:begin|end|depart|time|duration|offset|period|number)="([^"]*)"'), text, random)
    times = NUMBERS + ["06:00:00", "6:00", "1:00:00:00", "-00:10:00", "triggered", "begin", "exp(1)", "exp(1e6)", " 5 "]
    return _replaced(text, match, random.choice(times).encode(), 1) if match else text


def truncate(text: bytes, random: Random) -> bytes:
    """The beginning only."""
    return text[: random.randrange(len(text) + 1)]


def cut(text: bytes, random: Random) -> bytes:
    """All but a piece out of the middle."""
    begin = random.randrange(len(text) + 1)
    return text[:begin] + text[begin + random.choice([1, 1, 3, 10, 100]):]


def line_away(text: bytes, random: Random) -> bytes:
    """All but a line."""
    lines = text.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def line_twice(text: bytes, random: Random) -> bytes:
    """A line twice, or very often."""
    lines = text.split(b"\n")
    place = random.randrange(len(lines))
    lines[place:place] = [lines[place]] * random.choice([1, 1, 1, 2, 300])
    return b"\n".join(lines)


def lines_swapped(text: bytes, random: Random) -> bytes:
    """Two lines in each other's place."""
    lines = text.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def encoding(text: bytes, random: Random) -> bytes:
    """The same in another encoding, with marks, compressed, or damaged so."""
    def packed(text: bytes) -> bytes:
        return gzip.compress(text, mtime=0)

    plain = text.decode(errors="replace")
    return random.choice([
        lambda: plain.encode("utf-16"), lambda: plain.encode("utf-16-le"), lambda: plain.encode("latin-1", "replace"),
        lambda: b"\xef\xbb\xbf" + text, lambda: text.replace(b"\n", b"\r\n"), lambda: text.replace(b"\n", b"\r"),
        lambda: plain.encode("gb18030", "replace"), lambda: packed(text), lambda: packed(text)[:-20],
        lambda: packed(text)[:15] + b"\xff" + packed(text)[16:], lambda: packed(text) + b"rubbish",
        lambda: text.replace(b'encoding="UTF-8"', b'encoding="iso-8859-1"'), lambda: text.replace(b"\n", b" "),
        lambda: text.replace(b"\n", b"\n\n"), lambda: text + b"\x00", lambda: packed(packed(text)),
    ])()


def noise(text: bytes, random: Random) -> bytes:
    """A byte, or some, that nobody expects."""
    place = random.randrange(len(text) + 1)
    new = random.choice([
        b"\x00", b"\x1b[2J", b"\xff", b"\xc3", b"\x08", b"\x85", b"\xe2\x80\xae", b"\r", b"\t", b'"', b"<", b"&", b"{", b":",
        b"#", b";", b",", b"," * 3000, b"]]>", b"<!--", b"\n\n"])
    return text[:place] + new + text[place:]


def whole_file(files: Files, name: str, random: Random) -> tuple[Files, str]:
    """A file that is missing, empty, or another one."""
    left = dict(files)
    kind = random.choice(["missing", "empty", "blank", "another"])
    if kind == "missing" and len(files) > 1:
        del left[name]
    elif kind == "another":
        left[name] = files[random.choice(sorted(files))]
    else:
        left[name] = b"" if kind == "empty" else b" \n\n"
    return left, f"{kind}: {name}"


# MARK: XML


def attribute_away(text: bytes, random: Random) -> bytes:
    """An element without one of its attributes."""
    match = _any(ATTRIBUTE, text, random)
    return _replaced(text, match, b"") if match else text


def attribute_twice(text: bytes, random: Random) -> bytes:
    """An attribute that also stands somewhere else."""
    match, other = _any(ATTRIBUTE, text, random), _any(ATTRIBUTE, text, random)
    return _replaced(text, match, match.group() + other.group()) if match and other else text


def _element(text: bytes, random: Random) -> tuple[int, int] | None:
    """Begin and end of an element with all it holds."""
    match = _any(TAG, text, random)
    if not match:
        return None
    if match.group(1):
        return match.span()
    end = text.find(b"</" + match.group(2) + b">", match.end())
    return (match.start(), match.end() if end < 0 else end + len(match.group(2)) + 3)


def element_away(text: bytes, random: Random) -> bytes:
    """All but an element."""
    span = _element(text, random)
    return text[: span[0]] + text[span[1]:] if span else text


def element_twice(text: bytes, random: Random) -> bytes:
    """An element twice or often, or in another place, too."""
    span, place = _element(text, random), _element(text, random)
    if not span or not place:
        return text
    element = text[span[0]: span[1]]
    at = span[1] if random.random() < 0.6 else place[1]
    return text[:at] + element * random.choice([1, 1, 1, 2, 100]) + text[at:]


def nested(text: bytes, random: Random) -> bytes:
    """Something many times within itself."""
    depth = random.choice([3, 50, 200, 100_000])
    place = random.randrange(len(text) + 1)
    opening, closing = random.choice([(b"<edge>", b"</edge>"), (b"[", b"]"), (b'{"a":', b"}"), (b"- ", b""), (b"{a: ", b"}")])
    return text[:place] + opening * depth + closing * depth + text[place:]


# MARK: Tables


def _cells(text: bytes) -> list[list[bytes]]:
    return [line.split(b",") for line in text.split(b"\n")]


def _joined(rows: list[list[bytes]]) -> bytes:
    return b"\n".join(b",".join(row) for row in rows)


def cell(text: bytes, random: Random) -> bytes:
    """Another value in a field, or the field of another row."""
    rows = _cells(text)
    row = random.choice(rows)
    place = random.randrange(len(row))
    other = random.choice(rows)
    row[place] = random.choice([
        lambda: random.choice(NUMBERS).encode(), lambda: random.choice(WORDS).encode(),
        lambda: other[min(place, len(other) - 1)], lambda: b"", lambda: row[place] + b"," + row[place]])()
    return _joined(rows)


def column_away(text: bytes, random: Random) -> bytes:
    """All but a column."""
    rows = _cells(text)
    place = random.randrange(max(map(len, rows)))
    return _joined([row[:place] + row[place + 1:] for row in rows])


def header(text: bytes, random: Random) -> bytes:
    """Another name for a column: none, one that is there already, one in other letters."""
    rows = _cells(text)
    names = rows[random.choice([0, 0, min(1, len(rows) - 1)])]
    place = random.randrange(len(names))
    names[place] = random.choice([b"", random.choice(names), names[place].upper(), b" " + names[place] + b" ", b"comment"])
    return _joined(rows)


# MARK: YAML and JSON


def value(text: bytes, random: Random) -> bytes:
    """Another value for a key."""
    match = _any(re.compile(rb':[ \t]*([^\s,{}\[\]][^,\n{}\[\]]*)'), text, random)
    if not match:
        return text
    new = random.choice(WORDS + NUMBERS + ["[1, 2]", "{a: 1}", "[]", "{}", "!!binary x", "&a [*a]", "|", ">-"])
    return _replaced(text, match, new.encode(), 1)


def indented(text: bytes, random: Random) -> bytes:
    """A line that begins elsewhere."""
    lines = text.split(b"\n")
    place = random.randrange(len(lines))
    lines[place] = random.choice([b"  " + lines[place], b"\t" + lines[place], lines[place].lstrip(), b" " + lines[place]])
    return b"\n".join(lines)


def aliased(text: bytes, random: Random) -> bytes:
    """Anchors that stand for anchors: what a few lines unfold to has no end."""
    bomb = b"a0: &a0 [x,x,x,x,x,x,x,x]\n" + b"".join(
        b"a%d: &a%d [%s]\n" % (level, level, b",".join([b"*a%d" % (level - 1)] * 8)) for level in range(1, 9))
    return bomb + text
