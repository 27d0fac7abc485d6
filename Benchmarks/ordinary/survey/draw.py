"""Networks drawn at random, the same for the same seed everywhere: all kinds in turn, everything else by lot."""

import random

from . import demand, saturation, streets, textbook
from .layout import OPPOSITE, Approach, Junction, Lane, Network, Road, Settings

#: Cycles in force, s.
CYCLES = tuple(range(90, 151, 5))
#: Worst degree of saturation of the plan in force.
DEGREES = (0.6, 1.05)
#: Turn pockets, m.
POCKETS = (40, 50, 60, 80, 100, 120)
#: Width of a lane, m.
_LANE = 3.25
#: So far from `DEGREES`' draw whole vehicles may lead.
_TOLERANCE = 0.005
#: Left turns served by rings.
_RING_LEFTS = ("protected", "leading", "lagging", "lead-lag")
#: Left turns of arterials, and of main streets where a side street joins.
_JOINING_LEFTS = ("protected", "permissive", "leading", "lagging")


def names():
    """Of all networks, in order."""
    return list(_KINDS)


def kind(name):
    """What a network is drawn to cover: legs or signals, left turns, pedestrians, control."""
    return ", ".join(map(str, _KINDS[name][1]))


def network(name, seed=1):
    """The network of a name."""
    for attempt in range(100):
        source = random.Random(f"{seed} {name} {attempt}")
        found = _attempt(name, source)
        if found is not None:
            return found
    raise AssertionError(f"{name}: no plan of at most {CYCLES[-1]} s keeps its minimums")


def _attempt(name, source):
    settings = _settings(source)
    draw, parts = _KINDS[name]
    found = Network(name, settings, *draw(source, *parts))
    if len(found.junctions) == 1 and source.random() < 0.3:
        found.quarters = _quarters(source)
    cycle = source.choice(CYCLES)
    least = max(textbook.least_cycle(junction, settings) for junction in found.junctions)
    # Little more than the minimums leaves nothing to divide.
    cycle = max(cycle, next((longer for longer in CYCLES if longer >= 1.1 * least), CYCLES[-1] + 1))
    if cycle > CYCLES[-1]:
        return None
    flows = demand.draw(source, found)
    target = source.uniform(DEGREES[0] + _TOLERANCE, DEGREES[1] - _TOLERANCE)
    errors = {
        (junction.name, group): source.uniform(0.75, 1.3) for junction in found.junctions for group in junction.groups}
    scale = 1.0
    # The second plan is made for about the traffic that it gets.
    for _ in range(2):
        flows.put(scale)
        for junction in found.junctions:
            counted = junction.counts
            # The plan was made when counts were others.
            junction.counts = {
                leg: {turn: count * errors[junction.name, f"{leg}.{turn}"] for turn, count in turns.items()}
                for leg, turns in counted.items()}
            junction.times = textbook.times(junction, settings, cycle)
            junction.counts = counted
        scale = _scale(found, flows, target)
    flows.put(scale)
    _set_offsets(found, cycle, source)
    return found if abs(_worst(found) - target) <= _TOLERANCE else None


def _worst(found):
    return max(
        saturation.worst_degree(junction, textbook.programme(junction, found.settings), found.settings)
        for junction in found.junctions)


def _scale(found, flows, target):
    """The factor of the flows that gives the worst lane a degree of saturation."""
    low, high = 0.05, 5.0
    for _ in range(14):
        middle = (low * high) ** 0.5
        flows.put(middle)
        low, high = (middle, high) if _worst(found) < target else (low, middle)
    return low


def _set_offsets(found, cycle, source):
    """A wave from the west at the speed allowed, to 5 s, as it is laid out by hand."""
    time = source.randrange(0, cycle, 5)
    for junction, length in zip(found.junctions, [*(road.length for road in found.roads), 0]):
        junction.offset = 5 * round(time / 5) % cycle
        time += length / (found.settings.speed / 3.6)


def _settings(source):
    yellow, all_red = source.choice(((3, 1), (3, 2), (3.5, 1.5), (4, 1), (4, 2)))
    return Settings(
        speed=source.choice((40, 50, 60)), length=source.choice((200, 250, 300, 400)), yellow=yellow, all_red=all_red,
        minimum_green=source.choice((5, 6, 8)), walk=source.choice((5, 7, 7, 9)),
        walking_speed=source.choice((1.0, 1.07, 1.2)),
        saturation_flow=source.choice(({"L": 1550, "T": 1650, "R": 1450}, {"L": 1700, "T": 1800, "R": 1600})))


