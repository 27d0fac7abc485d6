"""Junctions as a survey sheet has them: legs, lanes, counts, signals, and the plan in force."""

from dataclasses import dataclass, field

#: The leg straight across.
OPPOSITE = {"N": "S", "S": "N", "E": "W", "W": "E"}
#: Pedestrians, beside the turns L, T and R.
PEDESTRIANS = "P"


@dataclass(frozen=True)
class Lane:
    """A lane with its arrows, letters of L, T and R."""

    turns: str
    #: Length of a turn pocket, m; None for a lane of full length.
    pocket: "int | None" = None

    @property
    def text(self):
        """As network files have it."""
        return self.turns if self.pocket is None else f"{self.turns} {self.pocket}"


@dataclass
class Approach:
    """What lies on one leg. Lanes are listed from the left, as drivers see them."""

    lanes: list
    #: Lanes that lead away; None where a road's other end says it.
    exit_lanes: "int | None"
    #: Length of the crossing, m.
    crossing: "int | None" = None
    #: Whether left turns may wait for gaps.
    is_permissive: bool = False
    #: Where turns lead, other than the compass says.
    destinations: dict = field(default_factory=dict)

    @property
    def turns(self):
        """Its turns in the order L, T, R."""
        return [turn for turn in "LTR" if any(turn in lane.turns for lane in self.lanes)]

    @property
    def through_lanes(self):
        """How many lanes have full length."""
        return sum(lane.pocket is None for lane in self.lanes)


@dataclass(frozen=True)
class Settings:
    """What holds for all signals of a network; seconds, km/h, m, m/s, veh/h."""

    speed: int
    length: int
    yellow: float
    all_red: float
    minimum_green: int
    walk: int
    walking_speed: float
    saturation_flow: dict

    @property
    def change(self):
        """Yellow and all-red, s."""
        return self.yellow + self.all_red

    def clearance(self, crossing):
        """Seconds that a pedestrian takes for a crossing of a length."""
        return crossing / self.walking_speed


@dataclass(frozen=True)
class Rings:
    """Phases in two rings; each ring has its phases before the first barrier, then before the second."""

    #: Number → groups.
    phases: dict
    #: By ring, by barrier: phases in their order.
    order: tuple


@dataclass
class Junction:
    """A signalled junction. Groups are named as network files name them: `N.L`, `N.P`."""

    name: str
    approaches: dict
    #: Sets of groups, in the order in which they run; empty with rings.
    stages: list = field(default_factory=list)
    rings: "Rings | None" = None
    #: Green of each stage, or split of each phase, s.
    times: dict = field(default_factory=dict)
    offset: int = 0
    #: Leg → turn or P → vehicles, or pedestrians, in the hour.
    counts: dict = field(default_factory=dict)

    @property
    def groups(self):
        """All signal groups."""
        return [
            f"{leg}.{turn}" for leg, approach in self.approaches.items()
            for turn in (*approach.turns, *((PEDESTRIANS,) if approach.crossing else ()))]


@dataclass(frozen=True)
class Road:
    """Joins two junctions' legs in both directions."""

    begin: str
    end: str
    #: Metres.
    length: int


@dataclass
class Network:
    """One network with its demand and the plan in force."""

    name: str
    settings: Settings
    junctions: list
    roads: list = field(default_factory=list)
    #: Vehicles of each quarter of an hour over those of the hour; none where counts are of the whole hour.
    quarters: tuple = ()
