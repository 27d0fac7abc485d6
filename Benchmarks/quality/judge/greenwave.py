"""Runs the built command line tool."""

import json
import subprocess
import tempfile
import time
from pathlib import Path

from .baselines import Made
from .sumo import Control

#: The repository.
ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ROOT / ".build" / "release" / "greenwave"


class GreenwaveError(Exception):
    """The tool failed, in its own words."""


def version():
    """E.g. 0.1.0."""
    return _run(["--version"]).strip()


def optimized(scenario, sumo, workers):
    """The plan of `greenwave optimize`, as the tool finds it when told nothing but the scenario."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        summary = json.loads(_run(["optimize", str(scenario.configuration), "-o", folder, "--json"]))
        seconds = time.perf_counter() - begin
        note = "" if summary["isImprovement"] else f"{scenario.name}: greenwave advises to keep the shipped plan"
        return Made(Control(plan=(Path(folder) / "plan.add.xml").read_text(encoding="utf-8")), seconds, note)


def delays(scenario, plans, seeds):
    """Mean delay, s per vehicle, by Greenwave's simulator: of the shipped plan, then of each plan file."""
    options = [argument for plan in plans for argument in ("--plan", str(plan))]
    text = _run(["benchmark", str(scenario.configuration), *options, "--seeds", str(seeds), "--json"])
    return [entry["measures"]["delayPerVehicle"] for entry in json.loads(text)["plans"]]


def links(scenario, seeds):
    """By link, for the shipped plan: [delay (veh·s), mean number of queued vehicles]."""
    text = _run(["simulate", str(scenario.configuration), "--seeds", str(seeds), "--json"])
    return {
        link["link"]: [link["totalDelayHours"] * 3600, link["meanQueue"]]
        for link in json.loads(text)["plans"][0]["links"]}


def _run(arguments):
    try:
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    except OSError as error:
        raise GreenwaveError(f"{PROGRAM} cannot be run ({error.strerror}): 'make build' makes it") from error
    if done.returncode != 0:
        raise GreenwaveError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "greenwave failed")
    return done.stdout
