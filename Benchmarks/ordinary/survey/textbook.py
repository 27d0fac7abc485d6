"""Plans as practice makes them: a given cycle, greens for equal degrees of saturation (Webster 1958), minimums kept."""

import math

from . import saturation, timeline
from .timeline import is_pedestrian

#: Greens are handed out in such portions, s.
_PORTION = 2
#: Green of pedestrians before the vehicles beside them, s.
LEADING_INTERVAL = 5


def programme(junction, settings):
    """The timeline of the junction's times."""
    if junction.rings:
        return timeline.of_rings(junction.rings, junction.times, settings)
    return timeline.of_stages(
        junction.stages, [junction.times[index] for index in range(len(junction.stages))], settings)


def least_cycle(junction, settings):
    """Seconds that minimums and changes need."""
    least = minimums(junction, settings)
    if not junction.rings:
        return sum(least.values()) + sum(timeline.changes(junction.stages, settings))
    return sum(
        max(sum(least[phase] for phase in ring[barrier]) for ring in junction.rings.order)
        for barrier in range(len(junction.rings.order[0])))


def minimums(junction, settings):
    """Least green of each stage, or least split of each phase, whole s."""
    if junction.rings:
        return {
            phase: max(settings.minimum_green, *(
                math.ceil(settings.walk + _clearance(junction, group, settings) - settings.change)
                for group in groups if is_pedestrian(group)), 0) + settings.change
            for phase, groups in junction.rings.phases.items()}
    stages = junction.stages
    between = timeline.changes(stages, settings)
    least = {}
    for index, stage in enumerate(stages):
        following = stages[(index + 1) % len(stages)]
        ending = [group for group in stage - following if is_pedestrian(group)]
        if not ending and all(is_pedestrian(group) for group in stage):
            least[index] = LEADING_INTERVAL
            continue
        least[index] = 0 if all(is_pedestrian(group) for group in stage) else settings.minimum_green
        for group in ending:
            # What they had ahead of the vehicles comes on top.
            need = settings.walk + _clearance(junction, group, settings) - between[index]
            least[index] = max(least[index], math.ceil(need))
    return least


def times(junction, settings, cycle):
    """Greens of stages, or splits of phases, for the junction's counts and a cycle, s."""
    if junction.rings:
        return _splits(junction, settings, cycle)
    found = minimums(junction, settings)
    spare = cycle - sum(found.values()) - sum(timeline.changes(junction.stages, settings))
    while spare > 0:
        portion = min(_PORTION, spare)
        spare -= portion

        def uses(changed):
            greens = [changed[index] for index in range(len(junction.stages))]
            return saturation.lane_uses(
                junction, timeline.of_stages(junction.stages, greens, settings), settings)

        def longer(index):
            return {**found, index: found[index] + portion}

        worst = max(uses(found), key=lambda use: use.degree)
        served = [
            index for index, stage in enumerate(junction.stages)
            if any(f"{worst.leg}.{turn}" in stage for turn in junction.approaches[worst.leg].lanes[worst.lane].turns)]
        found = min(
            (longer(index) for index in served),
            key=lambda changed: sum(use.degree ** 8 for use in uses(changed)))
    return found


def _splits(junction, settings, cycle):
    """In proportion to the critical flow ratios, ring by ring, as textbooks have it for two rings."""
    rings, least = junction.rings, minimums(junction, settings)
    barriers = range(len(rings.order[0]))
    ratios = {phase: _flow_ratio(junction, groups, settings) for phase, groups in rings.phases.items()}

    def largest(values, barrier):
        return max(sum(values[phase] for phase in ring[barrier]) for ring in rings.order)

    shortest = [largest(least, barrier) for barrier in barriers]
    weights = [largest(ratios, barrier) for barrier in barriers]
    lengths = _in_proportion(shortest, weights, cycle)
    found = {}
    for ring in rings.order:
        for barrier in barriers:
            phases = ring[barrier]
            if phases:
                found.update(zip(phases, _in_proportion(
                    [least[phase] for phase in phases], [ratios[phase] for phase in phases], lengths[barrier])))
    return found


def _in_proportion(least, weights, total):
    """Numbers of a sum, in proportion to weights, none below its least; all but the last are whole seconds above it."""
    spare = total - sum(least)
    # What is above the least goes to those that are furthest below their share.
    targets = [max(0.0, total * weight / sum(weights) - low) for weight, low in zip(weights, least)]
    whole = sum(targets) or 1.0
    found = [low + math.floor(spare * target / whole) for low, target in zip(least, targets)]
    found[-1] += total - sum(found)
    return found


def _flow_ratio(junction, groups, settings):
    """The largest flow of a lane over its saturation flow, of the lanes of a phase that first serves these groups."""
    largest = 0.01
    for leg in sorted({group.partition(".")[0] for group in groups if not is_pedestrian(group)}):
        approach = junction.approaches[leg]
        turns = [turn for turn in approach.turns if f"{leg}.{turn}" in groups]
        if "L" in turns and "T" in turns and any(lane.turns == "L" for lane in approach.lanes):
            turns.remove("L")
        lanes = sum(any(turn in lane.turns for turn in turns) for lane in approach.lanes)
        load = sum(junction.counts[leg].get(turn, 0) / settings.saturation_flow[turn] for turn in turns)
        largest = max(largest, load / max(1, lanes))
    return largest


def _clearance(junction, group, settings):
    return settings.clearance(junction.approaches[group.partition(".")[0]].crossing)
