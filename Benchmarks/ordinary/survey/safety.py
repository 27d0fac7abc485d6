"""What a plan keeps apart for safety, and how long its arrows are; told from greens alone."""

from dataclasses import dataclass

from .layout import OPPOSITE
from .streets import RIGHT_OF
from .timeline import is_pedestrian, of_intervals

#: Seconds by which times of plan files may be off.
_ROUNDING = 0.05


@dataclass(frozen=True)
class Programme:
    """A controller of `plan.json`: all greens, and those in which nothing has to be waited for."""

    greens: object
    protected: object

    @staticmethod
    def of(controller):
        """From its entry in the file."""
        intervals = [(interval["duration"], interval["states"]) for interval in controller["intervals"]]
        held = [(duration, states.replace("g", "r")) for duration, states in intervals]
        return Programme(of_intervals(controller["groups"], intervals), of_intervals(controller["groups"], held))


def shortest_arrow(programme):
    """The least protected green of a left turn that waits for gaps, too, s; None where there is none."""
    lengths = [
        end - begin for group, spans in programme.protected.greens.items()
        if group.endswith(".L") and spans != programme.greens.greens[group] for begin, end in spans]
    return min(lengths, default=None)


def lost(junction, existing, proposed):
    """What the existing programme keeps apart and the proposed one does not, as texts such as `N.L with S.T`."""
    found = [
        f"{first} with {second}" for first, second in conflicts(junction)
        if _together(proposed, first, second) and not _together(existing, first, second)]
    for walk, turn in conflicts(junction):
        if is_pedestrian(walk) and _together(existing, walk, turn) and _together(proposed, walk, turn):
            before, after = _lead(existing, walk, turn), _lead(proposed, walk, turn)
            if after < before - _ROUNDING:
                found.append(f"{walk} {after:g} s ahead of {turn}, not {before:g} s")
    return found


def conflicts(junction):
    """Pairs of groups that meet: pedestrians with traffic over their crossing, left turns with oncoming traffic."""
    pairs = []
    for leg, approach in junction.approaches.items():
        for turn in approach.turns:
            group, destination = f"{leg}.{turn}", _destination(approach, leg, turn)
            pairs += [
                (f"{crossed}.P", group) for crossed in (leg, destination)
                if crossed in junction.approaches and junction.approaches[crossed].crossing]
            across = junction.approaches.get(OPPOSITE.get(leg))
            # Right turns from across may have an exit lane of their own.
            if turn == "L" and across and "T" in across.turns:
                pairs.append((group, f"{OPPOSITE[leg]}.T"))
    return pairs


def _destination(approach, leg, turn):
    if turn in approach.destinations:
        return approach.destinations[turn]
    if turn == "T":
        return OPPOSITE[leg]
    return RIGHT_OF[leg] if turn == "R" else OPPOSITE[RIGHT_OF[leg]]


def _together(programme, first, second):
    return any(first in green and second in green for _, _, green in programme.greens.spans)


def _lead(programme, walk, turn):
    """The least time by which pedestrians start ahead of a turn that is held until then, s."""
    greens = programme.greens
    leads = []
    for begin, _ in greens.greens[turn]:
        walking = [
            start - shift for start, end in greens.greens[walk] for shift in (0, greens.cycle)
            if start - shift - _ROUNDING <= begin < end - shift]
        leads += [begin - max(walking)] if walking else []
    # Pedestrians who start while the turn runs are not ahead of it.
    late = any(
        any(first + _ROUNDING < start + shift < last for shift in (0, greens.cycle))
        for first, last in greens.greens[turn] for start, _ in greens.greens[walk])
    return 0.0 if late or not leads else max(0.0, min(leads))
