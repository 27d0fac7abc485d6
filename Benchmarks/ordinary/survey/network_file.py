"""Writes a network as Greenwave's own files have it: Documentation/NetworkFormat.md."""

from . import textbook
from .layout import PEDESTRIANS
from .timeline import is_pedestrian


def text(network):
    """The whole file."""
    settings = network.settings
    flows = ", ".join(f"{turn}: {flow}" for turn, flow in settings.saturation_flow.items())
    lines = [
        "greenwave: 1", f"name: {network.name}",
        f"defaults: {{speed: {settings.speed}, length: {settings.length}, yellow: {settings.yellow:g}, "
        f"all-red: {settings.all_red:g}, minimum-green: {settings.minimum_green}, walk: {settings.walk}, "
        f"walking-speed: {settings.walking_speed:g}, saturation-flow: {{{flows}}}}}", "junctions:"]
    for junction in network.junctions:
        lines += _junction(junction, settings)
    if network.roads:
        lines += ["roads:"] + [
            f"  - {{between: [{road.begin}, {road.end}], length: {road.length}}}" for road in network.roads]
    lines += ["periods:", "  am-peak:", "    time: 07:30-08:30", "    counts:"]
    for junction in network.junctions:
        lines.append(f"      {junction.name}:")
        for leg, counts in junction.counts.items():
            if not counts:
                continue
            cells = ", ".join(f"{turn}: {_count(turn, count, network.quarters)}" for turn, count in counts.items())
            lines.append(f"        {leg}: {{{cells}}}")
    return "\n".join(lines) + "\n"


def quartered(count, quarters):
    """Whole vehicles by quarter of an hour that add up to a count."""
    cells, done, share = [], 0, 0.0
    for part in quarters:
        share += part
        cells.append(round(count * share) - done)
        done += cells[-1]
    return cells


def _count(turn, count, quarters):
    if not quarters or turn == PEDESTRIANS:
        return f"{count}"
    return "[" + ", ".join(map(str, quartered(count, quarters))) + "]"


def _junction(junction, settings):
    lines = [f"  {junction.name}:", "    approaches:"]
    cycle = textbook.programme(junction, settings).cycle
    for leg, approach in junction.approaches.items():
        parts = [f"lanes: [{', '.join(lane.text for lane in approach.lanes)}]"] if approach.lanes else []
        if approach.exit_lanes is not None and approach.exit_lanes != approach.through_lanes:
            parts.append(f"exit-lanes: {approach.exit_lanes}")
        if approach.crossing:
            parts.append(f"crossing: {approach.crossing}")
        if approach.is_permissive:
            parts.append("left-turns: permissive")
        if approach.destinations:
            parts.append("to: {" + ", ".join(f"{turn}: {leg}" for turn, leg in approach.destinations.items()) + "}")
        lines.append(f"      {leg}: {{{', '.join(parts)}}}")
    if junction.rings:
        rings = junction.rings
        lines += ["    rings:", "      phases:"]
        lines += [f"        {phase}: [{_groups(rings.phases[phase])}]" for phase in sorted(rings.phases)]
        order = [" | ".join(" ".join(map(str, barrier)) for barrier in ring) for ring in rings.order]
        lines.append(f"      order: [{', '.join(order)}]")
        splits = ", ".join(f"{phase}: {junction.times[phase]:g}" for phase in sorted(junction.times))
        lines.append(f"    plan: {{offset: {junction.offset}, cycle: {cycle:g}, split: {{{splits}}}}}")
    else:
        lines += ["    stages:"] + [f"      - [{_groups(stage)}]" for stage in junction.stages]
        greens = ", ".join(f"{junction.times[index]:g}" for index in range(len(junction.stages)))
        lines.append(f"    plan: {{offset: {junction.offset}, cycle: {cycle:g}, green: [{greens}]}}")
    return lines


def _groups(groups):
    return ", ".join(sorted(groups, key=lambda group: (is_pedestrian(group), group)))
