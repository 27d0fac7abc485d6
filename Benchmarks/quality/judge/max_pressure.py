"""Runs SUMO with max-pressure control: `python -m judge.max_pressure SUMO ARGUMENTS...`.

Every 10 s each signal takes the stage with the greatest pressure: over the lanes that it lets go, the vehicles that
halt before the junction less those that halt behind it (Varaiya 2013, doi:10.1016/j.trc.2013.08.014). Links that
lose their green show yellow first, within those 10 s. It sees every queue and keeps no cycle: a mark to measure
against, not a plan that a fixed-time controller could run.
"""

import os
import sys

sys.path.append(os.path.join(os.environ["SUMO_HOME"], "tools"))

import traci  # noqa: E402  (found only then)

#: Seconds between decisions.
PERIOD = 10
#: Seconds of yellow where the shipped programme has none.
DEFAULT_YELLOW = 3


class Signal:
    """One signal, its stages, and what it shows now."""

    def __init__(self, connection, identifier):
        self.connection = connection
        self.identifier = identifier
        program = connection.trafficlight.getAllProgramLogics(identifier)[-1]
        states = [phase.state for phase in program.phases]
        stages = [state for state in states if set(state) & set("Gg") and not set(state) & set("yYu")]
        # Each once, in order: programmes may come back to a stage within a cycle.
        self.stages = list(dict.fromkeys(stages))
        yellows = [phase.duration for phase in program.phases if set(phase.state) & set("yY")]
        self.yellow = int(min(PERIOD - 1, max(yellows, default=DEFAULT_YELLOW)))
        links = connection.trafficlight.getControlledLinks(identifier)
        self.lanes = [
            sorted({(link[0], link[1]) for index, link_list in enumerate(links) for link in link_list
                    if index < len(state) and state[index] in "Gg"})
            for state in self.stages]
        self.current = self.stages[0] if self.stages else None
        if self.current is not None:
            self.show(self.current)

    def choose(self, halting):
        """The stage with the greatest pressure; the present one where none is greater."""
        if self.current is None:
            return None
        pressures = [sum(halting(before) - halting(behind) for before, behind in lanes) for lanes in self.lanes]
        best = max(pressures)
        if pressures[self.stages.index(self.current)] == best:
            return self.current
        return self.stages[pressures.index(best)]

    def show(self, state):
        """Sets what the links show."""
        self.connection.trafficlight.setRedYellowGreenState(self.identifier, state)


def transition(before, after):
    """What links show between two stages: yellow where a green ends, red where one has yet to begin."""
    return "".join(
        old if old in "Gg" and new in "Gg" else "y" if old in "Gg" else "r" if new in "Gg" else new
        for old, new in zip(before, after))


def control(connection, end):
    """Plays the simulation to its end."""
    signals = [Signal(connection, identifier) for identifier in connection.trafficlight.getIDList()]
    now = connection.simulation.getTime()
    while now < end:
        counts = {}

        def halting(lane):
            if lane not in counts:
                counts[lane] = connection.lane.getLastStepHaltingNumber(lane)
            return counts[lane]

        changes = {}
        for signal in signals:
            chosen = signal.choose(halting)
            if chosen != signal.current:
                signal.show(transition(signal.current, chosen))
                changes.setdefault(signal.yellow, []).append((signal, chosen))
                signal.current = chosen
        for wait in sorted(changes):
            connection.simulationStep(min(end, now + wait))
            for signal, chosen in changes[wait]:
                signal.show(chosen)
        now = min(end, now + PERIOD)
        connection.simulationStep(now)


def main(command):
    end = float(command[command.index("-e") + 1])
    traci.start(command, stdout=sys.stderr)
    try:
        control(traci, end)
    finally:
        traci.close()


if __name__ == "__main__":
    main(sys.argv[1:])
