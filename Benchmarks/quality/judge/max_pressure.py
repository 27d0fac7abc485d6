"""Runs SUMO with max-pressure control: `python -m judge.max_pressure SUMO ARGUMENTS...`.

After every 10 s of green each signal takes the stage with the greatest pressure: over the ways from lane to lane that
it opens, the vehicles that halt before the junction less those that halt behind it, as far as they are more, divided
by the number of ways that lead on from the lane (Varaiya 2013, doi:10.1016/j.trc.2013.08.014, with equal shares of
turning vehicles). Links that lose their green show yellow first. It sees every queue and keeps no cycle: a mark to
measure against, not a plan that a fixed-time controller could run.
"""

import os
import sys
from collections import Counter

sys.path.append(os.path.join(os.environ["SUMO_HOME"], "tools"))

import traci  # noqa: E402  (found only then)

#: Seconds of green until a stage is chosen anew.
GREEN = 10
#: Seconds of yellow where the shipped programme has none.
DEFAULT_YELLOW = 3


class Signal:
    """One signal, its stages, and what it shows now."""

    def __init__(self, identifier, now):
        self.identifier = identifier
        program = traci.trafficlight.getAllProgramLogics(identifier)[-1]
        states = [phase.state for phase in program.phases]
        stages = [state for state in states if set(state) & set("Gg") and not set(state) & set("yYu")]
        # Each once, in order: programmes may come back to a stage within a cycle.
        self.stages = list(dict.fromkeys(stages))
        yellows = [phase.duration for phase in program.phases if set(phase.state) & set("yY")]
        self.yellow = max(yellows, default=DEFAULT_YELLOW)
        links = traci.trafficlight.getControlledLinks(identifier)
        ways = {link for index_links in links for link in index_links}
        #: How many ways lead on from each lane.
        self.ways = Counter(link[0] for link in ways)
        #: By stage: the ways that it opens, as lane before and lane behind.
        self.open = [
            sorted({link[:2] for index, letter in enumerate(state) if letter in "Gg" for link in links[index]})
            for state in self.stages]
        self.current = 0
        #: Whether the yellow before the current stage shows.
        self.is_changing = False
        #: When something happens next.
        self.due = now + GREEN
        if self.stages:
            self.show(self.stages[0])

    def act(self, halting):
        """Begins the stage that the yellow led to, or chooses another."""
        if self.is_changing:
            self.is_changing = False
            self.show(self.stages[self.current])
            self.due += GREEN
            return
        pressures = [
            sum(max(0, halting(lane) - halting(behind)) / self.ways[lane] for lane, behind in ways)
            for ways in self.open]
        # The present stage stays where none has more.
        chosen = max(range(len(pressures)), key=lambda stage: (pressures[stage], stage == self.current))
        if chosen == self.current:
            self.due += GREEN
            return
        self.show(transition(self.stages[self.current], self.stages[chosen]))
        self.current = chosen
        self.is_changing = True
        self.due += self.yellow

    def show(self, state):
        """Sets what the links show."""
        traci.trafficlight.setRedYellowGreenState(self.identifier, state)


def transition(before, after):
    """What links show between two stages: yellow where a green ends, red where one has yet to begin."""
    return "".join(
        old if old in "Gg" and new in "Gg" else "y" if old in "Gg" else "r" if new in "Gg" else new
        for old, new in zip(before, after))


def control(end):
    """Plays the simulation to its end."""
    now = traci.simulation.getTime()
    signals = [Signal(identifier, now) for identifier in traci.trafficlight.getIDList()]
    signals = [signal for signal in signals if len(signal.stages) > 1]
    while now < end:
        now = min([end, *(signal.due for signal in signals)])
        traci.simulationStep(now)
        counts = {}

        def halting(lane):
            if lane not in counts:
                counts[lane] = traci.lane.getLastStepHaltingNumber(lane)
            return counts[lane]

        for signal in signals:
            if signal.due <= now < end:
                signal.act(halting)


def main(command):
    """Runs a command line of SUMO."""
    end = float(command[command.index("-e") + 1])
    traci.start(command, stdout=sys.stderr)
    try:
        control(end)
    finally:
        traci.close()


if __name__ == "__main__":
    main(sys.argv[1:])
