"""Runs SUMO and reads what it measured.

Conditions, the same for every plan: steps of 1 s, no teleports, no warm-up, the scenario's period, fixed seeds.
Vehicles that never arrived or never departed count up to the period's end.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .scenario import Scenario, elements, open_text

#: Slower vehicles count as queued, m/s; as Greenwave's simulator has it.
QUEUE_SPEED = 1.4

#: Seconds after which a run is given up: some controls lock a network up.
TIME_LIMIT = 1200

#: Additional elements that write files of their own, which nobody wants here.
_DETECTORS = {
    "e1Detector", "inductionLoop", "instantInductionLoop", "e2Detector", "laneAreaDetector", "e3Detector",
    "entryExitDetector", "edgeData", "laneData", "timedEvent", "routeProbe"}


class SumoError(Exception):
    """SUMO or one of its tools failed, in its own words."""


@dataclass(frozen=True)
class Control:
    """How the signals are controlled: an additional file, or live."""

    #: The text of an additional file; the shipped programmes run without one.
    plan: "str | None" = None
    #: A module of this package that runs SUMO and switches its signals.
    live: "str | None" = None


@dataclass
class Run:
    """What one run measured."""

    #: Vehicles that wanted to depart in the period, and that arrived in it.
    demand: int
    served: int
    #: Σ (time loss + departure delay), veh·s; never departed vehicles wait until the period's end.
    total_delay: float
    stops: int
    #: Wall-clock seconds of the whole process.
    seconds: float
    #: By edge, where asked for: delay on it and outside it (veh·s), and the mean number of queued vehicles.
    links: dict = field(default_factory=dict)

    @property
    def delay_per_vehicle(self):
        """Seconds."""
        return self.total_delay / max(1, self.demand)

    @property
    def stops_per_vehicle(self):
        """Mean."""
        return self.stops / max(1, self.demand)


class Sumo:
    """An installed SUMO. What it measured once is remembered in a folder."""

    def __init__(self, cache):
        self.home = Path(os.environ["SUMO_HOME"])
        self.cache = Path(cache)
        self.cache.mkdir(parents=True, exist_ok=True)
        text = subprocess.run([self.program("sumo"), "--version"], capture_output=True, text=True).stdout
        found = re.search(r"(\d+)[._](\d+)[._](\d+)", text)
        if not found:
            raise SumoError(f"{self.program('sumo')} does not tell its version: {text[:200]}")
        self.version = tuple(int(number) for number in found.groups())

    @property
    def version_text(self):
        """E.g. 1.28.0."""
        return ".".join(str(number) for number in self.version)

    @property
    def writes_undeparted(self):
        """Older versions leave vehicles that never departed out of their trip output."""
        return self.version >= (1, 14, 0)

    def program(self, name):
        """The path of one of SUMO's programs."""
        return str(self.home / "bin" / name)

    def tool(self, name, arguments):
        """Runs one of the Python tools that come with SUMO."""
        return self.execute([sys.executable, str(self.home / "tools" / name), *arguments])

    def network(self, plain):
        """The scenario of a folder of plain XML. It is kept, for `netconvert` never writes the same bytes twice."""
        digest = hashlib.sha256(self.version_text.encode())
        for file in sorted(Path(plain).iterdir()):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        folder = self.cache / "networks" / digest.hexdigest()
        if not folder.exists():
            self.execute([self.program("netconvert"), "-c", str(Path(plain) / "network.netccfg"), "--no-warnings"])
            folder.parent.mkdir(exist_ok=True)
            # Whole or not at all, also with other runs beside this one.
            unfinished = Path(tempfile.mkdtemp(dir=folder.parent))
            shutil.copytree(plain, unfinished, dirs_exist_ok=True)
            try:
                unfinished.rename(folder)
            except OSError:
                shutil.rmtree(unfinished)
        return Scenario.read(folder / "network.sumocfg")

    def execute(self, command):
        """Runs a command to its end; its last words become the error when it fails."""
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired as error:
            raise SumoError(f"{Path(command[0]).name} ran for more than {TIME_LIMIT} s") from error
        if done.returncode != 0:
            lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            raise SumoError(lines[-1].strip() if lines else f"it ended with code {done.returncode}")
        return done

    def runs(self, scenario, control, seeds, workers, with_links=False):
        """One run for each seed, some at a time, in the seeds' order."""
        return self.play(scenario, [(control, seed) for seed in seeds], workers, with_links)

    def play(self, scenario, jobs, workers, with_links=False):
        """One run for each control and seed, some at a time, in the jobs' order."""
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(lambda job: self.run(scenario, *job, with_links), jobs))

    def run(self, scenario, control, seed, with_links=False):
        """One run, from memory where it was made before."""
        key = hashlib.sha256("\0".join([
            scenario.fingerprint, self.version_text, str(seed), control.plan or "", _source(control.live),
            str(with_links)]).encode()).hexdigest()
        remembered = self.cache / f"{key}.json"
        if remembered.exists():
            return Run(**json.loads(remembered.read_text()))
        with tempfile.TemporaryDirectory() as folder:
            run = self._simulate(scenario, control, seed, with_links, Path(folder))
        # Whole or not at all: an interrupted benchmark goes on where it was.
        unfinished = remembered.with_suffix(f".{os.getpid()}-{seed}")
        unfinished.write_text(json.dumps(asdict(run)))
        unfinished.replace(remembered)
        return run

    def command(self, scenario, seed, end=None):
        """The command line of a run of the shipped plan that writes nothing."""
        return [
            self.program("sumo"), "-n", scenario.net, "-r", _list(scenario.routes), "-b", f"{scenario.begin:g}",
            "-e", f"{scenario.end if end is None else end:g}", "--step-length", "1", "--seed", seed,
            "--time-to-teleport", "-1", "--no-step-log", "--no-warnings"]

    def _simulate(self, scenario, control, seed, with_links, folder):
        additionals = [_without_detectors(file, folder) for file in scenario.additionals]
        if control.plan is not None:
            # SUMO runs the programme that it loads last.
            additionals.append(_write(folder / "plan.add.xml", control.plan))
        if with_links:
            additionals.append(_write(folder / "links.add.xml", (
                f'<additional><edgeData id="links" file="{folder / "links.xml"}" withInternal="true" '
                f'speedThreshold="{QUEUE_SPEED}"/></additional>')))
        command = [
            *self.command(scenario, seed), "--tripinfo-output", folder / "trips.xml",
            "--tripinfo-output.write-unfinished"]
        if self.writes_undeparted:
            command.append("--tripinfo-output.write-undeparted")
        if additionals:
            command += ["-a", _list(additionals)]
        if control.live is not None:
            command = [sys.executable, "-m", control.live, *command]
        begin = time.perf_counter()
        self.execute([str(word) for word in command])
        run, outside = self._read_trips(folder / "trips.xml", scenario, time.perf_counter() - begin)
        if with_links:
            run.links = _read_links(folder / "links.xml", scenario, outside)
        return run

    def _read_trips(self, file, scenario, seconds):
        run = Run(demand=0, served=0, total_delay=0.0, stops=0, seconds=seconds)
        outside = {}
        seen = set()

        def wait(edge, delay):
            run.demand += 1
            run.total_delay += delay
            outside[edge] = outside.get(edge, 0.0) + delay

        for trip in elements(file):
            if trip.tag != "tripinfo":
                continue
            delay = float(trip.get("departDelay"))
            identifier = trip.get("id")
            seen.add(identifier)
            if float(trip.get("depart")) < 0:
                # Those that were loaded but scheduled for later wait 0 s.
                if delay > 0:
                    wait(scenario.vehicles.get(identifier, (0, None))[1], delay)
                continue
            wait(trip.get("departLane").rpartition("_")[0], delay)
            run.total_delay += float(trip.get("timeLoss"))
            run.stops += int(trip.get("waitingCount"))
            run.served += float(trip.get("arrival")) >= 0
        if not self.writes_undeparted:
            for identifier, (depart, edge) in scenario.vehicles.items():
                if identifier not in seen and scenario.begin <= depart < scenario.end:
                    wait(edge, scenario.end - depart)
        return run, outside


