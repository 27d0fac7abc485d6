"""Left turns through gaps, and nothing else: what one approach carries against oncoming traffic."""

from .layout import Approach, Junction, Lane, Network, Settings

#: Oncoming traffic, veh/h.
OPPOSING = (300, 450, 600, 750, 900)
#: Lanes that left turns lead to.
EXITS = (1, 2)
#: Pockets that left turns wait in, m; None for a lane of their own.
POCKETS = (None, 60)
#: More left turns than there are gaps for, veh/h; and who goes straight on beside a pocket.
_LEFT, _BESIDE = 700, 250
#: Of the oncoming traffic, who turns right into the same street; and who comes from the east, veh/h.
_RIGHT_SHARE, _CROSSING = 0.1, 60
#: Greens in a cycle of 100 s: of the street with left turns, and across it.
_GREENS = (70, 20)
_SETTINGS = Settings(
    speed=50, length=400, yellow=3, all_red=2, minimum_green=5, walk=7, walking_speed=1.2,
    saturation_flow={"L": 1550, "T": 1650, "R": 1450})


def networks():
    """(opposing flow, exit lanes, pocket, network) of all cases."""
    return [
        (opposing, exits, pocket, _network(opposing, exits, pocket))
        for pocket in POCKETS for exits in EXITS for opposing in OPPOSING]


def others(network):
    """veh/h of all approaches but the one in the south, which is measured."""
    return sum(sum(counts.values()) for leg, counts in network.junctions[0].counts.items() if leg != "S")


def _network(opposing, exits, pocket):
    right = round(opposing * _RIGHT_SHARE)
    south = [Lane("L")] if pocket is None else [Lane("L", pocket), Lane("T")]
    approaches = {
        "N": Approach([Lane("TR")], 1), "E": Approach([Lane("T")], None),
        "S": Approach(south, 1, is_permissive=True), "W": Approach([], exits)}
    junction = Junction("J", approaches)
    junction.stages = [
        {"N.T", "N.R", "S.L"} | (set() if pocket is None else {"S.T"}), {"E.T"}]
    junction.times = dict(enumerate(_GREENS))
    junction.counts = {
        "N": {"T": opposing - right, "R": right}, "E": {"T": _CROSSING},
        "S": {"L": _LEFT} if pocket is None else {"L": _LEFT, "T": _BESIDE}, "W": {}}
    lane = "lane" if pocket is None else f"pocket-{pocket}"
    return Network(f"permissive-{opposing}-{exits}-{lane}", _SETTINGS, [junction])
