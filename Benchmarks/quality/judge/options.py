"""The command lines of the two benchmarks."""

import argparse
import sys
from pathlib import Path

from .greenwave import ROOT
from .scenario import PUBLIC_NETWORKS, Scenario, ScenarioError

#: Where the figures of the whole benchmark are kept.
HOME = ROOT / "Benchmarks" / "quality"
#: What SUMO measured, so that nothing runs twice.
CACHE = HOME / ".cache"


def parser(description, seeds):
    """The options that both have."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument(
        "--networks", type=_names, metavar="NAMES", help=f"of {','.join(PUBLIC_NETWORKS)}; all of them by default")
    options.add_argument(
        "--sumocfg", action="append", default=[], metavar="FILE",
        help="a network of your own instead; may be repeated")
    options.add_argument("--seeds", type=_positive, default=seeds, help=f"how many; {seeds} by default")
    options.add_argument("--workers", type=_positive, default=2, help="runs at a time; 2 by default")
    options.add_argument("--sumo-version", default="1.28.0", help="the version of SUMO to install and use")
    options.add_argument("--output", metavar="DIR", help=(
        "where the results go; by default beside this benchmark for all networks with default options, and in "
        "out/quality for anything else"))
    return options


def scenarios(options):
    """What the options name."""
    own = [Scenario.read(file) for file in options.sumocfg]
    names = options.networks if options.networks is not None else () if own else PUBLIC_NETWORKS
    for name in names:
        if name not in PUBLIC_NETWORKS:
            raise ScenarioError(f"there is no public network '{name}'; known are {', '.join(PUBLIC_NETWORKS)}")
    return [Scenario.public(name) for name in names] + own


def folder(options):
    """Where the results go; it is there afterwards."""
    is_whole = len(sys.argv) == 1
    path = Path(options.output or (HOME if is_whole else ROOT / "out" / "quality"))
    path.mkdir(parents=True, exist_ok=True)
    return path


def _names(text):
    return [name for name in text.split(",") if name]


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("it must be at least 1")
    return number
