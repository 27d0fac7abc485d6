"""`make fidelity`: does Greenwave's simulator rank plans as SUMO does, and where does it differ?"""

import platform
import statistics
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from . import comparison, greenwave, options, page, random_plans, scatter, speed
from .comparison import Comparison
from .scenario import ScenarioError
from .sumo import Control, Sumo, SumoError

#: Links of each network that the page lists.
MOST_LINKS = 10


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
        speeds = [speed.measure(scenario, sumo) for scenario in scenarios]
        versions = {
            "greenwave": greenwave.version(), "SUMO": sumo.version_text, "sumo-rl": metadata.version("sumo-rl"),
            "Python": platform.python_version()}
    except (ScenarioError, SumoError, greenwave.GreenwaveError) as error:
        sys.exit(f"error: {error}")
    folder = options.folder(arguments)
    write(folder, comparisons, speeds, versions, arguments)
    if (folder / "results.csv").exists():
        page.write(folder)
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


def write(folder, comparisons, speeds, versions, arguments):
    """Leaves tables and plots in a folder."""
    comparison.write(folder, comparisons, versions)
    plots = folder / "plots"
    plots.mkdir(exist_ok=True)
    panels = [
        scatter.Panel(
            found.network, _summary(found), tuple(zip(found.sumo[1:], found.greenwave[1:])),
            (found.sumo[0], found.greenwave[0]))
        for found in comparisons]
    labels = ("SUMO: total delay, s per vehicle", "Greenwave: total delay, s per vehicle")
    for panel in panels:
        (plots / f"{panel.title}.svg").write_text(scatter.draw([panel], 1, *labels), encoding="utf-8")
    (plots / "all.svg").write_text(scatter.draw(panels, min(4, len(panels)), *labels), encoding="utf-8")
    (folder / "fidelity.md").write_text(_markdown(comparisons, speeds, versions, arguments), encoding="utf-8")


def _markdown(comparisons, speeds, versions, arguments):
    lines = [
        "# Greenwave's simulator against SUMO", "",
        f"Total delay of {arguments.plans} random legal plans for each network (cycles of {random_plans.CYCLES[0]} to "
        f"{random_plans.CYCLES[1]} s, random splits with stages of at least {random_plans.SHORTEST_STAGE} s, random "
        f"offsets), each played by both simulators with {arguments.seeds} seeds. *Spearman* says how well Greenwave's "
        "simulator ranks the plans; *bias* is its delay over SUMO's, less 1. The last column is the correlation "
        "of the delays of single links under the shipped plan; SUMO's add up to some per cent more by links than by "
        "trips. How to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", ""]
    table = page.fidelity_table(comparisons)
    for row, correlation in zip(table, ["links", *(page.fixed(found.link_correlation, 3) for found in comparisons)]):
        row.append(correlation)
    lines += page.markdown_table(table)
    lines += ["", "![All networks; the square is the shipped plan, the line is agreement](plots/all.svg)"]
    lines += [
        "", "## Speed", "",
        "Processor time of one simulation of the shipped plan on one thread, loading excluded, and the most memory that "
        "Greenwave had; on the machine that made this page.", ""]
    table = [["network", "SUMO, s", "Greenwave, s", "times faster", "memory, MB"]]
    for found in speeds:
        table.append([
            found.network, f"{found.sumo:.2f}", f"{found.greenwave:.4f}", f"{found.ratio:.0f}", f"{found.memory:.0f}"])
    lines += page.markdown_table(table)
    lines.append(f"\nThe median is {statistics.median(found.ratio for found in speeds):.0f} times.")
    for found in comparisons:
        lines += [
            "", f"## {found.network}", "", f"![{found.network}](plots/{found.network}.svg)", "",
            "Links under the shipped plan, those that differ most first:", ""]
        table = [[
            "link", "delay in SUMO, veh·h", "in Greenwave, veh·h", "mean queue in SUMO, veh", "in Greenwave, veh"]]
        for link, row in found.links_by_difference[:MOST_LINKS]:
            table.append([
                f"`{link}`", f"{row[0] / 3600:.2f}", f"{row[2] / 3600:.2f}", f"{row[1]:.1f}", f"{row[3]:.1f}"])
        lines += page.markdown_table(table)
    return "\n".join(lines) + "\n"


def _summary(found):
    """A line under the title of a plot."""
    return (
        f"Spearman {page.fixed(found.rank_correlation, 3)}; bias: mean {found.mean_bias:+.1%}, "
        f"absolute {found.mean_absolute_bias:.1%}")


if __name__ == "__main__":
    main()
