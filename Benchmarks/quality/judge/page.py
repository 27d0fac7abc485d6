"""The page of results, for readers."""

import math

from . import comparison, results

#: Methods that follow the queues as they are; the others are fixed-time plans.
RESPONSIVE = ("actuated", "max-pressure")


def write(folder):
    """Leaves `results.md` beside the files of results that a folder has."""
    found = results.read(folder)
    notes = _Notes()
    lines = _quality(found, notes)
    if (folder / "fidelity.csv").exists():
        lines += ["", "## Greenwave's simulator against SUMO", "", (
            "The model behind Greenwave's plans, on random plans of the same networks; details and links: "
            "[fidelity.md](fidelity.md)."), ""]
        lines += markdown_table(fidelity_table(comparison.read(folder)))
        lines += ["", "![All networks; the square is the shipped plan, the line is agreement](plots/all.svg)"]
    lines += notes.lines()
    (folder / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def fidelity_table(comparisons):
    """Rows of a table of how well Greenwave's simulator agrees with SUMO, its head first."""
    table = [[
        "network", "Spearman", "mean bias", "mean absolute bias", "shipped plan: SUMO, s/veh", "Greenwave, s/veh"]]
    for found in comparisons:
        table.append([
            found.network, fixed(found.rank_correlation, 3), f"{found.mean_bias:+.1%}",
            f"{found.mean_absolute_bias:.1%}", f"{found.sumo[0]:.1f}", f"{found.greenwave[0]:.1f}"])
    return table


def _quality(outcome, notes):
    rows, versions, seeds = outcome.rows, outcome.versions, outcome.seeds
    networks = list(dict.fromkeys(row.network for row in rows))
    methods = list(dict.fromkeys(row.method for row in rows))
    found = {(row.network, row.method): row for row in rows}

    lines = [
        "# Plans scored by SUMO", "",
        f"Means over {seeds} {'seed' if seeds == 1 else 'seeds'}, ± half the width of the 95 % confidence interval. "
        "Total delay is Σ (time loss + departure delay) over the vehicles of the period, divided by their number; "
        "vehicles that never arrived or never departed count up to the period's end. *Lock-ups* are seeds with more "
        "than twice the plan's median delay; *safe* is what `greenwave check` says. What the methods are, and how "
        "to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", "",
        "## Total delay, s per vehicle", "",
        "The least delay of the fixed-time plans is in bold; the methods in italics react to traffic.", ""]
    head = [f"*{name}*" if name in RESPONSIVE else name for name in methods]
    table = [["network", *head]]
    for network in networks:
        planned = [
            found[network, method].delay.mean for method in methods
            if method not in RESPONSIVE and found[network, method].delay]
        cells = [network]
        for method in methods:
            row = found[network, method]
            text = _estimate(row.delay)
            if row.delay and method not in RESPONSIVE and row.delay.mean == min(planned):
                text = f"**{text}**"
            cells.append(text + notes.mark(row.note))
        table.append(cells)
    if len(networks) > 1 and "shipped" in methods:
        table.append(["*over shipped*", *(_relative(found, networks, method) for method in methods)])
        lines[-2] += " The last row is the geometric mean of the delays over those of the shipped plans."
    lines += markdown_table(table)
    for network in networks:
        lines += ["", f"## {network}", ""]
        table = [[
            "method", "demand, veh", "served, veh", "total delay, s/veh", "stops/veh", "made in, s", "lock-ups", "safe"]]
        for method in methods:
            row = found[network, method]
            table.append([
                method + notes.mark(row.note), fixed(row.demand, 0), fixed(row.served, 0),
                _estimate(row.delay), fixed(row.stops, 2), fixed(row.seconds, 1),
                fixed(row.lock_ups, 0), {True: "yes", False: "**no**", None: "–"}[row.is_safe]])
        lines += markdown_table(table)
    return lines


def _relative(found, networks, method):
    """Geometric mean of a method's delays over the shipped plan's; a dash where it failed somewhere."""
    pairs = [(found[network, method].delay, found[network, "shipped"].delay) for network in networks]
    if any(ours is None or shipped is None or min(ours.mean, shipped.mean) <= 0 for ours, shipped in pairs):
        return "–"
    return f"{math.exp(sum(math.log(ours.mean / shipped.mean) for ours, shipped in pairs) / len(pairs)):.2f}"


class _Notes:
    """Footnotes, numbered as they come."""

    def __init__(self):
        self.texts = []

    def mark(self, text):
        """The mark of a footnote; nothing for no text."""
        if not text:
            return ""
        if text not in self.texts:
            self.texts.append(text)
        return f" [^{self.texts.index(text) + 1}]"

    def lines(self):
        """The footnotes."""
        return [line for number, text in enumerate(self.texts, 1) for line in ("", f"[^{number}]: {text}")]


def markdown_table(rows):
    """Lines of a table; the first row is its head, the first column is text."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|---|" + "---:|" * (len(rows[0]) - 1), *lines[1:]]


def _estimate(estimate):
    if estimate is None:
        return "–"
    width = "" if estimate.half_width is None else f" ± {estimate.half_width:.1f}"
    return f"{estimate.mean:.1f}{width}"


def fixed(value, decimals):
    """A number, or a dash for None."""
    return results.number(value, decimals) or "–"
