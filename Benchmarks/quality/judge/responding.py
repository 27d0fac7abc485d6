"""`Benchmarks/quality/responding`: do signals that respond to traffic show in Greenwave what they show in SUMO?

Makes small networks with `netgenerate` (single junctions and grids, with turn pockets or without), draws settings of their `actuated` programmes
and traffic, plays both tools on the same trips, and compares the mean green of each stage and the total delay. Where the delay parts, the same network
with fixed times tells how far the tools are apart without detectors.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from judge.programmes import ROOT, installed_sumo

#: s of each case.
PERIOD = 3600
#: s by which the mean green of a stage may differ, and the share by which total delay may.
GREEN_TOLERANCE = 1.0
DELAY_TOLERANCE = 0.08
#: Stages that are shown less often in a run are compared by nobody: their means are chance.
FEWEST = 10
#: Layouts: a name, and what netgenerate is asked for.
LAYOUTS = {
    "pocket": "--grid.number 1 --default.lanenumber 2 --turn-lanes 1 --turn-lanes.length 60",
    "wide": "--grid.number 1 --default.lanenumber 3 --turn-lanes 1 --turn-lanes.length 80",
    "narrow": "--grid.number 1 --default.lanenumber 1 --turn-lanes 1 --turn-lanes.length 50",
    "incoming": "--grid.number 1 --default.lanenumber 2 --tls.layout incoming",
    "grid": "--grid.number 2 --default.lanenumber 2 --turn-lanes 1 --turn-lanes.length 60",
}
#: Vehicles per second, lowest and highest.
DEMAND = {"pocket": (0.25, 0.75), "wide": (0.4, 1.1), "narrow": (0.12, 0.35), "incoming": (0.2, 0.5), "grid": (0.4, 0.9)}


@dataclass
class Case:
    """A network with its settings."""

    number: int
    layout: str
    settings: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    rate: float = 0.5

    def words(self) -> str:
        """In one line."""
        told = {**self.settings, **self.extras}
        return f"{self.number} {self.layout} {self.rate:.2f} veh/s " + " ".join(f"{key}={value}" for key, value in told.items())


def drawn(number: int, seed: int) -> Case:
    """A case by chance."""
    source = random.Random(f"{seed} {number}")
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    case = Case(number, layout, rate=round(source.uniform(*DEMAND[layout]), 2))
    case.settings = {"minDur": str(source.choice([4, 5, 5, 6, 8, 10])), "maxDur": str(source.choice([15, 20, 30, 40, 50, 60]))}
    for key, values in {
        "max-gap": [1.5, 2, 2.5, 3, 4, 5], "detector-gap": [1, 1.5, 2, 2, 3, 4], "passing-time": [1.5, 2, 2.5],
        "detector-length": [0, 2, 5], "jam-threshold": [-1, 15, 30],
    }.items():
        if source.random() < 0.5:
            case.extras[key] = str(source.choice(values))
    if source.random() < 0.2:
        case.settings["coordination"] = str(source.choice([60, 80, 100]))
    return case


def network(case: Case, folder: Path, bin_folder: Path) -> None:
    """The network and its trips."""
    subprocess.run(
        [bin_folder / "netgenerate", "--grid", *LAYOUTS[case.layout].split(), "--grid.length", "300", "--grid.attach-length", "300", "--no-turnarounds",
         "true", "--tls.guess", "true", "--tls.guess.threshold", "50", "--tls.default-type", "actuated", "--tls.min-dur", case.settings["minDur"],
         "--tls.max-dur", case.settings["maxDur"], "-o", "net.net.xml"], cwd=folder, check=True, capture_output=True)
    text = (folder / "net.net.xml").read_text()
    params = "".join(f'<param key="{key}" value="{value}"/>' for key, value in case.extras.items())
    cycle = case.settings.get("coordination")
    if cycle:
        params += f'<param key="coordinated" value="true"/><param key="cycleTime" value="{cycle}"/>'
        text = coordinated(text, int(cycle))
    text = re.sub(r'(<tlLogic [^>]*type="actuated"[^>]*>)', lambda found: found.group(1) + params, text)
    (folder / "net.net.xml").write_text(text)
    tree = ElementTree.fromstring(text)
    entries, exits = fringe(tree)
    source = random.Random(f"trips {case.number}")
    weights = [source.uniform(0.4, 1.6) for _ in entries]
    trips, time = [], 0.0
    while time < PERIOD:
        time += source.expovariate(case.rate)
        start = source.choices(range(len(entries)), weights)[0]
        end = source.choice([place for place in exits if place[1] != entries[start][1]])
        trips.append(f'<trip id="{len(trips)}" depart="{time:.2f}" from="{entries[start][0]}" to="{end[0]}" departLane="best" departSpeed="max"/>')
    (folder / "own.rou.xml").write_text(f"<routes>{''.join(trips)}</routes>")
    for name, net in [("case", "net"), ("fixed", "fixed")]:
        (folder / f"{name}.sumocfg").write_text(
            f'<configuration><input><net-file value="{net}.net.xml"/><route-files value="own.rou.xml"/></input>'
            f'<time><begin value="0"/><end value="{PERIOD}"/></time></configuration>')
    (folder / "fixed.net.xml").write_text(text.replace('type="actuated"', 'type="static"'))


def coordinated(text: str, cycle: int) -> str:
    """The first stage of each programme is held until half of the cycle, and ended at 3/4 of it."""
    def held(found: re.Match[str]) -> str:
        return found.group(1) + f' earliestEnd="{cycle // 2}" latestEnd="{cycle * 3 // 4}"' + found.group(2)

    return re.sub(r'(<tlLogic [^>]*type="actuated"[^>]*>\s*<phase [^/]*?)(/>)', held, text)


def fringe(tree: ElementTree.Element) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Roads that come from the network's edge and that lead there, each with the junction there."""
    dead = {junction.get("id") for junction in tree.iter("junction") if junction.get("type") == "dead_end"}
    edges = [edge for edge in tree.iter("edge") if edge.get("function") != "internal"]
    return (
        [(edge.get("id"), edge.get("from")) for edge in edges if edge.get("from") in dead],
        [(edge.get("id"), edge.get("to")) for edge in edges if edge.get("to") in dead])


