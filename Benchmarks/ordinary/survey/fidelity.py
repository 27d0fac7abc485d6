"""`make fidelity` on networks written by hand: as they stand and converted, in Greenwave and in SUMO."""

import csv
import re
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge import comparison, greenwave, page
from judge.comparison import Comparison
from judge.sumo import Control, Sumo, SumoError

from . import draw, network_file, permissive, random_programmes
from .benchmark import CACHE, arguments_parser, chosen, results_folder, versions_of

#: Networks that are played where nobody says how many.
NETWORKS = 40
#: What is asked of all plans together.
LEAST_RANK_CORRELATION = 0.95
MOST_ABSOLUTE_BIAS = 0.1
#: By how much the volume that left turns carry through gaps may differ, as a share of SUMO's.
MOST_VOLUME_ERROR = 0.1
#: An approach of a network's file; how SUMO's edges are named that the conversion makes of it.
_APPROACH = re.compile(r"([^. ]+\.[NESW]+)(\.\d+)?")


def main():
    parser = arguments_parser(__doc__, seeds=2)
    parser.add_argument("--plans", type=int, default=4, help="random plans of each network; 4 by default")
    parser.set_defaults(limit=NETWORKS)
    arguments = parser.parse_args()
    if arguments.plans < 3:
        parser.error("a rank correlation wants at least 3 plans")
    sumo = Sumo(CACHE)
    versions = versions_of(sumo)

    def compared(name):
        print(name, file=sys.stderr, flush=True)
        return compare(draw.network(name, arguments.draw), sumo, arguments)

    try:
        with ThreadPoolExecutor(arguments.workers) as pool:
            found = list(pool.map(compared, chosen(arguments)))
            volumes = list(pool.map(lambda case: volume(case, sumo, arguments.seeds), permissive.networks()))
    except (SumoError, greenwave.GreenwaveError) as error:
        sys.exit(f"error: {error}")
    folder = results_folder(arguments)
    write(folder, found, volumes, versions, arguments)
    print((folder / "fidelity.md").read_text(encoding="utf-8"))


def compare(network, sumo, arguments):
    """The network as it stands and its conversion, both against SUMO, on the plan in force and on random ones."""
    variants = [network, *(random_programmes.redrawn(network, number) for number in range(arguments.plans))]
    played = [play(variant, sumo, arguments.seeds) for variant in variants]
    theirs = [statistics.fmean(run.delay_per_vehicle for run in runs) for runs, _, _ in played]
    found = []
    for name, which in ((network.name, 1), (f"{network.name}, converted", 2)):
        ours = [simulations[which]["measures"]["delayPerVehicle"] for simulations in played]
        found.append(Comparison(name, theirs, ours, approaches(played[0][0], played[0][which])))
    return found


def play(network, sumo, seeds):
    """SUMO's runs of the conversion, then what Greenwave measures on the network, and on its conversion."""
    with tempfile.TemporaryDirectory() as holder:
        file = Path(holder) / "network.yaml"
        file.write_text(network_file.text(network), encoding="utf-8")
        greenwave.convert(file, Path(holder) / "sumo")
        scenario = sumo.network(Path(holder) / "sumo")
        native = greenwave.simulation(file, seeds)
    runs = sumo.runs(scenario, Control(), range(1, seeds + 1), workers=1, with_links=True)
    return runs, native, greenwave.simulation(scenario.configuration, seeds)


def approaches(runs, simulation):
    """By approach: SUMO's delay (veh·s) and mean queue (veh), then Greenwave's."""
    found = {}
    for run in runs:
        for link, figures in run.links.items():
            _add(found, link, 0, [figure / len(runs) for figure in figures])
    for link in simulation["links"]:
        _add(found, link["link"], 2, [link["totalDelayHours"] * 3600, link["meanQueue"]])
    return found


def _add(found, link, column, figures):
    name = _APPROACH.fullmatch(link)
    if name:
        row = found.setdefault(name[1], [0.0] * 4)
        for position, figure in enumerate(figures, column):
            row[position] += figure


