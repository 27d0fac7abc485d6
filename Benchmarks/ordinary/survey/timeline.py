"""When each signal group is green: from stages, from phases in rings, and from the plan files of Greenwave."""

from dataclasses import dataclass

from .layout import PEDESTRIANS


@dataclass
class Timeline:
    """The greens of one programme over its cycle."""

    #: Seconds.
    cycle: float
    #: Group → list of (begin, end), s, 0 ≤ begin < cycle; a green over the end of the cycle ends after it.
    greens: dict

    def is_green(self, group, time):
        """Whether a group is green, time being taken within the cycle."""
        return any(
            begin <= instant < end for begin, end in self.greens.get(group, ())
            for instant in (time, time + self.cycle))

    @property
    def breaks(self):
        """Times at which some green begins or ends, from 0 to the cycle: between them nothing changes."""
        times = {0.0, self.cycle}
        for spans in self.greens.values():
            for begin, end in spans:
                times |= {begin, end % self.cycle}
        return sorted(times)

    @property
    def spans(self):
        """(begin, end, groups that are green) for all of the cycle."""
        return [
            (begin, end, frozenset(group for group in self.greens if self.is_green(group, (begin + end) / 2)))
            for begin, end in zip(self.breaks, self.breaks[1:])]


def changes(stages, settings):
    """Seconds between each stage and the next: yellow where vehicles end, all-red where something starts, too."""
    found = []
    for stage, following in zip(stages, stages[1:] + stages[:1]):
        ends = any(not is_pedestrian(group) for group in stage - following)
        found.append(0.0 if not ends else settings.change if following - stage else settings.yellow)
    return found


def of_stages(stages, greens, settings):
    """The timeline of stages with their greens in s, which follow each other by `changes`."""
    between = changes(stages, settings)
    cycle = float(sum(greens) + sum(between))
    spans, time = {}, 0.0
    for index, (stage, green) in enumerate(zip(stages, greens)):
        following = stages[(index + 1) % len(stages)]
        for group in stage:
            # Who is green in the next stage, too, stays green between them.
            end = time + green + (between[index] if group in following else 0.0)
            spans.setdefault(group, []).append((time, end))
        time += green + between[index]
    return Timeline(cycle, {group: _joined(found, cycle) for group, found in spans.items()})


def of_rings(rings, splits, settings):
    """The timeline of phases in rings with their splits in s."""
    cycle = float(sum(splits[phase] for barrier in rings.order[0] for phase in barrier))
    spans = {}
    for ring in rings.order:
        time = 0.0
        for phase in (phase for barrier in ring for phase in barrier):
            for group in rings.phases[phase]:
                spans.setdefault(group, []).append((time, time + splits[phase] - settings.change))
            time += splits[phase]
    return Timeline(cycle, {
        # A group stays green over the clearance between two of its phases.
        group: _joined(found, cycle, settings.change) for group, found in spans.items()})


def of_intervals(groups, intervals):
    """The timeline of a controller of `plan.json`: names, and (duration, states) of its intervals."""
    cycle = float(sum(duration for duration, _ in intervals))
    spans, time = {}, 0.0
    for duration, states in intervals:
        for group, state in zip(groups, states):
            if state in "Gg":
                spans.setdefault(group, []).append((time, time + duration))
        time += duration
    return Timeline(cycle, {group: _joined(found, cycle) for group, found in spans.items()})


def is_pedestrian(group):
    """Whether pedestrians obey it."""
    return group.endswith(f".{PEDESTRIANS}")


def _joined(spans, cycle, largest_gap=1e-6):
    """The same greens with those that touch as one, over the end of the cycle, too."""
    joined = []
    for begin, end in sorted(spans):
        if joined and begin - joined[-1][1] <= largest_gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    if len(joined) > 1 and joined[0][0] + cycle - joined[-1][1] <= largest_gap:
        first = joined.pop(0)
        joined[-1] = (joined[-1][0], max(first[1] + cycle, joined[-1][1]))
    return joined
