"""`make ordinary`: plans of `greenwave optimize` for ordinary junctions and arterials, scored by SUMO."""

import argparse
import fnmatch
import hashlib
import json
import platform
import shutil
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge import greenwave
from judge.estimate import lock_ups
from judge.sumo import Control, Sumo, SumoError

from . import draw, network_file, safety, saturation, table

HOME = Path(__file__).resolve().parents[1]
#: Plans that were made and what SUMO measured, so that a run that was broken off goes on.
CACHE = HOME / ".cache"


def main():
    parser = arguments_parser(__doc__, seeds=10)
    arguments = parser.parse_args()
    names = chosen(arguments)
    sumo = Sumo(CACHE)
    versions = versions_of(sumo)

    def measured(name):
        row = measure(name, sumo, arguments)
        print(f"{name}: {row.change:+.1%}", file=sys.stderr, flush=True)
        return row

    try:
        with ThreadPoolExecutor(arguments.workers) as pool:
            rows = list(pool.map(measured, names))
    except (SumoError, greenwave.GreenwaveError) as error:
        sys.exit(f"error: {error}")
    folder = results_folder(arguments)
    table.write(folder, rows, versions, arguments.seeds)
    print((folder / "results.md").read_text(encoding="utf-8"))


def arguments_parser(description, seeds):
    """The options that all benchmarks on these networks have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--only", metavar="NAMES", help="separated by commas, with * and ?; all networks by default")
    parser.add_argument("--limit", type=int, metavar="N", help="so many of them, spread over the list")
    parser.add_argument(
        "--draw", type=int, default=1, metavar="SEED", help="draws other networks of the same kinds; 1 by default")
    parser.add_argument("--seeds", type=int, default=seeds, help=f"of each simulation; {seeds} by default")
    parser.add_argument("--workers", type=int, default=2, help="networks at a time; 2 by default")
    parser.add_argument("--sumo-version", default="1.28.0", help="the version of SUMO to install and use")
    parser.add_argument("--output", type=Path, metavar="DIR", help=(
        "where the results go; by default beside this benchmark for all networks with default options, and in "
        "out/ordinary for anything else"))
    return parser


def chosen(arguments):
    """The names of networks that the options ask for, in order."""
    patterns = arguments.only.split(",") if arguments.only else ["*"]
    names = [name for name in draw.names() if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]
    if not names:
        sys.exit(f"error: no network is named '{arguments.only}'")
    if arguments.limit and arguments.limit < len(names):
        names = [names[index * len(names) // arguments.limit] for index in range(arguments.limit)]
    return names


def results_folder(arguments):
    """Where results go; it is there afterwards."""
    folder = arguments.output or (HOME if len(sys.argv) == 1 else greenwave.ROOT / "out" / "ordinary")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def versions_of(sumo):
    """Of all that has a say in the figures."""
    return {
        "greenwave": greenwave.version(), "SUMO": sumo.version_text, "Python": platform.python_version()}


def measure(name, sumo, arguments):
    """One row of the results."""
    network = draw.network(name, arguments.draw)
    text = network_file.text(network)
    summary, plan = optimized(text)
    with tempfile.TemporaryDirectory() as holder:
        folder = Path(holder)
        file = folder / "network.yaml"
        file.write_text(text, encoding="utf-8")
        proposed_file = folder / "plan.json"
        proposed_file.write_text(json.dumps(plan), encoding="utf-8")
        existing = greenwave.existing_plan(file)
        delays = [
            sumo_delays(file, folder / str(number), plan_file, sumo, arguments.seeds)
            for number, plan_file in enumerate((None, proposed_file))]
    # Where the tool advises to keep the existing plan, that is what it writes.
    measured = ("existing", "proposed" if summary["isImprovement"] else "existing")
    before, after = (programmes(found) for found in (existing, plan))
    uses = [
        [use for junction in network.junctions
         for use in saturation.lane_uses(junction, found[junction.name].greens, network.settings)]
        for found in (before, after)]
    return table.Row(
        network=name, kind=draw.kind(name), sumo_delay=tuple(map(statistics.fmean, delays)),
        greenwave_delay=tuple(summary[which]["delayPerVehicle"] for which in measured),
        degree=tuple(max(use.degree for use in found) for found in uses),
        newly_full=sum(old.degree <= table.FULL < new.degree for old, new in zip(*uses)),
        arrow=tuple(_least(safety.shortest_arrow(found) for found in plans.values()) for plans in (before, after)),
        cycle=tuple(next(iter(plans.values())).greens.cycle for plans in (before, after)),
        lost=[
            text for junction in network.junctions
            for text in safety.lost(junction, before[junction.name], after[junction.name])],
        lock_ups=tuple(map(lock_ups, delays)), is_advised=summary["isImprovement"])


def optimized(text):
    """The summary of `greenwave optimize` and its plan for a network's file; remembered for this build of the tool."""
    digest = hashlib.sha256(greenwave.PROGRAM.read_bytes() + b"\0" + text.encode())
    remembered = CACHE / "plans" / f"{digest.hexdigest()}.json"
    if not remembered.exists():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "network.yaml"
            file.write_text(text, encoding="utf-8")
            summary = greenwave.optimize(file, folder)
            plan = json.loads((Path(folder) / "plan.json").read_text(encoding="utf-8"))
        remembered.parent.mkdir(parents=True, exist_ok=True)
        unfinished = remembered.with_suffix(".unfinished")
        unfinished.write_text(json.dumps([summary, plan]), encoding="utf-8")
        shutil.move(unfinished, remembered)
    return json.loads(remembered.read_text(encoding="utf-8"))


def sumo_delays(file, folder, plan, sumo, seeds):
    """s per vehicle by seed, of a network's file with a plan, or with its own."""
    greenwave.convert(file, folder, plan)
    scenario = sumo.network(folder)
    return [run.delay_per_vehicle for run in sumo.runs(scenario, Control(), range(1, seeds + 1), workers=1)]


def programmes(plan):
    """Controller → programme, of a plan as `plan.json` has it."""
    return {controller["controller"]: safety.Programme.of(controller) for controller in plan["controllers"]}


def _least(values):
    return min((value for value in values if value is not None), default=None)


if __name__ == "__main__":
    main()
