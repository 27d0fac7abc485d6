"""Signal programmes as SUMO's files hold them."""

import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, replace

from .scenario import elements


@dataclass(frozen=True)
class Phase:
    """What every link of a signal shows, and for how many seconds."""

    duration: float
    state: str

    @property
    def is_stage(self):
        """Whether somebody has green and nobody is being stopped."""
        return any(letter in "Gg" for letter in self.state) and not any(letter in "yYu" for letter in self.state)


@dataclass(frozen=True)
class Program:
    """The programme of one signal."""

    signal: str
    offset: float
    phases: tuple

    @property
    def cycle(self):
        """Seconds."""
        return sum(phase.duration for phase in self.phases)

    @property
    def stages(self):
        """The positions of the phases that are stages."""
        return [index for index, phase in enumerate(self.phases) if phase.is_stage]

    def with_stages(self, durations):
        """The same programme with these seconds for its stages, in order; transitions stay."""
        phases = list(self.phases)
        for index, duration in zip(self.stages, durations):
            phases[index] = replace(phases[index], duration=duration)
        return replace(self, phases=tuple(phases))


def shipped_programs(scenario):
    """The programmes that SUMO would run, one for each signal, in the files' order."""
    programs = {}
    for file in (scenario.net, *scenario.additionals):
        for program in read_programs(file):
            programs[program.signal] = program
    return list(programs.values())


def with_unused_states(scenario):
    """Signals whose states have more letters than the signal has connections."""
    connections = Counter(
        node.get("tl") for node in elements(scenario.net) if node.tag == "connection" and node.get("tl"))
    return [
        program.signal for program in shipped_programs(scenario)
        if any(len(phase.state) > connections[program.signal] for phase in program.phases)]


def read_programs(file):
    """All programmes with phases in a file; of one signal's, SUMO runs the last."""
    programs = []
    for node in elements(file):
        if node.tag == "tlLogic" and node.find("phase") is not None:
            offset = node.get("offset", "0")
            programs.append(Program(
                signal=node.get("id"), offset=0.0 if offset == "begin" else float(offset),
                phases=tuple(
                    Phase(float(phase.get("duration")), phase.get("state")) for phase in node.findall("phase"))))
    return programs


def read_offsets(file):
    """By signal: its offset in a file that gives nothing else."""
    return {
        node.get("id"): float(node.get("offset"))
        for node in elements(file) if node.tag == "tlLogic"}


def static_plan(programs, name):
    """The text of an additional file with fixed-time programmes."""
    return _additional(programs, name, "static", {})


def actuated_plan(programs, name, shortest, longest):
    """The text of an additional file that lets SUMO extend each stage between two limits, s."""
    return _additional(programs, name, "actuated", {"minDur": f"{shortest:g}", "maxDur": f"{longest:g}"})


def _additional(programs, name, kind, stage_limits):
    root = ElementTree.Element("additional")
    for program in programs:
        logic = ElementTree.SubElement(
            root, "tlLogic", id=program.signal, type=kind, programID=name, offset=f"{program.offset:g}")
        for phase in program.phases:
            limits = stage_limits if phase.is_stage else {}
            ElementTree.SubElement(logic, "phase", duration=f"{phase.duration:g}", state=phase.state, **limits)
    return ElementTree.tostring(root, encoding="unicode")
