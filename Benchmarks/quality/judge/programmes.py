"""`Benchmarks/quality/programmes`: does Greenwave read signal programmes as SUMO runs them?

Draws programmes of the kinds that people write (offsets, jumps, WAUTs, letters too many, clock times, several programmes of a signal) and traffic
(flows that end when they begin, trips with zones, clock times), for a junction beside a rail crossing, and compares every second and every count.
"""

import argparse
import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NET = ROOT / "Tests/NetworkFormatsTests/Fixtures/sumo/mill/mill.net.xml"
SIGNAL = "Mill"
#: Legal stages of the junction, and the yellow after each.
STAGES = [("rrrGGGgrrrGGGg", "rrryyyyrrryyyy"), ("GGgrrrrGGgrrrr", "yyyrrrryyyrrrr")]
#: s that all phases of a programme with jumps last at most.
LONGEST_ROUND = 172
#: s; SUMO's steps are of one second.
WITHIN_STEP = 0.999
KINDS = ["static", "fraction", "jumps", "waut", "letters", "several", "begin", "offset only"]


def installed_sumo() -> str | None:
    """The SUMO of the environment, of the quality benchmark, or on the path."""
    candidates = [Path(os.environ["SUMO_HOME"]) / "bin/sumo"] if "SUMO_HOME" in os.environ else []
    candidates += sorted((ROOT / "Benchmarks/quality/.venv").glob("sumo-*/lib/python*/site-packages/sumo/bin/sumo"))
    return next((str(path) for path in candidates if path.exists()), shutil.which("sumo"))


def phases(source: random.Random, jumps: bool = False, extra: str = "", fraction: bool = False) -> str:
    """Greens and yellows, by chance with phases that are jumped over."""
    lines = []
    for green, yellow in STAGES * (2 if jumps else 1):
        length = source.randint(8, 40) + (source.choice([0, 0.5]) if fraction else 0)
        lines += [(length, green), (3, yellow)]
    jump = {}
    if jumps:
        # From the yellow of one stage to the green of the other.
        jump = dict([source.choice([(1, 2), (1, 6), (3, 0), (3, 4), (5, 2), (5, 6)])])
    return "".join(
        f'<phase duration="{length}" state="{state}{extra}"' + (f' next="{jump[index]}"' if index in jump else "") + "/>"
        for index, (length, state) in enumerate(lines))


def clock(seconds: int, source: random.Random) -> str:
    """A time as a number, or as people write it."""
    if source.random() < 0.5:
        return str(seconds)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def case(number: int, seed: int) -> tuple[str, str, str, int, int]:
    """The kind of a case, its additional file, its routes, and when it begins and ends."""
    source = random.Random(f"{seed} {number}")
    kind = KINDS[number % len(KINDS)]
    begin = source.choice([0, 0, 10, 3600, 27000])
    end = begin + 400
    offset = source.randint(-120, 240)
    programme = '<tlLogic id="Mill" type="static" programID="{}" offset="{}">{}</tlLogic>'
    if kind == "fraction":
        body = programme.format("a", offset + 0.5, phases(source, fraction=True))
    elif kind == "jumps":
        body = programme.format("a", offset, phases(source, jumps=True))
    elif kind == "letters":
        body = programme.format("a", offset, phases(source, extra=source.choice(["G", "rr", "gGr"])))
    elif kind == "begin":
        body = programme.format("a", "begin", phases(source))
    elif kind == "offset only":
        body = f'<tlLogic id="Mill" programID="0" offset="{offset}"/>'
    elif kind in ("waut", "several"):
        names = ["a", "b", "c"][: source.randint(2, 3)]
        body = "".join(programme.format(name, source.randint(0, 90), phases(source)) for name in names)
        if kind == "waut":
            reference = source.choice([0, begin])
            times = sorted(source.sample(range(begin + 20, end), len(names) - 1))
            switches = "".join(
                f'<wautSwitch time="{time - reference}" to="{name}"/>' for time, name in zip(times, names[1:]))
            body += (
                f'<WAUT id="w" refTime="{reference}" startProg="{names[0]}">{switches}</WAUT>'
                '<wautJunction wautID="w" junctionID="Mill"/>')
    else:
        body = programme.format("a", offset, phases(source))
    early, late = begin + 20, begin + 90
    routes = "".join([
        f'<trip id="t" depart="{clock(begin + 5, source)}" from=" w-in " to="e-out" fromTaz="x" toTaz="y"/>',
        f'<flow id="f" begin="{clock(early, source)}" end="{clock(early, source)}" number="{source.randint(1, 9)}" from="w-in" to="e-out"/>',
        f'<flow id="g" begin="{early + 1}" end="{clock(early + 1, source)}" vehsPerHour="300" from="w-in" to="e-out"/>',
        f'<flow id="h" begin="{clock(early + 2, source)}" end="{clock(late, source)}" number="{source.randint(0, 9)}" from="e-in" to="w-out"/>',
        f'<flow id="i" begin="{early + 3}" end="{late}" period="{source.randint(2, 9)}" from="s-in" to="n-far"/>',
        f'<flow id="j" begin="{early + 4}" end="{late}" vehsPerHour="{source.randint(50, 500)}" from="n-in" to="s-out"/>',
    ])
    return kind, body, routes, begin, end


