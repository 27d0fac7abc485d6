"""What is simulated: a network, its demand, and the period."""

import gzip
import hashlib
import importlib.util
import os
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: The networks of the RESCO benchmark (Ault and Sharon 2021) that sumo-rl ships, small ones first.
PUBLIC_NETWORKS = (
    "cologne1", "ingolstadt1", "cologne3", "grid4x4", "cologne8", "ingolstadt7", "arterial4x4", "ingolstadt21")


class ScenarioError(Exception):
    """A scenario that cannot be simulated, in words for its author."""


@dataclass(frozen=True)
class Scenario:
    """The files of a SUMO configuration and the seconds to simulate."""

    name: str
    configuration: Path
    net: Path
    routes: tuple
    additionals: tuple
    begin: float
    end: float

    @staticmethod
    def read(configuration):
        """The scenario of a `.sumocfg`; files are relative to it."""
        path = Path(configuration).resolve()
        try:
            root = ElementTree.parse(path).getroot()
        except (OSError, ElementTree.ParseError) as error:
            raise ScenarioError(f"{configuration}: {error}") from error

        def value(*names):
            for name in names:
                node = root.find(f".//{name}")
                if node is not None:
                    return node.get("value") or node.get("v")
            return None

        def files(*names):
            listed = (value(*names) or "").split(",")
            return tuple(path.parent / name.strip() for name in listed if name.strip())

        nets = files("net-file", "net", "n")
        routes = files("route-files", "routes", "r")
        end = value("end", "e")
        missing = [
            what for what, found in (("net-file", nets), ("route-files", routes), ("end", end)) if not found]
        if missing:
            raise ScenarioError(f"{configuration}: it does not say {', '.join(missing)}")
        scenario = Scenario(
            name=path.stem, configuration=path, net=nets[0], routes=routes,
            additionals=files("additional-files", "additional", "a"),
            begin=seconds(value("begin", "b") or "0"), end=seconds(end))
        for file in (scenario.net, *scenario.routes, *scenario.additionals):
            if not file.is_file():
                raise ScenarioError(f"{configuration}: there is no file {file}")
        if not scenario.end > scenario.begin:
            raise ScenarioError(f"{configuration}: the end must lie after the begin")
        return scenario

    @staticmethod
    def public(name):
        """One of `PUBLIC_NETWORKS`."""
        # Found without importing the package, which would want all of its dependencies.
        package = importlib.util.find_spec("sumo_rl").submodule_search_locations[0]
        return Scenario.read(os.path.join(package, "nets", "RESCO", name, f"{name}.sumocfg"))

    @cached_property
    def fingerprint(self):
        """Changes when any file or the period does."""
        digest = hashlib.sha256(f"{self.begin} {self.end}".encode())
        for file in (self.net, *self.routes, *self.additionals):
            digest.update(b"\0")
            digest.update(file.read_bytes())
        return digest.hexdigest()

    @cached_property
    def vehicles(self):
        """By vehicle: when it wants to depart, and its first edge (None where the file does not say)."""
        found = {}
        edges_of_route = {}
        for file in (*self.additionals, *self.routes):
            for node in elements(file):
                if node.tag == "route" and node.get("id"):
                    edges_of_route[node.get("id")] = node.get("edges", "").split()
                elif node.tag in ("vehicle", "trip"):
                    inner = node.find(".//route")
                    edges = (
                        inner.get("edges", "").split() if inner is not None
                        else edges_of_route.get(node.get("route"), []))
                    first = edges[0] if edges else node.get("from")
                    try:
                        found[node.get("id")] = (seconds(node.get("depart")), first)
                    except ValueError:
                        # `triggered` and its like: it departs with something else.
                        continue
        return found


def seconds(text):
    """Seconds of a number, h:m:s, or d:h:m:s."""
    total = 0.0
    for part, unit in zip(reversed(text.split(":")), (1, 60, 3600, 86400)):
        total += float(part) * unit
    return total


def elements(file):
    """The elements of an XML file, compressed or not, each when it is complete."""
    with open_text(file) as source:
        for _, node in ElementTree.iterparse(source):
            yield node


def open_text(file):
    """A file, compressed or not; SUMO goes by its content, too."""
    with open(file, "rb") as source:
        is_compressed = source.read(2) == b"\x1f\x8b"
    return gzip.open(file) if is_compressed else open(file, "rb")