def volume(case, sumo, seeds):
    """(opposing flow, exit lanes, pocket; veh/h carried in SUMO, in Greenwave, in Greenwave after conversion)."""
    opposing, exits, pocket, network = case
    runs, native, converted = play(network, sumo, seeds)
    rest = permissive.others(network)
    carried = [
        statistics.fmean(run.served for run in runs), *(found["measures"]["served"] for found in (native, converted))]
    return opposing, exits, pocket, *(served - rest for served in carried)


def write(folder, found, volumes, versions, arguments):
    """Leaves tables in a folder."""
    comparison.write(folder, [one for pair in found for one in pair], versions)
    with open(folder / "permissive.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "opposing_veh_per_h", "exit_lanes", "pocket_m", "sumo_veh_per_h", "greenwave_veh_per_h",
            "greenwave_converted_veh_per_h", *versions])
        for opposing, exits, pocket, *carried in volumes:
            table.writerow([
                opposing, exits, "" if pocket is None else pocket, *(f"{value:.1f}" for value in carried),
                *versions.values()])
    (folder / "fidelity.md").write_text(_markdown(found, volumes, versions, arguments), encoding="utf-8")


def _markdown(found, volumes, versions, arguments):
    totals = [
        Comparison.pooled(name, [pair[which] for pair in found])
        for which, name in ((0, "all, as they stand"), (1, "all, converted"))]
    lines = [
        "# Networks written by hand: Greenwave's simulator against SUMO", "",
        f"{len(found)} networks of `survey/`, each with its plan in force and {arguments.plans} random legal plans, "
        f"{arguments.seeds} seeds: as it stands, in Greenwave; its conversion by `greenwave convert`, in Greenwave; "
        "the same conversion in SUMO. *Bias* is Greenwave's delay over SUMO's, less 1; the last column is the "
        "correlation of the delays of approaches under the plan in force. How to run this: [README.md](README.md).", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", "", "## Goals", ""]
    table = [["goal", "as they stand", "converted"]]
    table.append([
        f"Spearman over all plans at least {LEAST_RANK_CORRELATION}",
        *(page.fixed(total.rank_correlation, 3) for total in totals)])
    table.append([
        f"mean absolute bias at most {MOST_ABSOLUTE_BIAS:.0%}",
        *(f"{total.mean_absolute_bias:.1%}" for total in totals)])
    table.append([
        f"left turns through gaps within {MOST_VOLUME_ERROR:.0%} of SUMO's volume",
        *(_volume_errors([case[column] / case[3] - 1 for case in volumes]) for column in (4, 5))])
    lines += page.markdown_table(table)
    lines += ["", "## Left turns through gaps", "", (
        "Vehicles per hour that one approach carries, with more left turns than there are gaps for, and beside a "
        "pocket 250 veh/h straight on; 70 s of green in a cycle of 100 s."), ""]
    table = [["opposing, veh/h", "exit lanes", "pocket, m", "SUMO", "as it stands", "error", "converted", "error"]]
    for opposing, exits, pocket, sumo, native, converted in volumes:
        table.append([
            str(opposing), str(exits), "–" if pocket is None else str(pocket), f"{sumo:.0f}",
            f"{native:.0f}", f"{native / sumo - 1:+.0%}", f"{converted:.0f}", f"{converted / sumo - 1:+.0%}"])
    lines += page.markdown_table(table)
    lines += ["", "## Networks", ""]
    every = [*totals, *(one for pair in found for one in pair)]
    table = page.fidelity_table(every)
    for row, correlation in zip(table, ["approaches", *(page.fixed(one.link_correlation, 3) for one in every)]):
        row.append(correlation)
    for row in table[1:len(totals) + 1]:
        # Several networks have no plan in force in common.
        row[4:6] = ["–", "–"]
    lines += page.markdown_table(table)
    return "\n".join(lines) + "\n"


def _volume_errors(errors):
    within = sum(abs(error) <= MOST_VOLUME_ERROR for error in errors)
    return f"{within} of {len(errors)}, mean absolute error {statistics.fmean(map(abs, errors)):.1%}"


if __name__ == "__main__":
    main()
