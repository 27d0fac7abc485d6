"""Small inputs of every format, and the commands that they are given to."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from mutations import Files

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests/NetworkFormatsTests/Fixtures"
OWN = Path(__file__).resolve().parent / "samples"


@dataclass
class Sample:
    """An input with what belongs to it."""

    name: str
    files: Files
    """What may be damaged, by name; all lie in one folder."""
    main: str = ""
    """The file that is named as the input; nothing for the folder."""
    routes: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    schedules: list[str] = field(default_factory=list)
    day: str = ""

    def commands(self) -> list[list[str]]:
        """Command lines, to be run beside a folder `in` with the files and one `out` for what is written."""
        network = [f"in/{self.main}".rstrip("/")]
        if self.routes:
            network += ["--routes", ",".join(f"in/{name}" for name in self.routes)]
        found = [["check", *network]] * 3
        found += [["simulate", *network, "--seeds", "1"], ["peak", *network, "--slice", "900"]]
        found += [["capacity", *network], ["capacity", *network, "--csv", "out/capacity", "--json"]]
        found += [["optimize", *network, "--time", "0", "-o", "out/plans"], ["optimize", *network, "--time", "1", "--json"]]
        found += [["convert", *network, "out/written", "--to", to] for to in FORMATS]
        found += [["export", *network, "--to", to, "-o", "out/written"] for to in PLANS]
        found += [["plot", "map", *network, "-o", "out/map.svg"], ["plot", "time-space", *network, "-o", "out/time-space.svg"]]
        found += [["sheet", *network, "-o", f"out/sheet.{ending}"] for ending in SHEETS]
        for plan in self.plans:
            found += [["show", f"in/{plan}"], ["sheet", *network, "--plan", f"in/{plan}", "-o", "out/sheet.html"]]
            found += [["check", *network, "--plan", f"in/{plan}"]] * 4
            found += [["export", *network, "--plan", f"in/{plan}", "--to", "json", "-o", "out/plan.json"]]
            found += [["simulate", *network, "--seeds", "1", "--plan", f"in/{plan}", "--json"]]
            found += [["capacity", *network, "--plan", f"in/{plan}"]]
        for counts in self.counts:
            found += [["check", *network, "--counts", f"in/{counts}"]] * 3
            found += [["retime", *network, "--counts", f"in/{counts}", "-o", "out/plans"]]
        for schedule in self.schedules:
            found += [["simulate", *network, "--seeds", "1", "--day", self.day, "--schedule", f"in/{schedule}"]] * 4
        return found


FORMATS = ["native", "sumo", "gmns", "utdf", "cityflow", "matsim"]
SHEETS = ["html", "csv", "txt"]
PLANS = ["csv", "json", "sumo", "sheet", "sheet-csv"]


def _read(folder: Path, *names: str) -> Files:
    return {name: (folder / name).read_bytes() for name in names}


def all_samples(tool: Path, scratch: Path) -> list[Sample]:
    """One of each kind; those of formats that the tool writes itself are written by it, into `scratch`."""
    small = [FIXTURES / "sumo/small", FIXTURES / "sumo/mill", FIXTURES / "sumo/lefthand"]
    network = ROOT / "networks/four-stage-junction/network.yaml"
    rings = ROOT / "networks/dual-ring-junction/network.yaml"
    actuated = ROOT / "Tests/CapacityWorksheetsTests/Fixtures/fifth-and-twelfth.yaml"
    own = OWN / "sumo"
    samples = [
        Sample("SUMO, small", _read(small[0], "small.sumocfg", "small.net.xml", "small.rou.xml", "small.add.xml"), "small.sumocfg"),
        Sample("SUMO, compressed", _read(small[0], "evening.sumocfg", "small.net.xml", "small.rou.xml.gz"), "evening.sumocfg"),
        Sample("SUMO, a mill", _read(small[1], "mill.net.xml", "mill.rou.xml") | _read(own, "mill.add.xml"), "mill.net.xml",
               routes=["mill.rou.xml"], plans=["mill.add.xml"]),
        Sample("SUMO, many kinds of traffic", _read(small[1], "mill.net.xml") | _read(own, "traffic.rou.xml", "waut.add.xml"),
               "mill.net.xml", routes=["waut.add.xml", "traffic.rou.xml"], plans=["waut.add.xml"]),
        Sample("SUMO, a signal that responds", _read(small[1], "mill.net.xml", "mill.rou.xml") | _read(own, "responding.add.xml"), "mill.net.xml",
               routes=["responding.add.xml", "mill.rou.xml"]),
        Sample("SUMO, left-hand", _read(small[2], "left.net.xml", "traffic.rou.xml"), "left.net.xml", routes=["traffic.rou.xml"]),
        Sample("native, everything", _read(FIXTURES / "native/valid", "everything.yaml"), "everything.yaml"),
        Sample("counts", {"network.yaml": (FIXTURES / "counts/network.yaml").read_bytes()} | _read(
            OWN / "counts", "movements.csv", "columns.csv"), "network.yaml", counts=["movements.csv", "columns.csv"]),
    ]
    for label, source in [("junction", network), ("rings", rings), ("actuated", actuated)]:
        files = {"network.yaml": source.read_bytes()}
        for form, name in [("csv", "plan.csv"), ("json", "plan.json")]:
            files[name] = _output(tool, scratch, "export", source, "--to", form)
        samples.append(Sample(f"native, {label}", files, "network.yaml", plans=["plan.csv", "plan.json"]))
        for form in FORMATS[2:]:
            target = scratch / label / form
            _output(tool, scratch, "convert", source, target if form != "utdf" else f"{target}.csv", "--to", form)
            if form == "utdf":
                written = {"town.csv": Path(f"{target}.csv").read_bytes()}
            else:
                written = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
            samples.append(Sample(f"{form}, {label}", written, "town.csv" if form == "utdf" else ""))
    day = FIXTURES / "native/valid/everything.yaml"
    _output(tool, scratch, "schedule", day, "--day", "weekday", "--time", "0", "-o", scratch / "schedule")
    written = {path.name: path.read_bytes() for path in sorted((scratch / "schedule").iterdir()) if path.suffix != ".html"}
    samples.append(Sample(
        "schedule", written | {"everything.yaml": day.read_bytes()}, "everything.yaml",
        schedules=["schedule.csv", "schedule.json"], day="weekday"))
    return samples


def _output(tool: Path, scratch: Path, *words: object) -> bytes:
    (scratch / "junction").mkdir(parents=True, exist_ok=True)
    (scratch / "rings").mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [tool, *map(str, words)], capture_output=True, check=False, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"})
    if done.returncode != 0:
        raise SystemExit(f"fuzz: no sample: {words}\n{done.stderr.decode(errors='replace')}")
    return done.stdout
