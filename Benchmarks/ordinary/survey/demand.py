"""Flows of a network that agree between neighbours, and grow and shrink together."""

from dataclasses import dataclass

#: veh/h for each lane of full length, before all flows are scaled: of the main street from east to west, and of others.
_MAIN = (280, 450)
_OTHER = (130, 350)
#: Shares of an approach that turn left, and right.
_LEFT = (0.08, 0.25)
_RIGHT = (0.08, 0.2)
#: The direction of the peak has the other one's flow times 1 over this.
_AGAINST_THE_PEAK = (0.5, 1.0)
#: Pedestrians in the hour over a crossing.
_PEDESTRIANS = (40, 300)
#: By leg in the east or west: the turns of other legs that lead out by it.
_ONTO = {"E": {"W": "T", "S": "R", "N": "L"}, "W": {"E": "T", "N": "R", "S": "L"}}


@dataclass
class Flows:
    """What enters a network, and how it is shared out at each junction."""

    network: object
    #: (junction, leg) → veh/h of the approaches that no road leads to.
    entering: dict
    #: (junction, leg) → turn → share.
    shares: dict
    #: (junction, leg) → pedestrians per hour.
    walking: dict

    def put(self, scale):
        """Writes whole vehicles per hour into the junctions' counts, of the flows times a factor."""
        junctions = self.network.junctions
        for junction in junctions:
            junction.counts = {}
            for leg in junction.approaches:
                if (junction.name, leg) in self.entering:
                    self._turn(junction, leg, round(self.entering[junction.name, leg] * scale))
        for west, east in zip(junctions, junctions[1:]):
            self._turn(east, "W", _leaving(west, "E"))
        for west, east in reversed(list(zip(junctions, junctions[1:]))):
            self._turn(west, "E", _leaving(east, "W"))
        for junction in junctions:
            junction.counts = {leg: junction.counts[leg] for leg in junction.approaches}
            for leg, approach in junction.approaches.items():
                if approach.crossing:
                    junction.counts[leg]["P"] = self.walking[junction.name, leg]

    def _turn(self, junction, leg, total):
        shares = self.shares[junction.name, leg]
        counts = {turn: round(total * share) for turn, share in shares.items()}
        # Rounding must not lose a vehicle, or neighbours would disagree.
        largest = max(counts, key=counts.get)
        counts[largest] += total - sum(counts.values())
        junction.counts[leg] = counts


def draw(source, network):
    """Flows of a network, by lot."""
    against = {source.choice("EW"): source.uniform(*_AGAINST_THE_PEAK)}
    against[source.choice("NS")] = source.uniform(*_AGAINST_THE_PEAK)
    entering, shares, walking = {}, {}, {}
    fed = {end for road in network.roads for end in (road.begin, road.end)}
    for junction in network.junctions:
        for leg, approach in junction.approaches.items():
            key = (junction.name, leg)
            if f"{junction.name}.{leg}" not in fed:
                lane = source.uniform(*(_MAIN if leg in "EW" else _OTHER))
                entering[key] = lane * approach.through_lanes * against.get(leg, 1.0)
            shares[key] = _shares(source, approach, leg)
            walking[key] = source.randrange(_PEDESTRIANS[0], _PEDESTRIANS[1] + 1, 10)
    return Flows(network, entering, shares, walking)


def _shares(source, approach, leg):
    left, right = source.uniform(*_LEFT), source.uniform(*_RIGHT)
    turns = approach.turns
    if "T" not in turns:
        return {"L": left / (left + right), "R": right / (left + right)}
    shares = {"L": left if "L" in turns else 0.0, "T": 0.0, "R": right if "R" in turns else 0.0}
    shares["T"] = 1 - shares["L"] - shares["R"]
    return {turn: shares[turn] for turn in turns}


def _leaving(junction, leg):
    """veh/h that leave a junction by its leg in the east or in the west."""
    return sum(
        junction.counts[other][turn] for other, turn in _ONTO[leg].items()
        if turn in junction.counts.get(other, {}))
