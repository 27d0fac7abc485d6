"""`make fidelity`: does Greenwave's simulator rank plans as SUMO does, and where does it differ?"""

import csv
import platform
import statistics
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from . import greenwave, options, random_plans, scatter
from .estimate import correlation, rank_correlation
from .results import markdown_table
from .scenario import ScenarioError
from .sumo import Control, Sumo, SumoError

#: Links of each network that the page lists.
MOST_LINKS = 10


@dataclass
class Comparison:
    """Two simulators on one network. Delays in s per vehicle, the shipped plan's first."""

    network: str
    sumo: list
    greenwave: list
    #: By link: SUMO's and Greenwave's delay (veh·s) and mean queue of the shipped plan.
    links: dict

    @property
    def biases(self):
        """Greenwave's relative errors on the random plans."""
        return [ours / theirs - 1 for ours, theirs in zip(self.greenwave[1:], self.sumo[1:])]

    @property
    def rank_correlation(self):
        """Spearman's, over the random plans."""
        return rank_correlation(self.sumo[1:], self.greenwave[1:])

    @property
    def link_correlation(self):
        """Pearson's, of the delays of links."""
        return correlation([row[0] for row in self.links.values()], [row[2] for row in self.links.values()])

    @property
    def summary(self):
        """A line under the plot."""
        return (
            f"Spearman {_fixed(self.rank_correlation, 3)}, mean bias {statistics.fmean(self.biases):+.1%}, "
            f"mean absolute bias {statistics.fmean(map(abs, self.biases)):.1%}")


def main():
    parser = options.parser(__doc__, seeds=2)
    parser.add_argument("--plans", type=int, default=40, help="random plans of each network; 40 by default")
    arguments = parser.parse_args()
    if arguments.plans < 3:
        parser.error("a rank correlation wants at least 3 plans")
    try:
        scenarios = options.scenarios(arguments)
        sumo = Sumo(options.CACHE)
        comparisons = [compare(scenario, sumo, arguments) for scenario in scenarios]
        versions = {
            "greenwave": greenwave.version(), "SUMO": sumo.version_text, "sumo-rl": metadata.version("sumo-rl"),
            "Python": platform.python_version()}
    except (ScenarioError, SumoError, greenwave.GreenwaveError) as error:
        sys.exit(f"error: {error}")
    folder = options.folder(arguments)
    write(folder, comparisons, versions, arguments)
    print((folder / "fidelity.md").read_text(encoding="utf-8"))


