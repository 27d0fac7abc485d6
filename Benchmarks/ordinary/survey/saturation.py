"""Degrees of saturation of lanes by the textbook, so that plans are judged by a hand that did not make them.

Protected green: Webster and Cobbe (1966). Lanes shared by turns: 1 / Σ (share / rate) while all may go; until the
first vehicle that may not while only some may. Permissive left turns: Harders (1968) after the opposing queue has
cleared, and who turns while the signal changes. `Documentation/Capacity.md` has the same formulas in other code.
"""

import math
from dataclasses import dataclass

from .layout import OPPOSITE

#: Gap that a driver who turns left through oncoming traffic asks for, s (HCM 2000, exhibit 17-5).
CRITICAL_GAP = 4.5
#: Vehicles that turn left while the signal changes, per permissive green, as SUMO 1.28 has them.
SNEAKERS = 0.3
#: A movement is shared out over its lanes in so many parts.
_PARTS = 24
#: For lanes that discharge nothing.
_NOTHING = 1e-9


@dataclass(frozen=True)
class LaneUse:
    """What one lane has to carry, and what it can."""

    leg: str
    #: From the left.
    lane: int
    #: veh/h.
    flow: float
    capacity: float

    @property
    def degree(self):
        """Flow over capacity, v/c."""
        return self.flow / max(self.capacity, _NOTHING)


def lane_uses(junction, timeline, settings):
    """By lane of a junction, under the greens of a timeline and the junction's counts."""
    rates = {
        leg: [part for span in timeline.spans for part in _rates(junction, timeline, settings, leg, *span)]
        for leg in junction.approaches}
    uses = []
    for leg, approach in junction.approaches.items():
        flows = _shared_out(
            approach, junction.counts[leg], lambda flows, found=rates[leg]: _capacity(flows, found, timeline.cycle))
        for number, flow in enumerate(flows):
            uses.append(LaneUse(leg, number, sum(flow.values()), _capacity(flow, rates[leg], timeline.cycle)))
    return uses


def worst_degree(junction, timeline, settings):
    """The largest v/c of a junction's lanes."""
    return max(use.degree for use in lane_uses(junction, timeline, settings))


def _shared_out(approach, counts, capacity):
    """By lane: turn → veh/h, such that lanes that serve the same turn are about equally used (Wardrop 1952)."""
    flows = [{} for _ in approach.lanes]
    # Turns that have the fewest lanes to choose from go first.
    choices = {
        turn: [number for number, lane in enumerate(approach.lanes) if turn in lane.turns] for turn in approach.turns}
    for turn in sorted(choices, key=lambda turn: len(choices[turn])):
        parts = 1 if len(choices[turn]) == 1 else _PARTS
        part = counts.get(turn, 0) / parts

        def longer(number):
            """The lane's flows with one part more, and its degree of saturation then."""
            flow = {**flows[number], turn: flows[number].get(turn, 0.0) + part}
            return flow, sum(flow.values()) / max(capacity(flow), _NOTHING)

        following = {number: longer(number) for number in choices[turn]}
        for _ in range(parts):
            best = min(choices[turn], key=lambda number: following[number][1])
            flows[best] = following[best][0]
            following[best] = longer(best)
    return flows


def _capacity(flows, spans, cycle):
    """veh/h that a lane with these flows by turn discharges; spans are those of `_rates`."""
    total = sum(flows.values())
    shares = {turn: flow / total for turn, flow in flows.items() if flow > 0} if total > 0 else {}
    if not shares:
        return math.inf
    vehicles = 0.0
    partly = {}
    for duration, rates, extra in spans:
        able = {turn: share for turn, share in shares.items() if rates.get(turn, 0.0) > 0}
        if not able:
            continue
        share = sum(able.values())
        discharge = duration * share / sum(part / rates[turn] for turn, part in able.items())
        if share > 1 - 1e-9:
            vehicles += discharge
        else:
            # Spans in which the same turns are held follow each other: the first vehicle that is held ends them all.
            held = frozenset(shares) - frozenset(able)
            partly[held] = (partly.get(held, (0.0,))[0] + discharge, share / (1 - share))
        # Who stands first in the junction goes as the signal changes.
        vehicles += sum(extra.get(turn, 0.0) for turn in able)
    vehicles += sum(min(*found) for found in partly.values())
    return max(vehicles, _NOTHING) * 3600 / cycle


def _rates(junction, timeline, settings, leg, begin, end, green):
    """(s, turn → veh/s, turn → vehicles as the signal changes) of an approach, for parts of a span of the cycle."""
    flows = settings.saturation_flow
    rates = {
        turn: flows[turn] / 3600 for turn in junction.approaches[leg].turns if f"{leg}.{turn}" in green}
    opposing = junction.approaches.get(OPPOSITE.get(leg))
    against = [
        turn for turn in (opposing.turns if opposing and "L" in rates else [])
        if turn in "TR" and f"{OPPOSITE[leg]}.{turn}" in green]
    if not against:
        return [(end - begin, rates, {})]
    flow = sum(junction.counts[OPPOSITE[leg]].get(turn, 0) for turn in against) / 3600
    blocked = min(end - begin, _until_clear(opposing, timeline, settings, OPPOSITE[leg], against, flow, begin))
    gaps = rates["L"] if flow == 0 else flow * math.exp(-flow * CRITICAL_GAP) / (1 - math.exp(-flow / rates["L"]))
    is_last = not timeline.is_green(f"{leg}.L", end + 1e-6)
    extra = {"L": SNEAKERS} if is_last else {}
    held = {turn: rate for turn, rate in rates.items() if turn != "L"}
    parts = [(blocked, held, {})] if blocked > 0 else []
    # A part with no time at all still lets those through who wait within the junction.
    return [*parts, (end - begin - blocked, {**rates, "L": max(gaps, _NOTHING)}, extra)]


def _until_clear(approach, timeline, settings, leg, turns, flow, time):
    """Seconds from a time on until the queue of an approach that has green has gone."""
    lanes = max(1, sum(any(turn in lane.turns for turn in turns) for lane in approach.lanes))
    saturation = lanes * settings.saturation_flow["T"] / 3600
    if flow >= saturation:
        return math.inf
    spans = timeline.greens[f"{leg}.{turns[0]}"]
    begin = max(
        start - shift for start, end in spans for shift in (0, timeline.cycle) if start - shift <= time + 1e-6)
    red = timeline.cycle - sum(last - first for first, last in spans)
    return max(0.0, flow * red / (saturation - flow) - (time - begin))
