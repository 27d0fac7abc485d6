"""Writes the results of `make quality`: for spreadsheets and for readers."""

import csv
from dataclasses import dataclass

from .estimate import Estimate


@dataclass
class Row:
    """One method on one network; without figures where it failed, and then the note says why."""

    network: str
    method: str
    demand: "float | None" = None
    served: "float | None" = None
    #: s per vehicle.
    delay: "Estimate | None" = None
    #: Per vehicle.
    stops: "float | None" = None
    #: To make the plan.
    seconds: "float | None" = None
    note: str = ""


#: Methods that follow the queues as they are; the others are fixed-time plans.
RESPONSIVE = ("actuated", "max-pressure")


def write(folder, rows, versions, seeds):
    """Leaves `results.csv` and `results.md` in a folder."""
    with open(folder / "results.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "network", "method", "demand_veh", "served_veh", "delay_s_per_veh", "delay_half_width_95", "stops_per_veh",
            "seconds_to_make", "seeds", *versions, "note"])
        for row in rows:
            table.writerow([
                row.network, row.method, _number(row.demand, 0), _number(row.served, 1),
                _number(row.delay and row.delay.mean, 2), _number(row.delay and row.delay.half_width, 2),
                _number(row.stops, 3), _number(row.seconds, 1), seeds, *versions.values(), row.note])
    (folder / "results.md").write_text(_markdown(rows, versions, seeds), encoding="utf-8")


def _markdown(rows, versions, seeds):
    networks = list(dict.fromkeys(row.network for row in rows))
    methods = list(dict.fromkeys(row.method for row in rows))
    found = {(row.network, row.method): row for row in rows}
    notes = _Notes()

    lines = [
        "# Plans scored by SUMO", "",
        f"Means over {seeds} {'seed' if seeds == 1 else 'seeds'}, ± half the width of the 95 % confidence interval. "
        "Total delay is Σ (time loss + departure delay) over the vehicles of the period, divided by their number; "
        "vehicles that never arrived or never departed count up to the period's end. What the methods are, and how "
        "to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", "",
        "## Total delay, s per vehicle", "",
        "The least delay of the fixed-time plans is in bold; the methods in italics react to traffic.", ""]
    head = [f"*{name}*" if name in RESPONSIVE else name for name in methods]
    table = [["network", *head]]
    for network in networks:
        fixed = [
            found[network, method].delay.mean for method in methods
            if method not in RESPONSIVE and found[network, method].delay]
        cells = [network]
        for method in methods:
            row = found[network, method]
            text = _estimate(row.delay)
            if row.delay and method not in RESPONSIVE and row.delay.mean == min(fixed):
                text = f"**{text}**"
            cells.append(text + notes.mark(row.note))
        table.append(cells)
    lines += markdown_table(table)
    for network in networks:
        lines += ["", f"## {network}", ""]
        table = [["method", "demand, veh", "served, veh", "total delay, s/veh", "stops/veh", "made in, s"]]
        for method in methods:
            row = found[network, method]
            table.append([
                method + notes.mark(row.note), _number(row.demand, 0) or "–", _number(row.served, 0) or "–",
                _estimate(row.delay), _number(row.stops, 2) or "–", _number(row.seconds, 1) or "–"])
        lines += markdown_table(table)
    return "\n".join(lines + notes.lines()) + "\n"


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


def _number(value, decimals):
    return "" if value is None else f"{value:.{decimals}f}"