@dataclass
class Played:
    """What a tool shows and measures."""

    #: By signal and states of a stage: mean duration, s, and times shown in a run.
    stages: dict[tuple[str, str], tuple[float, float]]
    #: h.
    delay: float


def in_sumo(name: str, folder: Path, sumo: str, seeds: int, signals: list[str]) -> Played:
    """The mean over the seeds."""
    spans: dict[tuple[str, str], list[float]] = defaultdict(list)
    delays = []
    events = "".join(
        f'<timedEvent type="SaveTLSSwitchStates" source="{signal}" dest="switch-{index}.xml"/>' for index, signal in enumerate(signals))
    (folder / "save.add.xml").write_text(f"<additional>{events}</additional>")
    for seed in range(1, seeds + 1):
        subprocess.run(
            [sumo, "-c", f"{name}.sumocfg", "-a", "save.add.xml", "--seed", str(seed), "--no-step-log", "--no-warnings", "--time-to-teleport", "-1",
             "--tripinfo-output", "trips.xml", "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted"],
            cwd=folder, check=True, capture_output=True)
        delays.append(sum(
            max(0.0, float(trip.get("timeLoss"))) + max(0.0, float(trip.get("departDelay")))
            for trip in ElementTree.parse(folder / "trips.xml").getroot().iter("tripinfo")) / 3600)
        for index, signal in enumerate(signals):
            shown = [(float(state.get("time")), state.get("state")) for state in ElementTree.parse(folder / f"switch-{index}.xml").getroot()]
            for (begin, states), (end, _) in zip(shown, shown[1:]):
                spans[signal, states].append(end - begin)
    return Played({key: (statistics.mean(found), len(found) / seeds) for key, found in spans.items()}, statistics.mean(delays))


