"""Plans of the split programs alone against those of `greenwave optimize`: what SUMO serves, and how long links spill back."""

import argparse
import csv
import platform
import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from judge import baselines, greenwave
from judge.estimate import Estimate
from judge.scenario import Scenario, elements
from judge.sumo import Control, Sumo

HOME = Path(__file__).resolve().parent
NETWORKS = ("arterial4x4", "ingolstadt7")
#: A queue that ends so near to a lane's begin leaves no room for a vehicle, m: as SUMO's cars stand, 5 m and a gap of 2.5 m.
SPACING = 7.5
#: Links that spill back for so many seconds are counted.
VISIBLE = 60


def counts(scenario, sumo, folder):
    """The whole demand as a table of turning counts at the signals, for `greenwave retime`; trips get SUMO's shortest ways."""
    signalled, ends = set(), {}
    for node in elements(scenario.net):
        if node.tag == "edge" and node.get("to"):
            ends[node.get("id")] = node.get("to")
        elif node.tag == "connection" and node.get("tl"):
            signalled.add((node.get("from"), node.get("to")))
    turns = dict.fromkeys(sorted(signalled), 0)
    for node in elements(baselines.routed(scenario, sumo, folder)):
        if node.tag != "vehicle" or not scenario.begin <= float(node.get("depart")) < scenario.end:
            continue
        edges = node.find("route").get("edges").split()
        for turn in zip(edges, edges[1:]):
            if turn in turns:
                turns[turn] += 1
    times = f"{scenario.begin:g},{scenario.end:g}"
    rows = [f"{ends[begin]},{begin},{end},{times},{number}" for (begin, end), number in turns.items()]
    return "\n".join(["junction,from,to,begin,end,vehicles", *rows, ""])


def split_programs(scenario, sumo):
    """Greens of the split programs for the whole demand and offsets of the platoon model, at the shipped stages and cycles;
    nothing is simulated."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "counts.csv"
        table.write_text(counts(scenario, sumo, Path(folder)), encoding="utf-8")
        subprocess.run(
            [greenwave.PROGRAM, "retime", scenario.configuration, "--counts", table, "--max-change", "3600", "-o", folder],
            check=True, capture_output=True)
        return Control(plan=(Path(folder) / "plan.add.xml").read_text(encoding="utf-8"))


#: In the order of the table: what makes each plan.
METHODS = {
    "shipped": lambda scenario, sumo: Control(),
    "split programs": split_programs,
    "optimize": lambda scenario, sumo: greenwave.optimized(scenario, sumo, 1).control,
}


def inner_lanes(net):
    """By lane of a link that other links lead to: its length, m."""
    fed, lanes = set(), {}
    for node in elements(net):
        if node.tag == "connection" and not node.get("from").startswith(":"):
            fed.add(node.get("to"))
        elif node.tag == "lane" and not node.get("id").startswith(":"):
            lanes[node.get("id")] = float(node.get("length"))
    return {lane: length for lane, length in lanes.items() if lane.rpartition("_")[0] in fed}


def spillback(file, lanes):
    """By link: seconds in which a queue reached to the begin of one of its lanes."""
    seconds, full = {}, set()
    number = re.compile(r'<lane id="([^"]*)".* queueing_length="([^"]*)"')
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            found = number.search(line)
            if found and float(found[2]) > lanes.get(found[1], float("inf")) - SPACING:
                full.add(found[1].rpartition("_")[0])
            elif "</data>" in line:
                for link in full:
                    seconds[link] = seconds.get(link, 0) + 1
                full = set()
    return seconds


def measure(sumo, scenario, control, seed, lanes):
    """Vehicles served, total delay (s per vehicle) and seconds of spillback by link, in one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        queues = folder / "queues.xml"
        command = sumo.command(scenario, seed)
        sumo.command = lambda *_: [*command, "--queue-output", queues]
        try:
            run = sumo._simulate(scenario, control, seed, False, folder)
        finally:
            del sumo.command
        return run.served, run.delay_per_vehicle, spillback(queues, lanes)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="of RESCO, separated by commas")
    parser.add_argument("--seeds", type=int, default=5, help="how many; 5 by default")
    parser.add_argument("--sumo-version", default="1.28.0", help="the version of SUMO to install and use")
    parser.add_argument("--plan", action="append", default=[], metavar="NAME=FILE", help="a SUMO plan of your own; may be repeated")
    parser.add_argument("--output", type=Path, default=HOME, metavar="DIR", help="where results.md and results.csv go")
    arguments = parser.parse_args()
    sumo = Sumo(HOME / ".cache")
    methods = dict(METHODS)
    for plan in arguments.plan:
        name, _, file = plan.partition("=")
        methods[name] = lambda scenario, sumo, file=file: Control(plan=Path(file).read_text(encoding="utf-8"))
    versions = {
        "greenwave": greenwave.version(), "SUMO": sumo.version_text, "sumo-rl": metadata.version("sumo-rl"),
        "Python": platform.python_version()}
    rows, table = [], []
    for scenario in map(Scenario.public, arguments.networks.split(",")):
        lanes = inner_lanes(scenario.net)
        for method, make in methods.items():
            print(f"{scenario.name}: {method}", file=sys.stderr, flush=True)
            control = make(scenario, sumo)
            runs = [measure(sumo, scenario, control, seed, lanes) for seed in range(1, arguments.seeds + 1)]
            for seed, (served, delay, links) in enumerate(runs, 1):
                visible = sum(duration >= VISIBLE for duration in links.values())
                rows.append([
                    scenario.name, method, seed, served, f"{delay:.1f}", sum(links.values()), visible, *versions.values()])
            figures = zip(*(row[3:7] for row in rows[-len(runs):]))
            cells = [cell([float(value) for value in values], digits) for values, digits in zip(figures, (0, 1, 0, 1))]
            table.append(f"| {scenario.name} | {method} | {' | '.join(cells)} |")
    arguments.output.mkdir(parents=True, exist_ok=True)
    with open(arguments.output / "results.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([
            "network", "plan", "seed", "served_veh", "delay_s_per_veh", "spillback_link_s", "links_spilling_back", *versions])
        writer.writerows(rows)
    text = "\n".join([
        "# Spillback by SUMO", "",
        f"Means over {arguments.seeds} seeds, ± half the width of the 95 % confidence interval. What the columns mean: "
        "[README.md](README.md).", "",
        f"Versions: {', '.join(f'{name} {version}' for name, version in versions.items())}.", "",
        "| network | plan | served, veh | total delay, s/veh | spillback, link·s | links that spill back |",
        "|---|---|---:|---:|---:|---:|", *table, ""])
    (arguments.output / "results.md").write_text(text, encoding="utf-8")
    print(text)


def cell(values, digits):
    """A mean with its confidence."""
    found = Estimate.of(values)
    return f"{found.mean:.{digits}f}" + ("" if found.half_width is None else f" ± {found.half_width:.{digits}f}")


if __name__ == "__main__":
    main()
