"""What Greenwave's plans are compared with: plans that need no optimizer, and controls that react to traffic."""

import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from . import signals
from .scenario import elements
from .sumo import Control

#: Factors of the shipped greens.
FACTORS = (0.5, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5)
#: Seeds that choose among them; others than those that score.
CHOICE_SEEDS = (11, 12, 13)
#: Shortest and longest stages, s.
SHORTEST_STAGE = 5
LONGEST_STAGE = 50


@dataclass(frozen=True)
class Made:
    """A control, the seconds it took to make, and what a reader of the table should know."""

    control: Control
    seconds: float = 0.0
    note: str = ""


def shipped(scenario, sumo, workers):
    """The programmes that come with the network."""
    return Made(Control())


def scaled(scenario, sumo, workers):
    """The shipped greens multiplied by one factor for all, the best of `FACTORS` by SUMO."""
    programs = signals.shipped_programs(scenario)
    best, total = None, 0.0
    for factor in FACTORS:
        changed = [
            program.with_stages([
                max(SHORTEST_STAGE, round(program.phases[index].duration * factor)) for index in program.stages])
            for program in programs]
        control = Control(plan=signals.static_plan(changed, "scaled"))
        runs = sumo.runs(scenario, control, CHOICE_SEEDS, workers)
        delay = sum(run.total_delay for run in runs)
        total += sum(run.seconds for run in runs)
        if best is None or delay < best[0]:
            best = (delay, factor, control)
    _, factor, control = best
    return Made(control, total, f"{scenario.name}: the best factor is {factor:g}")


def webster(scenario, sumo, workers):
    """SUMO's `tlsCycleAdaptation.py`: cycles and greens by Webster (1958), junction by junction."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        file = _cycle_adaptation(scenario, sumo, Path(folder), [])
        return Made(Control(plan=file.read_text()), time.perf_counter() - begin, _note_of_skipped(scenario))


def webster_coordinated(scenario, sumo, workers):
    """The same with one cycle for all, and offsets by SUMO's `tlsCoordinator.py`."""
    with tempfile.TemporaryDirectory() as name:
        begin = time.perf_counter()
        folder = Path(name)
        file = _cycle_adaptation(scenario, sumo, folder, ["--unified-cycle"])
        offsets_file = folder / "offsets.add.xml"
        sumo.tool("tlsCoordinator.py", [
            "-n", str(scenario.net), "-r", str(routed(scenario, sumo, folder)), "-a", str(file),
            "-o", str(offsets_file)])
        offsets = signals.read_offsets(offsets_file)
        programs = [
            replace(program, offset=offsets.get(program.signal, program.offset))
            for program in signals.read_programs(file)]
        control = Control(plan=signals.static_plan(programs, "coordinated"))
        return Made(control, time.perf_counter() - begin, _note_of_skipped(scenario))


def actuated(scenario, sumo, workers):
    """SUMO's gap-based control on the shipped stages."""
    programs = signals.shipped_programs(scenario)
    return Made(Control(plan=signals.actuated_plan(programs, "actuated", SHORTEST_STAGE, LONGEST_STAGE)))


def max_pressure(scenario, sumo, workers):
    """The stage of the greatest pressure, chosen anew after 10 s of green (Varaiya 2013): see `max_pressure.py`."""
    return Made(Control(live="judge.max_pressure"))


def _cycle_adaptation(scenario, sumo, folder, options):
    plan = folder / "plan.add.xml"
    # The tool gives all transitions one duration, its own unless told; what is shipped is what is legal.
    transitions = [
        phase.duration for program in signals.shipped_programs(scenario) for phase in program.phases
        if not phase.is_stage]
    if transitions:
        options = [*options, "--yellow-time", f"{statistics.mode(transitions):.0f}"]
    skipped = signals.with_unused_states(scenario)
    if skipped:
        options = [*options, "--skip", ",".join(skipped)]
    sumo.tool("tlsCycleAdaptation.py", [
        "-n", str(scenario.net), "-r", str(routed(scenario, sumo, folder)), "-b", f"{scenario.begin:g}",
        "-p", "webster", "-o", str(plan), *options])
    return plan


def _note_of_skipped(scenario):
    skipped = signals.with_unused_states(scenario)
    return f"{scenario.name}: SUMO's tool fails on {', '.join(skipped)}, left as shipped" if skipped else ""


def routed(scenario, sumo, folder):
    """A route file of vehicles with routes, which is all that SUMO's signal tools read."""
    if len(scenario.routes) == 1 and not any(
        node.tag in ("trip", "flow") for node in elements(scenario.routes[0])
    ):
        return scenario.routes[0]
    routed = folder / "routed.rou.xml"
    if not routed.exists():
        arguments = [
            "-n", scenario.net, "-r", ",".join(str(file) for file in scenario.routes), "-o", routed,
            "-b", f"{scenario.begin:g}", "-e", f"{scenario.end:g}", "--ignore-errors", "--no-warnings",
            "--no-step-log"]
        sumo.execute([sumo.program("duarouter"), *(str(argument) for argument in arguments)])
    return routed
