"""Run by `python3 -m unittest` in this folder's parent; needs neither SUMO nor Greenwave."""

import math
import unittest

from survey import draw, network_file, saturation, streets, textbook, timeline
from survey.layout import Approach, Junction, Lane, Settings

SETTINGS = Settings(
    speed=50, length=300, yellow=3, all_red=2, minimum_green=5, walk=7, walking_speed=1.2,
    saturation_flow={"L": 1800, "T": 1800, "R": 1800})
#: One network of each kind.
SAMPLE = ("three-legs-03", "four-legs-07", "five-legs-02", "rings-02", "rings-04", "arterial-02")


def junction(lanes, north_lanes=None, counts=None, **options):
    approaches = {
        "N": Approach(north_lanes or [Lane("T")], 1), "S": Approach(lanes, 1, **options)}
    return Junction("J", approaches, counts=counts or {"N": {"T": 0}, "S": {"T": 100}})


class Draws(unittest.TestCase):
    def test_a_name_and_a_seed_give_the_same_file_always_and_another_seed_another(self):
        for name in SAMPLE[:3]:
            text = network_file.text(draw.network(name, 7))
            self.assertEqual(text, network_file.text(draw.network(name, 7)))
            self.assertNotEqual(text, network_file.text(draw.network(name, 8)))

    def test_every_treatment_of_left_turns_and_of_pedestrians_is_covered(self):
        names = draw.names()
        self.assertGreaterEqual(len(names), 60)
        kinds = " ".join(draw.kind(name) for name in names)
        for treatment in (*streets.LEFTS, *streets.PEDESTRIANS, "rings"):
            self.assertIn(treatment, kinds)

    def test_plans_in_force_keep_minimums_and_have_the_degree_of_saturation_asked_for(self):
        for name in SAMPLE:
            network = draw.network(name, 3)
            cycles = set()
            degrees = []
            for found in network.junctions:
                for part, least in textbook.minimums(found, network.settings).items():
                    self.assertGreaterEqual(found.times[part], least - 1e-9, name)
                program = textbook.programme(found, network.settings)
                cycles.add(program.cycle)
                degrees.append(saturation.worst_degree(found, program, network.settings))
            self.assertEqual(len(cycles), 1, name)
            self.assertTrue(90 <= cycles.pop() <= 150, name)
            self.assertTrue(0.6 <= max(degrees) <= 1.05, name)

    def test_neighbours_agree_on_what_drives_between_them(self):
        network = draw.network("arterial-02")
        for west, east in zip(network.junctions, network.junctions[1:]):
            def leaving(counts, turns):
                return sum(counts.get(leg, {}).get(turn, 0) for leg, turn in turns)

            def entering(counts):
                return sum(counts[turn] for turn in counts if turn != "P")

            self.assertEqual(
                leaving(west.counts, (("W", "T"), ("S", "R"), ("N", "L"))), entering(east.counts["W"]))
            self.assertEqual(
                leaving(east.counts, (("E", "T"), ("N", "R"), ("S", "L"))), entering(west.counts["E"]))

    def test_quarters_of_an_hour_lose_no_vehicle(self):
        for count in (0, 1, 7, 333):
            self.assertEqual(sum(network_file.quartered(count, (0.2, 0.3, 0.27, 0.23))), count)


class Timelines(unittest.TestCase):
    def test_yellow_where_vehicles_end_and_all_red_where_something_starts_too(self):
        walk, through, left = {"E.P"}, {"N.T", "S.T"}, {"N.L", "S.L"}
        stages = [walk, walk | through | left, left, {"E.T"}]
        self.assertEqual(timeline.changes(stages, SETTINGS), [0, 3, 5, 5])

    def test_greens_of_stages_that_follow_each_other_are_one(self):
        found = timeline.of_stages([{"N.T", "N.L"}, {"N.T"}, {"E.T"}], [10, 20, 30], SETTINGS)
        self.assertEqual(found.cycle, 10 + 3 + 20 + 5 + 30 + 5)
        self.assertEqual(found.greens, {"N.T": [(0, 33)], "N.L": [(0, 10)], "E.T": [(38, 68)]})

    def test_a_green_over_the_end_of_the_cycle_is_one(self):
        found = timeline.of_intervals(["a", "b"], [(10, "Gr"), (5, "yr"), (20, "rG"), (5, "GG")])
        self.assertEqual(found.greens, {"a": [(35, 50)], "b": [(15, 40)]})
        self.assertTrue(found.is_green("a", 5) and not found.is_green("a", 20))

    def test_rings_give_each_phase_its_split_less_the_change(self):
        approaches = {leg: Approach([Lane("L", 50), Lane("TR")], 1) for leg in "NESW"}
        rings = streets.of_rings(approaches, "protected", "permissive")
        splits = {1: 20, 2: 40, 5: 25, 6: 35, 4: 40}
        found = timeline.of_rings(rings, splits, SETTINGS)
        self.assertEqual(found.cycle, 100)
        self.assertEqual(found.greens["E.L"], [(0, 15)])
        self.assertEqual(found.greens["W.T"], [(20, 55)])
        self.assertEqual(found.greens["E.T"], [(25, 55)])
        self.assertEqual(found.greens["N.L"], [(60, 95)])


class Saturation(unittest.TestCase):
    def capacity(self, found, stages, greens, lane=0):
        program = timeline.of_stages(stages, greens, SETTINGS)
        return next(
            use.capacity for use in saturation.lane_uses(found, program, SETTINGS)
            if use.leg == "S" and use.lane == lane)

    def test_a_protected_lane_discharges_in_proportion_to_its_green(self):
        found = junction([Lane("T")])
        self.assertAlmostEqual(self.capacity(found, [{"S.T", "N.T"}, {"E.T"}], [40, 50]), 1800 * 40 / 100)

    def test_a_lane_goes_until_the_first_vehicle_that_may_not(self):
        # One in four turns left, three on the mean go before it; then the arrow comes, for a long time.
        found = junction([Lane("LT")], counts={"N": {"T": 0}, "S": {"T": 300, "L": 100}})
        stages = [{"S.T"}, {"S.T", "S.L"}, {"E.T"}]
        self.assertAlmostEqual(self.capacity(found, stages, [30, 10, 50]), (3 + 0.5 * 10) * 36)

    def test_left_turns_through_gaps_follow_harders(self):
        counts = {"N": {"T": 360}, "S": {"L": 100}}
        found = junction([Lane("L")], counts=counts, is_permissive=True)
        # 0.1 veh/s come; a red of 50 s leaves 5, which 0.5 veh/s clear in 12.5 s with who comes meanwhile.
        rate = 0.1 * math.exp(-0.1 * 4.5) / (1 - math.exp(-0.1 * 2))
        expected = (rate * (50 - 12.5) + saturation.SNEAKERS) * 36
        self.assertAlmostEqual(self.capacity(found, [{"S.L", "N.T"}, {"E.T"}], [50, 40]), expected)

    def test_lanes_of_one_movement_are_equally_used(self):
        found = junction([Lane("LT"), Lane("T")], counts={"N": {"T": 0}, "S": {"L": 60, "T": 540}})
        program = timeline.of_stages([{"S.L", "S.T"}, {"E.T"}], [40, 50], SETTINGS)
        flows = [use.flow for use in saturation.lane_uses(found, program, SETTINGS) if use.leg == "S"]
        self.assertAlmostEqual(flows[0], flows[1], delta=540 / 24)


if __name__ == "__main__":
    unittest.main()