def _quarters(source):
    weights = [source.uniform(0.85, 1.15) for _ in range(4)]
    return tuple(weight / sum(weights) for weight in weights)


def _crossing(source, legs, lefts, pedestrians, control):
    """A junction of two streets, with a fifth leg in the north-east at will."""
    side_lefts = source.choice(("permissive", "protected", "permissive", lefts))
    if control == "rings":
        side_lefts = source.choice(("permissive", "protected", lefts))
    return [_crossing_junction(source, "J", legs, lefts, side_lefts, pedestrians, control)], []


def _crossing_junction(source, name, legs, lefts, side_lefts, pedestrians, control, main_lanes=None):
    approaches = {}
    gaps = streets.WITH_GAPS_IN_RINGS if control == "rings" else streets.WITH_GAPS
    for pair, treatment, most in (("NS", side_lefts, 2), ("EW", lefts, 3)):
        lanes = main_lanes if main_lanes and pair == "EW" else source.randint(1, most)
        for leg in pair:
            # The two ends of a street often differ in how they are marked, seldom in width.
            approaches[leg] = Approach(_lanes(source, treatment, lanes, control == "rings"), None)
            approaches[leg].is_permissive = treatment in gaps
    if legs == 5:
        approaches["NE"] = Approach(
            source.choice(([Lane("LR")], [Lane("L"), Lane("R", source.choice(POCKETS))])), None,
            destinations={"L": "S", "R": "W"})
        if lefts not in streets.WITH_GAPS:
            # Otherwise the fifth leg is one-way: left turns into it would cross right turns that pass before it.
            approaches["W"].destinations = {"L": "NE"}
    approaches = {leg: approaches[leg] for leg in ("N", "NE", "E", "S", "W") if leg in approaches}
    _finish(source, approaches, pedestrians)
    if legs == 5 and lefts in streets.WITH_GAPS:
        approaches["NE"].exit_lanes = 0
    junction = Junction(name, approaches)
    if control == "rings":
        junction.rings = streets.of_rings(approaches, lefts, side_lefts)
        return junction
    leads = pedestrians == "leading-interval"
    beside_main, beside_side = (
        set() if pedestrians == "exclusive" else streets.crossings(approaches, beside)
        for beside in (("N", "S"), ("E", "W", "NE")))
    stages = streets.of_street(approaches, "EW", lefts, beside_main, leads)
    stages += streets.of_street(approaches, "NS", side_lefts, beside_side, leads)
    if legs == 5:
        stages.append({"NE.L", "NE.R"})
    if pedestrians == "exclusive":
        stages.append(streets.crossings(approaches, approaches))
    junction.stages = stages
    return junction


def _joining(source, legs, lefts, pedestrians, control):
    """A side street that joins a main street."""
    return [_joining_junction(source, "J", lefts, pedestrians)], []


def _joining_junction(source, name, lefts, pedestrians, main_lanes=None):
    lanes = main_lanes or source.randint(1, 3)
    ahead = [Lane("T")] * (lanes - 1)
    can_share = lefts == "permissive" and lanes > 1 and source.random() < 0.4
    side = source.choice((
        [Lane("LR")], [Lane("L"), Lane("R", source.choice(POCKETS))], [Lane("L", source.choice(POCKETS)), Lane("R")],
        [Lane("L"), Lane("R")]))
    approaches = {
        "E": Approach(
            [Lane("LT"), *ahead] if can_share else [Lane("L", source.choice(POCKETS)), *ahead, Lane("T")], None),
        "S": Approach(side, None, is_permissive=True), "W": Approach([*ahead, Lane("TR")], None)}
    approaches["E"].is_permissive = lefts in streets.WITH_GAPS
    _finish(source, approaches, pedestrians)
    has_overlap = lefts in ("protected", "leading") and any(lane.turns == "R" for lane in side)
    is_beside = pedestrians != "exclusive"
    stages = streets.of_main_street_at_a_side_street(
        approaches, lefts, streets.crossings(approaches, "S") if is_beside else set(),
        pedestrians == "leading-interval", has_overlap and source.random() < 0.5)
    stages.append({"S.L", "S.R"} | (streets.crossings(approaches, "EW") if is_beside else set()))
    if not is_beside:
        stages.append(streets.crossings(approaches, approaches))
    return Junction(name, approaches, stages)