def in_greenwave(name: str, folder: Path, tool: str, seeds: int) -> Played:
    """The mean over the seeds."""
    ran = subprocess.run(
        [tool, "simulate", f"{name}.sumocfg", "--seeds", str(seeds), "--json"], cwd=folder, capture_output=True, text=True, check=True)
    plan = json.loads(ran.stdout)["plans"][0]
    stages = {
        (row["junction"], row["states"]): (row["mean"], row["shown"]) for row in plan.get("responding", []) if "y" not in row["states"]}
    return Played(stages, plan["measures"]["totalDelayHours"])


def compare(case: Case, folder: Path, options: argparse.Namespace, sumo: str) -> tuple[list[float], float, float]:
    """Differences of mean greens, s, of the delay, as a share, and of the delay with fixed times."""
    network(case, folder, Path(sumo).parent)
    ours = in_greenwave("case", folder, options.tool, options.seeds)
    signals = sorted({signal for signal, _ in ours.stages})
    theirs = in_sumo("case", folder, sumo, options.seeds, signals)
    greens = []
    for key, (mean, shown) in sorted(ours.stages.items()):
        other, count = theirs.stages.get(key, (0.0, 0.0))
        if max(shown, count) < FEWEST or "G" not in key[1] and "g" not in key[1]:
            continue
        greens.append(mean - other)
        if options.verbose:
            print(f"    {key[0]} {key[1]} SUMO {count:.0f} × {other:.2f} s, Greenwave {shown:.0f} × {mean:.2f} s")
    delay = ours.delay / theirs.delay - 1
    fixed = 0.0
    if abs(delay) > DELAY_TOLERANCE or options.verbose:
        fixed = in_greenwave("fixed", folder, options.tool, options.seeds).delay / in_sumo("fixed", folder, sumo, options.seeds, []).delay - 1
    return greens, delay, fixed


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--only", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=8, help="runs of each case in both tools")
    parser.add_argument("--tool", default=str(ROOT / ".build/release/greenwave"))
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    options.tool = str(Path(options.tool).resolve())
    sumo = installed_sumo()
    if sumo is None:
        print("skipped: no SUMO is installed (SUMO_HOME, or `pip install eclipse-sumo`)")
        return
    os.environ.setdefault("SUMO_HOME", str(Path(sumo).parent.parent))
    greens: list[float] = []
    delays: list[float] = []
    for number in [options.only] if options.only is not None else range(options.cases):
        case = drawn(number, options.seed)
        with tempfile.TemporaryDirectory() as folder:
            found, delay, fixed = compare(case, Path(folder), options, sumo)
        greens += found
        delays.append(delay)
        far = [green for green in found if abs(green) > GREEN_TOLERANCE]
        told = f"{case.words()}: {len(found)} stages, largest difference {max(map(abs, found), default=0):.1f} s"
        told += f", {len(far)} beyond {GREEN_TOLERANCE:.0f} s" if far else ""
        told += f"; delay {100 * delay:+.1f} %" + (f" (fixed times: {100 * fixed:+.1f} %)" if fixed else "")
        print(told, flush=True)
    near = sum(abs(green) <= GREEN_TOLERANCE for green in greens)
    within = sum(abs(delay) <= DELAY_TOLERANCE for delay in delays)
    print(
        f"{len(delays)} controllers: mean greens of {near} of {len(greens)} stages within {GREEN_TOLERANCE:.0f} s, "
        f"mean difference {statistics.mean(map(abs, greens)):.2f} s; total delay of {within} within {100 * DELAY_TOLERANCE:.0f} %, "
        f"mean difference {100 * statistics.mean(map(abs, delays)):.1f} %")
    sys.exit(0 if near == len(greens) and within == len(delays) else 1)


if __name__ == "__main__":
    main()
