"""Runs the built command line tool."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from .baselines import Made
from .sumo import Control

#: The repository.
ROOT = Path(__file__).resolve().parents[3]
#: The tool; another build where the environment names one.
PROGRAM = Path(os.environ.get("GREENWAVE") or ROOT / ".build" / "release" / "greenwave")
#: The exit code of `greenwave check` where a plan is not safe.
_UNSAFE = 1


class GreenwaveError(Exception):
    """The tool failed, in its own words."""


def version():
    """E.g. 0.1.0."""
    return _run(["--version"]).strip()


def optimized(scenario, sumo, workers):
    """The plan of `greenwave optimize`, as the tool finds it when told nothing but the scenario."""
    return _made(scenario, [])


def with_any_stages(scenario, sumo, workers):
    """The same where stages need only be legal: protected turns may become permissive, as other methods' may."""
    return _made(scenario, ["--stages", "free"])


def _made(scenario, arguments):
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        summary = optimize(scenario.configuration, folder, arguments)
        seconds = time.perf_counter() - begin
        note = "" if summary["isImprovement"] else f"{scenario.name}: greenwave advises to keep the shipped plan"
        return Made(Control(plan=(Path(folder) / "plan.add.xml").read_text(encoding="utf-8")), seconds, note)


def optimize(file, folder, arguments=()):
    """The summary of `greenwave optimize`, with default options where no others are given; its plan is left in a folder."""
    return json.loads(_run(["optimize", str(file), "-o", str(folder), "--json", *arguments]))


def convert(file, folder, plan=None):
    """Leaves a network in a folder as SUMO's plain XML, with the plan of a file in force, or its own."""
    options = ["--plan", str(plan)] if plan else []
    _run(["convert", str(file), str(folder), "--to", "sumo", *options, "--quiet"])


def existing_plan(file):
    """The plan in force, as `plan.json` has it."""
    return json.loads(_run(["export", str(file), "--format", "json"]))


def simulation(file, seeds):
    """What `greenwave simulate` tells of the plan in force: `measures` and `links`."""
    return json.loads(_run(["simulate", str(file), "--seeds", str(seeds), "--json"]))["plans"][0]


def delays(scenario, plans, seeds):
    """Mean delay, s per vehicle, by Greenwave's simulator: of the shipped plan, then of each plan file."""
    options = [argument for plan in plans for argument in ("--plan", str(plan))]
    text = _run(["benchmark", str(scenario.configuration), *options, "--seeds", str(seeds), "--json"])
    return [entry["measures"]["delayPerVehicle"] for entry in json.loads(text)["plans"]]


def links(scenario, seeds):
    """By link, for the shipped plan: [delay (veh·s), mean number of queued vehicles]."""
    return {
        link["link"]: [link["totalDelayHours"] * 3600, link["meanQueue"]]
        for link in simulation(scenario.configuration, seeds)["links"]}


def is_safe(scenario, plan):
    """Whether `greenwave check` finds nothing unsafe in the text of a plan file; None for the shipped plan."""
    with tempfile.TemporaryDirectory() as folder:
        options = []
        if plan is not None:
            file = Path(folder) / "plan.add.xml"
            file.write_text(plan, encoding="utf-8")
            options = ["--plan", str(file)]
        return _done(["check", str(scenario.configuration), *options], codes=(0, _UNSAFE)).returncode == 0


def _run(arguments):
    return _done(arguments).stdout


def _done(arguments, codes=(0,)):
    """The process that ended with one of the exit codes that are no failure."""
    try:
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    except OSError as error:
        raise GreenwaveError(f"{PROGRAM} cannot be run ({error.strerror}): 'make build' makes it") from error
    if done.returncode not in codes:
        raise GreenwaveError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "greenwave failed")
    return done
