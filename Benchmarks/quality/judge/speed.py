"""How long one simulation takes in SUMO and in Greenwave: processor time of a single run, loading excluded.

Processor time, unlike time on the clock, hardly depends on what else the machine does or on how many threads
share the work.
"""

import os
import subprocess
from dataclasses import dataclass

from . import greenwave

#: Each time is the least of so many: whatever else a machine does makes a run slower, never faster.
_REPEATS = 3
#: Further runs over which Greenwave's time is taken: a single one is too short to measure.
_RUNS = 20


@dataclass(frozen=True)
class Speed:
    """Of the shipped plan on one network."""

    network: str
    #: Seconds of processor time for one simulation.
    sumo: float
    greenwave: float
    #: Greenwave's largest resident memory, MB, one simulation at a time or two.
    memory: float

    @property
    def ratio(self):
        """How many times faster Greenwave is."""
        return self.sumo / self.greenwave


def measure(scenario, sumo):
    """Runs both tools twice: for much, and for as little as can be, so that loading drops out."""
    little, _ = _cost(sumo.command(scenario, seed=1, end=scenario.begin + 1))
    much, _ = _cost(sumo.command(scenario, seed=1))

    def simulate(seeds):
        return _cost([
            greenwave.PROGRAM, "simulate", scenario.configuration, "--seeds", seeds, "--json"])

    one, memory = simulate(1)
    many, more_memory = simulate(1 + _RUNS)
    return Speed(
        scenario.name, max(0.0, much - little), max(1e-6, (many - one) / _RUNS), max(memory, more_memory))


def _cost(command):
    """Seconds of processor time, the least of some runs, and MB of memory of a process."""
    runs = [_once(command) for _ in range(_REPEATS)]
    return min(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def _once(command):
    """Seconds of processor time and MB of memory of one run."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise greenwave.GreenwaveError(f"{command[0]} ended with code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
