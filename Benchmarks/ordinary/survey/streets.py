"""Stages and phases of the streets of a junction, by how their left turns and pedestrians are served."""

from .layout import OPPOSITE, Rings

#: How left turns of a street may be served: with an arrow only; through gaps only; with an arrow before or after a
#: green with gaps; an arrow before for one direction and after for the other; each direction alone.
LEFTS = ("protected", "permissive", "leading", "lagging", "lead-lag", "split")
#: Those that let left turns wait for gaps.
WITH_GAPS = ("permissive", "leading", "lagging")
#: The same with rings: where arrows come late and begin apart, gaps beside them would be a yellow trap.
WITH_GAPS_IN_RINGS = ("permissive", "leading")
#: How pedestrians are served: beside the parallel street; in a stage of their own; beside it, but some seconds ahead;
#: not at all.
PEDESTRIANS = ("concurrent", "exclusive", "leading-interval", "none")
#: The leg that right turns of an approach lead to.
RIGHT_OF = {"N": "W", "S": "E", "E": "N", "W": "S"}


def crossings(approaches, legs):
    """The pedestrian groups of those legs that have a crossing."""
    return {f"{leg}.P" for leg in legs if leg in approaches and approaches[leg].crossing}


def of_street(approaches, legs, lefts, walk, leads):
    """Stages of the two legs of a street; `walk` are the pedestrians beside it, who may lead by some seconds."""
    first, second = legs
    ahead = {leg: _groups(approaches, leg, "TR") for leg in legs}
    turns = {leg: _groups(approaches, leg, "L") for leg in legs}
    through, left = ahead[first] | ahead[second], turns[first] | turns[second]
    before = [walk] if leads and walk and lefts not in ("leading", "lead-lag", "split") else []
    if lefts == "split":
        return [
            ahead[leg] | turns[leg] | (walk & crossings(approaches, [RIGHT_OF[leg]])) for leg in legs]
    if lefts == "lead-lag":
        return [ahead[first] | turns[first], through | walk, ahead[second] | turns[second]]
    return {
        "permissive": [*before, through | left | walk],
        "protected": [left, *before, through | walk],
        "leading": [left, through | left | walk],
        "lagging": [*before, through | left | walk, left],
    }[lefts]


def of_main_street_at_a_side_street(approaches, lefts, walk, leads, has_overlap):
    """Stages of the street from east to west where one leg, in the south, joins it: only the east has left turns."""
    turning = _groups(approaches, "E", "LT")
    through = _groups(approaches, "E", "T") | _groups(approaches, "W", "TR")
    before = [walk] if leads and walk and lefts == "permissive" else []
    # Right turns out of the side street go beside the arrow into it.
    arrow = turning | (_groups(approaches, "S", "R") if has_overlap else set())
    return {
        "permissive": [*before, through | turning | walk],
        "protected": [arrow, through | walk],
        "leading": [arrow, through | turning | walk],
        "lagging": [through | turning | walk, arrow],
    }[lefts]


def of_rings(approaches, lefts, side_lefts):
    """Phases of two rings: east and west before the barrier, north and south after it, numbered as NEMA does."""
    phases = {}
    for number, leg, walk, treatment in (
        (2, "W", "S", lefts), (6, "E", "N", lefts), (4, "S", "E", side_lefts), (8, "N", "W", side_lefts)):
        turns = "LTR" if treatment in WITH_GAPS_IN_RINGS else "TR"
        phases[number] = _groups(approaches, leg, turns) | crossings(approaches, [walk])
        # The arrow against a through phase has the number before it.
        phases[number - 1] = _groups(approaches, OPPOSITE[leg], "L")

    def ring(offset):
        barriers = []
        for arrow, treatment in ((1 + offset, lefts), (3 + offset, side_lefts)):
            is_late = treatment == "lagging" or (treatment == "lead-lag" and offset > 0)
            barriers.append((arrow + 1, arrow) if is_late else (arrow, arrow + 1))
        return barriers

    first, second = ring(0), ring(4)
    if side_lefts == "permissive":
        # One phase for all of the side street.
        phases[4] |= phases.pop(8)
        del phases[3], phases[7]
        first[1], second[1] = (4,), ()
    return Rings(phases, (tuple(first), tuple(second)))


def _groups(approaches, leg, turns):
    return {f"{leg}.{turn}" for turn in approaches[leg].turns if turn in turns}
