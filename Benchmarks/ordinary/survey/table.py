"""The results of `make ordinary`: a file for spreadsheets, and a page for readers."""

import csv
import statistics
from dataclasses import dataclass

from judge import page

#: From here on a lane counts as full.
FULL = 0.95
#: What is asked of the whole: shares of the delay, and of the networks.
MOST_WORSE = 0.02
LEAST_BETTER = 0.9
LEAST_MEDIAN_GAIN = 0.15


@dataclass
class Row:
    """One network. Pairs are of the existing and of the proposed plan."""

    network: str
    kind: str
    #: s per vehicle, means over the seeds.
    sumo_delay: tuple
    greenwave_delay: tuple
    #: Worst degree of saturation of a lane.
    degree: tuple
    #: Lanes above `FULL` that were below.
    newly_full: int
    #: Shortest arrow of a turn that also waits for gaps, s; None without one.
    arrow: tuple
    #: s; of an arterial's first signal.
    cycle: tuple
    #: What is no longer kept apart.
    lost: list
    #: Seeds above twice the median.
    lock_ups: tuple
    #: Whether the tool advises the proposed plan.
    is_advised: bool

    @property
    def change(self):
        """Of the delay in SUMO, as a share of the existing plan's."""
        return self.sumo_delay[1] / self.sumo_delay[0] - 1


@dataclass(frozen=True)
class Goal:
    """What is asked, what was found, and whether that is enough."""

    text: str
    found: str
    is_met: bool


def goals(rows):
    """Of the whole."""
    changes = [row.change for row in rows]
    worst = max(rows, key=lambda row: row.change)
    better = sum(change < 0 for change in changes) / len(rows)
    gain = -statistics.median(changes)
    full, lost = sum(row.newly_full for row in rows), sum(bool(row.lost) for row in rows)
    return [
        Goal(
            f"none worse than the existing plan by more than {MOST_WORSE:.0%}",
            f"{sum(change > MOST_WORSE for change in changes)} are; worst {worst.change:+.1%} ({worst.network})",
            worst.change <= MOST_WORSE),
        Goal(f"at least {LEAST_BETTER:.0%} better", f"{better:.0%}", better >= LEAST_BETTER),
        Goal(f"median gain at least {LEAST_MEDIAN_GAIN:.0%}", f"{gain:.1%}", gain >= LEAST_MEDIAN_GAIN),
        Goal(f"no lane above {FULL} that was below", f"{full} lanes", full == 0),
        Goal("every safety stage kept", f"lost in {lost} networks", lost == 0)]


def write(folder, rows, versions, seeds):
    """Leaves `results.csv` and `results.md` in a folder."""
    with open(folder / "results.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "network", "kind", *_pair("sumo_delay_s_per_veh"), *_pair("greenwave_delay_s_per_veh"),
            "sumo_change_percent", *_pair("worst_degree_of_saturation"), "lanes_newly_full", *_pair("shortest_arrow_s"),
            *_pair("cycle_s"), "no_longer_kept_apart", *_pair("lock_ups"), "is_advised", "seeds", *versions])
        for row in rows:
            table.writerow([
                row.network, row.kind, *_numbers(row.sumo_delay, 2), *_numbers(row.greenwave_delay, 2),
                f"{row.change * 100:.1f}", *_numbers(row.degree, 3), row.newly_full, *_numbers(row.arrow, 1),
                *_numbers(row.cycle, 1), "; ".join(row.lost), *row.lock_ups, row.is_advised, seeds,
                *versions.values()])
    (folder / "results.md").write_text(_markdown(rows, versions, seeds), encoding="utf-8")


def _markdown(rows, versions, seeds):
    lines = [
        "# Ordinary junctions and arterials, scored by SUMO", "",
        f"{len(rows)} networks, means over {seeds} {'seed' if seeds == 1 else 'seeds'}, existing plan → proposed "
        "plan. What the columns mean, and how to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", "", "## Goals", ""]
    lines += page.markdown_table([["goal", "found", "met"], *(
        [goal.text, goal.found, "yes" if goal.is_met else "**no**"] for goal in goals(rows))])
    lines += ["", "## Networks", ""]
    table = [[
        "network", "kind", "SUMO, s/veh", "change", "Greenwave, s/veh", "worst v/c", "newly full lanes",
        "shortest arrow, s", "cycle, s", "no longer kept apart", "lock-ups"]]
    for row in rows:
        table.append([
            row.network, row.kind, _arrow(row.sumo_delay, 1), f"{row.change:+.1%}" if row.is_advised else "kept",
            _arrow(row.greenwave_delay, 1), _arrow(row.degree, 2), str(row.newly_full), _arrow(row.arrow, 0),
            _arrow(row.cycle, 0), _shortened(row.lost), _arrow(row.lock_ups, 0)])
    lines += page.markdown_table(table)
    return "\n".join(lines) + "\n"


def _shortened(texts):
    return "–" if not texts else texts[0] + (f", and {len(texts) - 1} more" if len(texts) > 1 else "")


def _pair(name):
    return f"existing_{name}", f"proposed_{name}"


def _numbers(pair, decimals):
    return ["" if value is None else f"{value:.{decimals}f}" for value in pair]


def _arrow(pair, decimals):
    return " → ".join(page.fixed(value, decimals) for value in pair)