def _arterial(source, signals, lefts, pedestrians):
    """Signals in a row from west to east, each with side streets on both sides or on one."""
    lanes = source.randint(1, 3)
    junctions = []
    for number in range(signals):
        treatment = source.choice((lefts, lefts, "permissive"))
        name = f"J{number + 1}"
        if source.random() < 0.25:
            junctions.append(_joining_junction(source, name, treatment, pedestrians, lanes))
        else:
            side_lefts = source.choice(("permissive", "permissive", "protected", "split"))
            junctions.append(_crossing_junction(
                source, name, 4, treatment, side_lefts, pedestrians, "stages", lanes))
    for west, east in zip(junctions, junctions[1:]):
        # The next approach says how many lanes a road has.
        west.approaches["E"].exit_lanes = east.approaches["W"].exit_lanes = None
    roads = [
        Road(f"{west.name}.E", f"{east.name}.W", source.randrange(150, 510, 10))
        for west, east in zip(junctions, junctions[1:])]
    return junctions, roads


def _lanes(source, lefts, lanes, has_arrows):
    """Of one approach with so many lanes of full length."""
    pocket = source.choice(POCKETS)
    ahead = [Lane("T")] * (lanes - 1)
    if lefts in ("permissive", "split") and not has_arrows and source.random() < 0.5:
        if lanes == 1:
            return source.choice(([Lane("LTR")], [Lane("LT"), Lane("R", pocket)]))
        return [Lane("LT"), *ahead[1:], Lane("TR")]
    if lanes > 1 and source.random() < 0.3:
        return [Lane("L", pocket), *ahead, Lane("T"), Lane("R", source.choice(POCKETS))]
    return [Lane("L", pocket), *ahead, Lane("TR")]


def _finish(source, approaches, pedestrians):
    """Exit lanes for all who come side by side, and crossings over all lanes and a refuge."""
    for leg, approach in approaches.items():
        coming = approaches.get(OPPOSITE.get(leg))
        side_by_side = sum("T" in lane.turns for lane in coming.lanes) if coming else 1
        approach.exit_lanes = max(side_by_side, approach.through_lanes, source.choice((1, 1, 2)))
        if pedestrians != "none":
            width = (len(approach.lanes) + approach.exit_lanes) * _LANE
            approach.crossing = round(width + source.choice((0, 0, 2)))


def _kinds():
    kinds = {}

    def add(kind, draw, combinations):
        for number, parts in enumerate(combinations, 1):
            kinds[f"{kind}-{number:02}"] = (draw, parts)

    def with_pedestrians(legs, lefts, control="stages"):
        # The walks turn by one with each round, so that few networks see many combinations.
        rounds = len(streets.PEDESTRIANS) if len(lefts) > 4 else 3
        return [
            (legs, treatment, streets.PEDESTRIANS[(number + turn) % len(streets.PEDESTRIANS)], control)
            for turn in range(rounds) for number, treatment in enumerate(lefts)]

    add("three-legs", _joining, with_pedestrians(3, _JOINING_LEFTS))
    add("four-legs", _crossing, with_pedestrians(4, streets.LEFTS))
    add("five-legs", _crossing, [
        (5, lefts, pedestrians, "stages") for lefts, pedestrians in (
            ("protected", "concurrent"), ("permissive", "leading-interval"), ("leading", "none"),
            ("lagging", "exclusive"), ("split", "concurrent"), ("lead-lag", "none"))])
    add("rings", _crossing, [
        (4, lefts, pedestrians, "rings") for pedestrians in ("concurrent", "none") for lefts in _RING_LEFTS])
    add("arterial", _arterial, [
        (3 + number % 4, _JOINING_LEFTS[(number + number // 4) % 4], ("concurrent", "concurrent", "none")[number % 3])
        for number in range(16)])
    return kinds


#: Name → how it is drawn, and of what.
_KINDS = _kinds()