def compare(scenario, sumo, arguments):
    """Both simulators on the shipped plan and on random ones."""
    print(f"{scenario.name}: SUMO", file=sys.stderr, flush=True)
    seeds = range(1, arguments.seeds + 1)
    plans = random_plans.draw(scenario, arguments.plans)
    shipped = sumo.runs(scenario, Control(), seeds, arguments.workers, with_links=True)
    jobs = [(Control(plan=plan), seed) for plan in plans for seed in seeds]
    runs = sumo.play(scenario, jobs, arguments.workers)
    groups = [shipped] + [runs[start:start + len(seeds)] for start in range(0, len(runs), len(seeds))]
    print(f"{scenario.name}: greenwave", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, plan in enumerate(plans):
            files.append(Path(folder) / f"plan{number}.add.xml")
            files[-1].write_text(plan, encoding="utf-8")
        delays = greenwave.delays(scenario, files, arguments.seeds)
    return Comparison(
        scenario.name, [statistics.fmean(run.delay_per_vehicle for run in group) for group in groups], delays,
        _links(shipped, greenwave.links(scenario, arguments.seeds)))


def _links(runs, ours):
    """Links that both know; edges that Greenwave leaves out have no lane for cars."""
    links = {}
    for name, (delay, queue) in ours.items():
        theirs = [run.links.get(name, (0.0, 0.0)) for run in runs]
        links[name] = (
            statistics.fmean(row[0] for row in theirs), statistics.fmean(row[1] for row in theirs), delay, queue)
    return links


def write(folder, comparisons, versions, arguments):
    """Leaves tables and plots in a folder."""
    with open(folder / "fidelity.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["network", "plan", "sumo_delay_s_per_veh", "greenwave_delay_s_per_veh", *versions])
        for found in comparisons:
            for number, pair in enumerate(zip(found.sumo, found.greenwave)):
                plan = "shipped" if number == 0 else f"random-{number - 1}"
                table.writerow([found.network, plan, *(f"{value:.2f}" for value in pair), *versions.values()])
    with open(folder / "fidelity-links.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "network", "link", "sumo_delay_veh_s", "greenwave_delay_veh_s", "sumo_queue_veh", "greenwave_queue_veh"])
        for found in comparisons:
            for link, row in _by_difference(found):
                table.writerow([
                    found.network, link, f"{row[0]:.0f}", f"{row[2]:.0f}", f"{row[1]:.2f}", f"{row[3]:.2f}"])
    plots = folder / "plots"
    plots.mkdir(exist_ok=True)
    panels = [
        scatter.Panel(
            found.network, found.summary, tuple(zip(found.sumo[1:], found.greenwave[1:])),
            (found.sumo[0], found.greenwave[0]))
        for found in comparisons]
    labels = ("SUMO: total delay, s per vehicle", "Greenwave: total delay, s per vehicle")
    for panel in panels:
        (plots / f"{panel.title}.svg").write_text(scatter.draw([panel], 1, *labels), encoding="utf-8")
    (plots / "all.svg").write_text(scatter.draw(panels, min(4, len(panels)), *labels), encoding="utf-8")
    (folder / "fidelity.md").write_text(_markdown(comparisons, versions, arguments), encoding="utf-8")


def _markdown(comparisons, versions, arguments):
    lines = [
        "# Greenwave's simulator against SUMO", "",
        f"Total delay of {arguments.plans} random legal plans for each network (cycles of {random_plans.CYCLES[0]} to "
        f"{random_plans.CYCLES[1]} s, random splits with stages of at least {random_plans.SHORTEST_STAGE} s, random "
        f"offsets), each played by both simulators with {arguments.seeds} seeds. *Spearman* says how well Greenwave's "
        "simulator ranks the plans; *bias* is its delay over SUMO's, less 1. The link column is the correlation of "
        "the delays of single links under the shipped plan. How to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", ""]
    table = [[
        "network", "Spearman", "mean bias", "mean absolute bias", "shipped plan: SUMO, s/veh", "Greenwave, s/veh",
        "links"]]
    for found in comparisons:
        table.append([
            found.network, _fixed(found.rank_correlation, 3), f"{statistics.fmean(found.biases):+.1%}",
            f"{statistics.fmean(map(abs, found.biases)):.1%}", f"{found.sumo[0]:.1f}", f"{found.greenwave[0]:.1f}",
            _fixed(found.link_correlation, 3)])
    lines += markdown_table(table)
    lines += ["", "![All networks; the square is the shipped plan, the line is agreement](plots/all.svg)"]
    for found in comparisons:
        lines += [
            "", f"## {found.network}", "", f"![{found.network}](plots/{found.network}.svg)", "",
            "Links under the shipped plan, those that differ most first:", ""]
        table = [[
            "link", "delay in SUMO, veh·h", "in Greenwave, veh·h", "mean queue in SUMO, veh", "in Greenwave, veh"]]
        for link, row in _by_difference(found)[:MOST_LINKS]:
            table.append([
                f"`{link}`", f"{row[0] / 3600:.2f}", f"{row[2] / 3600:.2f}", f"{row[1]:.1f}", f"{row[3]:.1f}"])
        lines += markdown_table(table)
    return "\n".join(lines) + "\n"


def _by_difference(found):
    """Links with delay, by how far the two simulators are apart on them."""
    links = [(link, row) for link, row in found.links.items() if row[0] + row[2] >= 0.5]
    return sorted(links, key=lambda item: (-abs(item[1][0] - item[1][2]), item[0]))


def _fixed(value, decimals):
    return "–" if value is None else f"{value:.{decimals}f}"


if __name__ == "__main__":
    main()
