"""The results of `make quality` as a file for spreadsheets, which the page of results is made from."""

import csv
from dataclasses import dataclass

from .estimate import Estimate

#: Columns before the versions of the software.
_COLUMNS = (
    "network", "method", "demand_veh", "served_veh", "delay_s_per_veh", "delay_half_width_95", "stops_per_veh",
    "seconds_to_make", "lock_ups", "is_safe", "seeds")

#: How whether something is so is written.
_YES_NO = {True: "yes", False: "no", None: ""}
_FROM_YES_NO = {text: value for value, text in _YES_NO.items()}


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
    #: Seeds with more than twice the median delay.
    lock_ups: "int | None" = None
    #: Whether `greenwave check` finds nothing unsafe; None for controls that it cannot judge.
    is_safe: "bool | None" = None
    note: str = ""


@dataclass
class Results:
    """Rows, and what made them."""

    rows: list
    versions: dict
    seeds: int


def write(folder, results):
    """Leaves `results.csv` in a folder."""
    with open(folder / "results.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*_COLUMNS, *results.versions, "note"])
        for row in results.rows:
            table.writerow([
                row.network, row.method, number(row.demand, 0), number(row.served, 1),
                number(row.delay and row.delay.mean, 2), number(row.delay and row.delay.half_width, 2),
                number(row.stops, 3), number(row.seconds, 1), number(row.lock_ups, 0), _YES_NO[row.is_safe],
                results.seeds, *results.versions.values(), row.note])


def read(folder):
    """What `write` left there."""
    with open(folder / "results.csv", newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    rows = []
    for line in lines:
        figures = [float(line[name]) if line[name] else None for name in _COLUMNS[2:9]]
        demand, served, delay, half_width, stops, seconds, lock_ups = figures
        rows.append(Row(
            line["network"], line["method"], demand, served,
            None if delay is None else Estimate(delay, half_width), stops, seconds,
            None if lock_ups is None else int(lock_ups), _FROM_YES_NO[line["is_safe"]], line["note"]))
    versions = {name: lines[0][name] for name in lines[0] if name not in _COLUMNS and name != "note"}
    return Results(rows, versions, int(lines[0]["seeds"]))


def number(value, decimals):
    """A number, or nothing for None."""
    return "" if value is None else f"{value:.{decimals}f}"