def compare(number: int, options, sumo: str, folder: Path) -> str | None:
    """What differs in a case; nothing where all agrees."""
    kind, body, routes, begin, end = case(number, options.seed)
    (folder / "more.add.xml").write_text(f"<additional>{body}</additional>")
    (folder / "save.add.xml").write_text(
        f'<additional><timedEvent type="SaveTLSStates" source="{SIGNAL}" dest="states.xml"/></additional>')
    (folder / "own.rou.xml").write_text(f"<routes>{routes}</routes>")
    files = {"net-file": NET, "route-files": "own.rou.xml", "additional-files": "more.add.xml"}
    for name, more in [("case.sumocfg", ""), ("saved.sumocfg", ",save.add.xml")]:
        inputs = "".join(
            f'<{key} value="{value}{more if key == "additional-files" else ""}"/>' for key, value in files.items())
        (folder / name).write_text(
            f'<configuration><input>{inputs}</input><time><begin value="{begin}"/><end value="{end}"/></time></configuration>')
    ran = subprocess.run(
        [sumo, "-c", "saved.sumocfg", "--no-step-log", "--no-warnings", "--statistic-output", "statistic.xml"],
        cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        return f"{kind}: SUMO refuses it: {ran.stderr.strip()[-200:]}"
    exported = subprocess.run(
        [options.tool, "export", "case.sumocfg", "--to", "csv"], cwd=folder, capture_output=True, text=True, check=False)
    if exported.returncode:
        errors = [line for line in exported.stderr.splitlines() if "error:" in line]
        return f"{kind}: {errors[:1] or exported.stderr[-300:]}"
    rows = list(csv.DictReader(io.StringIO(exported.stdout.lstrip("\ufeff"))))
    shown, programme, offset = [], rows[0]["program"], float(rows[0]["offset_s"])
    for row in rows:
        shown.append((float(row["duration_s"]), row["states"]))
    cycle = sum(length for length, _ in shown)
    running = {}
    for state in ElementTree.parse(folder / "states.xml").getroot():
        time = float(state.get("time"))
        running[state.get("programID")] = running.get(state.get("programID"), 0) + 1
        # Phases that are never reached again may be shown once, before the loop is entered.
        if state.get("programID") != programme or kind == "jumps" and time < begin + LONGEST_ROUND:
            continue
        # What changes within a step, SUMO shows from the step's begin.
        place = (time + WITHIN_STEP - offset) % cycle
        for length, letters in shown:
            if place < length - 1e-6:
                break
            place -= length
        if letters != state.get("state")[: len(letters)]:
            return f"{kind}: at {time} s SUMO shows {state.get('state')}, read was {letters} of '{programme}'"
    if not running or max(running, key=lambda name: running[name]) != programme:
        return f"{kind}: SUMO runs {running}, read was '{programme}'"
    simulated = subprocess.run(
        [options.tool, "simulate", "case.sumocfg", "--seeds", "1", "--json"], cwd=folder, capture_output=True, text=True, check=False)
    wanted = int(ElementTree.parse(folder / "statistic.xml").getroot().find("vehicles").get("loaded"))
    read = demand(json.loads(simulated.stdout))
    return None if read == wanted else f"{kind}: SUMO loads {wanted} vehicles, read were {read}"


def demand(summary: object) -> int | None:
    """The number of vehicles in a summary, wherever it stands."""
    if isinstance(summary, dict):
        if isinstance(summary.get("demand"), (int, float)):
            return round(summary["demand"])
        summary = list(summary.values())
    if isinstance(summary, list):
        return next((found for found in map(demand, summary) if found is not None), None)
    return None


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=72)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool", default=str(ROOT / ".build/release/greenwave"))
    options = parser.parse_args()
    options.tool = str(Path(options.tool).resolve())
    sumo = installed_sumo()
    if sumo is None:
        print("skipped: no SUMO is installed (SUMO_HOME, or `pip install eclipse-sumo`)")
        return
    found = []
    for number in range(options.cases):
        with tempfile.TemporaryDirectory() as folder:
            difference = compare(number, options, sumo, Path(folder))
        if difference:
            found.append(f"{number}: {difference}")
            print(found[-1], flush=True)
    print(f"{options.cases} programmes, {len(found)} read otherwise than SUMO runs them")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