def _read_links(file, scenario, outside):
    """By edge: [delay, mean queue]; what happens within a junction belongs to the edge that leads there."""
    leading = _leading_edges(scenario.net)
    duration = scenario.end - scenario.begin
    links = {edge: [delay, 0.0] for edge, delay in outside.items() if edge is not None}
    for edge in elements(file):
        if edge.tag != "edge":
            continue
        name = leading.get(edge.get("id"), edge.get("id"))
        sums = links.setdefault(name, [0.0, 0.0])
        sums[0] += float(edge.get("timeLoss", 0))
        sums[1] += float(edge.get("waitingTime", 0)) / duration
    return links


def _leading_edges(net):
    """By edge within a junction: the edge before the stop line."""
    before = {}
    for node in elements(net):
        if node.tag == "connection" and node.get("via"):
            before[node.get("via").rpartition("_")[0]] = node.get("from")
    for inner in before:
        while before[inner] in before:
            before[inner] = before[before[inner]]
    return before


def _without_detectors(file, folder):
    with open_text(file) as source:
        tree = ElementTree.parse(source)
    root = tree.getroot()
    for node in [node for node in root if node.tag in _DETECTORS]:
        root.remove(node)
    copy = folder / f"{len(list(folder.iterdir()))}-{file.name.removesuffix('.gz')}"
    tree.write(copy)
    return copy


def _write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def _list(files):
    return ",".join(str(file) for file in files)


def _source(module):
    """The text of a module of this package: what it measured is forgotten when it changes."""
    return "" if module is None else Path(__file__).with_name(f"{module.rpartition('.')[2]}.py").read_text()
