"""Legal plans drawn at random, the same for the same network everywhere."""

import random

from . import signals

#: Shortest and longest cycle, s.
CYCLES = (40, 140)
#: Shortest stage, s.
SHORTEST_STAGE = 5


def draw(scenario, count):
    """Texts of additional files. Each plan has one cycle, and random splits and offsets for each signal."""
    programs = signals.shipped_programs(scenario)
    plans = []
    for number in range(count):
        source = random.Random(f"{scenario.name} {number}")
        cycle = source.randint(*CYCLES)
        plans.append(signals.static_plan(
            [_redrawn(program, cycle, source) for program in programs], f"random-{number}"))
    return plans


def divided(total, parts, source):
    """A number in so many random parts; all but the last are whole."""
    weights = [source.expovariate(1) for _ in range(parts)]
    shares = [int(total * weight / sum(weights)) for weight in weights]
    shares[-1] += total - sum(shares)
    return shares


def _redrawn(program, cycle, source):
    stages = program.stages
    if not stages:
        return program
    transitions = sum(phase.duration for phase in program.phases if not phase.is_stage)
    # Many stages may need more than the cycle: then each has the least that it may.
    spare = max(0, int(cycle - transitions) - SHORTEST_STAGE * len(stages))
    changed = program.with_stages([SHORTEST_STAGE + share for share in divided(spare, len(stages), source)])
    offset = source.randrange(max(1, int(changed.cycle)))
    return signals.Program(changed.signal, float(offset), changed.phases)
