"""Makes an input smaller for as long as it shows the same fault: Zeller and Hildebrandt, Simplifying and isolating
failure-inducing input, 2002, by files, lines, then characters."""

import time
from pathlib import Path

import judging
from mutations import Files

# s for one find.
LONGEST = 15


def minimised(
        tool: Path, command: list[str], files: Files, sound: Files, outcome: judging.Outcome, folder: Path) -> Files:
    """The least of `files` found that ends as they do; where an undamaged file does as well, that is taken."""
    end = time.monotonic() + LONGEST

    def shows(candidate: Files) -> bool:
        if time.monotonic() > end:
            return False
        return judging.run(tool, command, candidate, folder).signature == outcome.signature

    if outcome.word in ("hang", "memory"):
        end = time.monotonic() + 4 * LONGEST
    for name in sorted(files):
        if files[name] != sound.get(name) and name in sound and shows({**files, name: sound[name]}):
            files = {**files, name: sound[name]}
    for name in sorted(files):
        without = {other: text for other, text in files.items() if other != name}
        if without and shows(without):
            files = without
    for name in sorted(files):
        for separator in (b"\n", b"><", b" ", b""):
            files = _by_parts(files, name, separator, shows)
    return files


def _by_parts(files: Files, name: str, separator: bytes, shows) -> Files:
    """Leaves out ever smaller groups of the parts between separators."""
    def split(text: bytes) -> list[bytes]:
        return text.split(separator) if separator else [text[place: place + 1] for place in range(len(text))]

    parts = split(files[name])
    if not separator and len(parts) > 400:
        return files
    size = max(1, len(parts) // 2)
    while size and len(parts) > 1:
        place = 0
        while place < len(parts):
            fewer = parts[:place] + parts[place + size:]
            if fewer and shows({**files, name: separator.join(fewer)}):
                parts = fewer
            else:
                place += size
        size //= 2
    return {**files, name: separator.join(parts)}
