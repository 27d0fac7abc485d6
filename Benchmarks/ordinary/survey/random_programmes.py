"""Legal programmes drawn at random: each stage or phase has its minimum, and the rest of the cycle is shared by lot."""

import random
from copy import copy
from dataclasses import replace

from judge import random_plans

from . import textbook, timeline


def redrawn(network, number):
    """The same network with other greens, offsets, and one other cycle in force."""
    source = random.Random(f"{network.name} {number}")
    least = max(textbook.least_cycle(junction, network.settings) for junction in network.junctions)
    cycle = max(source.randint(*random_plans.CYCLES), int(least) + 1)
    junctions = []
    for junction in network.junctions:
        changed = copy(junction)
        changed.times = _times(junction, network.settings, cycle, source)
        changed.offset = source.randrange(cycle)
        junctions.append(changed)
    return replace(network, junctions=junctions)


def _times(junction, settings, cycle, source):
    least = textbook.minimums(junction, settings)
    if not junction.rings:
        return _with_spare(least, list(least), cycle - sum(timeline.changes(junction.stages, settings)), source)
    rings, found = junction.rings.order, {}
    barriers = range(len(rings[0]))
    shortest = {
        barrier: max(sum(least[phase] for phase in ring[barrier]) for ring in rings) for barrier in barriers}
    lengths = _with_spare(shortest, list(barriers), cycle, source)
    for ring in rings:
        for barrier in barriers:
            if ring[barrier]:
                found.update(_with_spare(least, ring[barrier], lengths[barrier], source))
    return found


def _with_spare(least, keys, total, source):
    """By key: what each has at least, and its part of what is left of a total."""
    spare = total - sum(least[key] for key in keys)
    return {
        key: least[key] + part for key, part in zip(keys, random_plans.divided(spare, len(keys), source))}
