"""Run as `test_survey.py`, with `../quality` on `PYTHONPATH`."""

import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

from survey import (
    benchmark, draw, fidelity, network_file, permissive, random_programmes, safety, streets, table, textbook)
from survey.layout import Approach, Junction, Lane

GROUPS = ["N.L", "N.T", "N.R", "S.L", "S.T", "S.R", "E.T", "E.R", "E.P", "W.P"]


def junction():
    lanes = [Lane("L", 60), Lane("TR")]
    return Junction("J", {
        "N": Approach(lanes, 1), "E": Approach([Lane("TR")], 1, crossing=10), "S": Approach(lanes, 1),
        "W": Approach([], 1, crossing=10)})


def programme(*intervals):
    return safety.Programme.of({
        "groups": GROUPS, "intervals": [
            {"duration": duration, "states": "".join(
                "G" if group in green else "g" if group in waiting else "r" for group in GROUPS)}
            for duration, green, waiting in intervals]})


THROUGH, LEFT, WALK = {"N.T", "S.T"}, {"N.L", "S.L"}, {"E.P", "W.P"}
RIGHT = {"N.R", "S.R"}


class Safety(unittest.TestCase):
    def test_left_turns_that_lose_their_arrow_are_told(self):
        before = programme((10, LEFT, set()), (30, THROUGH, set()), (20, {"E.T"}, set()))
        after = programme((30, THROUGH, LEFT), (20, {"E.T"}, set()))
        self.assertEqual(safety.lost(junction(), before, before), [])
        self.assertEqual(set(safety.lost(junction(), before, after)), {"N.L with S.T", "S.L with N.T"})
        # The other way round nothing is lost.
        self.assertEqual(safety.lost(junction(), after, before), [])

    def test_pedestrians_who_lose_a_stage_of_their_own_are_told(self):
        before = programme((30, THROUGH | RIGHT, set()), (20, {"E.T"}, set()), (15, WALK, set()))
        after = programme((30, THROUGH | WALK, RIGHT), (20, {"E.T"}, set()))
        self.assertEqual(set(safety.lost(junction(), before, after)), {"W.P with N.R", "E.P with S.R"})

    def test_pedestrians_who_start_no_longer_ahead_are_told(self):
        def plan(lead):
            return programme((20, {"E.T"}, set()), (lead, WALK, set()), (30, THROUGH | WALK, RIGHT))

        self.assertEqual(safety.lost(junction(), plan(5), plan(7)), [])
        self.assertEqual(safety.lost(junction(), plan(5), plan(5)), [])
        self.assertEqual(
            set(safety.lost(junction(), plan(5), plan(1))),
            {"W.P 1 s ahead of N.R, not 5 s", "E.P 1 s ahead of S.R, not 5 s"})

    def test_the_shortest_arrow_is_that_of_a_turn_that_waits_for_gaps_too(self):
        self.assertIsNone(safety.shortest_arrow(programme((9, LEFT, set()), (30, THROUGH, set()))))
        self.assertIsNone(safety.shortest_arrow(programme((30, THROUGH, LEFT), (20, {"E.T"}, set()))))
        self.assertEqual(
            safety.shortest_arrow(programme((9, LEFT, set()), (30, THROUGH, LEFT), (3, LEFT, set()))), 3 + 9)
        self.assertEqual(
            safety.shortest_arrow(programme((9, LEFT, set()), (30, THROUGH, LEFT), (4, {"E.T"}, set()))), 9)


class Choice(unittest.TestCase):
    def test_a_limit_is_spread_over_all_kinds(self):
        names = benchmark.chosen(SimpleNamespace(only=None, limit=fidelity.NETWORKS))
        self.assertEqual(len(names), fidelity.NETWORKS)
        kinds = " ".join(draw.kind(name) for name in names)
        for kind in (*streets.LEFTS, *streets.PEDESTRIANS, "rings"):
            self.assertIn(kind, kinds)

    def test_names_may_have_wildcards(self):
        self.assertEqual(benchmark.chosen(SimpleNamespace(only="rings-0[12],five*-03", limit=None)), [
            "five-legs-03", "rings-01", "rings-02"])


class RandomProgrammes(unittest.TestCase):
    def test_they_keep_minimums_and_are_always_the_same(self):
        for name in ("four-legs-04", "rings-04"):
            network = draw.network(name)
            changed = random_programmes.redrawn(network, 1)
            self.assertEqual(
                network_file.text(changed), network_file.text(random_programmes.redrawn(network, 1)))
            self.assertNotEqual(network_file.text(changed), network_file.text(network))
            for found in changed.junctions:
                for part, least in textbook.minimums(found, network.settings).items():
                    self.assertGreaterEqual(found.times[part], least)


class Permissive(unittest.TestCase):
    def test_only_the_approach_measured_turns_left(self):
        cases = permissive.networks()
        self.assertEqual(len({network.name for *_, network in cases}), len(cases))
        for opposing, _, _, network in cases:
            counts = network.junctions[0].counts
            self.assertEqual(sum(counts["N"].values()), opposing)
            self.assertEqual([leg for leg in counts if "L" in counts[leg]], ["S"])


class Approaches(unittest.TestCase):
    def test_parts_of_a_link_before_its_pockets_belong_to_its_approach(self):
        runs = [SimpleNamespace(links={"J.N": [10.0, 1.0], "J.N.60": [5.0, 2.0], "J.S_out": [9.0, 9.0]})]
        simulation = {"links": [
            {"link": "J.N", "totalDelayHours": 1.0, "meanQueue": 4.0},
            {"link": "J.S out", "totalDelayHours": 1.0, "meanQueue": 4.0}]}
        self.assertEqual(fidelity.approaches(runs, simulation), {"J.N": [15, 3, 3600, 4]})


def row(name, before, after, **figures):
    standard = {
        "greenwave_delay": (40.0, 30.0), "degree": (0.9, 0.8), "newly_full": 0, "arrow": (None, 9.0),
        "cycle": (120, 80), "lost": [], "lock_ups": (0, 0), "is_advised": True}
    return table.Row(name, "3, protected", (before, after), **{**standard, **figures})


class Tables(unittest.TestCase):
    def test_goals_are_of_the_worst_the_share_and_the_median(self):
        rows = [row(str(index), 100.0, 80.0) for index in range(9)] + [row("x", 100.0, 101.9)]
        self.assertEqual([goal.is_met for goal in table.goals(rows)], [True] * 5)
        self.assertIn("90%", table.goals(rows)[1].found)
        self.assertIn("20.0%", table.goals(rows)[2].found)
        worse = [*rows, row("y", 100.0, 103.0, newly_full=2, lost=["N.L with S.T"])]
        self.assertEqual([goal.is_met for goal in table.goals(worse)], [False, False, True, False, False])

    def test_the_files_have_every_network(self):
        with tempfile.TemporaryDirectory() as holder:
            folder = Path(holder)
            rows = [row("a", 50.0, 40.0, lost=["N.L with S.T", "E.P with S.R"])]
            table.write(folder, rows, {"SUMO": "1.28.0"}, 10)
            self.assertIn(
                "| a | 3, protected | 50.0 → 40.0 | -20.0% | 40.0 → 30.0 | 0.90 → 0.80 | 0 | – → 9 | 120 → 80 | "
                "N.L with S.T, and 1 more | 0 → 0 |", (folder / "results.md").read_text(encoding="utf-8"))
            self.assertIn("N.L with S.T; E.P with S.R", (folder / "results.csv").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
