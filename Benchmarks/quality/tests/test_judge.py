"""Run by `python3 -m unittest` in this folder's parent; needs neither SUMO nor Greenwave."""

import random
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace

from judge import comparison, estimate, page, random_plans, results, scatter, scenario, signals, sumo

NET = """<net>
  <connection from="a" to="b" fromLane="0" toLane="0" via=":J_0_0" tl="J" linkIndex="0"/>
  <connection from="c" to="b" fromLane="0" toLane="0" tl="J" linkIndex="1"/>
  <connection from=":J_0" to="b" fromLane="0" toLane="0" via=":J_1_0"/>
  <connection from=":J_1" to="b" fromLane="0" toLane="0"/>
  <tlLogic id="J" type="static" programID="0" offset="3">
    <phase duration="30" state="Gr"/><phase duration="4" state="yr"/>
    <phase duration="20" state="rG"/><phase duration="4" state="ry"/>
  </tlLogic>
</net>"""

TRIPS = """<tripinfos>
  <tripinfo id="v1" depart="10" departDelay="2" departLane="a_0" arrival="70" timeLoss="12.5" waitingCount="2"/>
  <tripinfo id="v2" depart="20" departDelay="0" departLane="a_1" arrival="-1" timeLoss="30" waitingCount="1"/>
  {undeparted}
</tripinfos>"""
UNDEPARTED = """<tripinfo id="v3" depart="-1" departDelay="40" departLane="" arrival="-1" timeLoss="0" waitingCount="0"/>
  <tripinfo id="v4" depart="-1" departDelay="-5" departLane="" arrival="-1" timeLoss="0" waitingCount="0"/>"""

ROUTES = """<routes><route id="r" edges="a b"/>
  <vehicle id="v1" depart="8" route="r"/><vehicle id="v2" depart="20"><route edges="a b"/></vehicle>
  <trip id="v3" depart="0:01:00" from="a" to="b"/><trip id="v4" depart="105" from="a" to="b"/></routes>"""


class Folder(unittest.TestCase):
    """Tests with a scenario in a folder of their own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        for name, text in (("j.net.xml", NET), ("j.rou.xml", ROUTES), ("j.sumocfg", (
            '<configuration><net-file value="j.net.xml"/><route-files value="j.rou.xml"/>'
            '<begin value="0"/><end value="100"/></configuration>'))):
            (self.folder / name).write_text(text, encoding="utf-8")
        self.scenario = scenario.Scenario.read(self.folder / "j.sumocfg")


class Scenarios(Folder):
    def test_first_edges_and_departures_of_every_kind_of_vehicle(self):
        self.assertEqual(
            self.scenario.vehicles, {"v1": (8, "a"), "v2": (20, "a"), "v3": (60, "a"), "v4": (105, "a")})

    def test_what_is_missing_is_told_at_once(self):
        (self.folder / "bad.sumocfg").write_text("<configuration/>")
        with self.assertRaisesRegex(scenario.ScenarioError, "net-file, route-files, end"):
            scenario.Scenario.read(self.folder / "bad.sumocfg")

    def test_the_fingerprint_changes_with_any_file(self):
        before = self.scenario.fingerprint
        (self.folder / "j.rou.xml").write_text("<routes/>")
        self.assertNotEqual(scenario.Scenario.read(self.folder / "j.sumocfg").fingerprint, before)


class Trips(Folder):
    def read(self, writes_undeparted, undeparted):
        file = self.folder / "trips.xml"
        file.write_text(TRIPS.format(undeparted=undeparted))
        judge = SimpleNamespace(writes_undeparted=writes_undeparted)
        return sumo.Sumo._read_trips(judge, file, self.scenario, 1.0)

    def test_unfinished_and_undeparted_vehicles_count(self):
        run, outside = self.read(True, UNDEPARTED)
        self.assertEqual((run.demand, run.served, run.stops, run.total_delay), (3, 1, 3, 2 + 12.5 + 30 + 40))
        self.assertEqual(outside, {"a": 42})

    def test_old_versions_leave_them_to_the_route_file(self):
        # v3 waits from 60 to the end at 100; v4 departs after it.
        self.assertEqual(self.read(False, ""), self.read(True, UNDEPARTED))

    def test_what_happens_within_a_junction_belongs_to_the_link_before(self):
        self.assertEqual(sumo._leading_edges(self.folder / "j.net.xml"), {":J_0": "a", ":J_1": "a"})


class Signals(Folder):
    def test_a_plan_reads_back_as_it_was_written(self):
        (program,) = signals.shipped_programs(self.scenario)
        self.assertEqual((program.cycle, program.offset, program.stages), (58, 3, [0, 2]))
        file = self.folder / "plan.add.xml"
        file.write_text(signals.static_plan([program], "same"))
        self.assertEqual(signals.read_programs(file), [program])

    def test_letters_without_a_connection_are_found(self):
        self.assertEqual(signals.with_unused_states(self.scenario), [])
        (self.folder / "j.net.xml").write_text(NET.replace('state="Gr"', 'state="Grr"'))
        self.assertEqual(signals.with_unused_states(self.scenario), ["J"])

    def test_a_number_in_random_parts_loses_nothing(self):
        parts = random_plans.divided(40.5, 4, random.Random(1))
        self.assertAlmostEqual(sum(parts), 40.5)
        self.assertTrue(all(part >= 0 for part in parts))
        self.assertTrue(all(part == int(part) for part in parts[:-1]))

    def test_random_plans_are_legal_and_always_the_same(self):
        plans = random_plans.draw(self.scenario, 40)
        self.assertEqual(plans, random_plans.draw(self.scenario, 40))
        self.assertEqual(len(set(plans)), 40)
        for text in plans:
            (logic,) = ElementTree.fromstring(text)
            durations = [float(phase.get("duration")) for phase in logic]
            self.assertTrue(40 <= sum(durations) <= 140)
            self.assertTrue(min(durations[0], durations[2]) >= 5)
            self.assertEqual((durations[1], durations[3]), (4, 4))
            self.assertTrue(0 <= float(logic.get("offset")) < sum(durations))


class Estimates(unittest.TestCase):
    def test_a_mean_has_the_interval_of_students_t(self):
        found = estimate.Estimate.of([1.0, 2.0, 3.0])
        self.assertEqual(found.mean, 2)
        self.assertAlmostEqual(found.half_width, 4.303 / 3 ** 0.5)
        self.assertIsNone(estimate.Estimate.of([1.0]).half_width)

    def test_seeds_above_twice_the_median_are_lock_ups(self):
        self.assertEqual(estimate.lock_ups([10.0, 11.0, 12.0, 22.0, 23.0]), 0)
        self.assertEqual(estimate.lock_ups([10.0, 11.0, 12.0, 24.1, 900.0]), 2)
        self.assertEqual(estimate.lock_ups([0.0, 0.0]), 0)

    def test_ranks_of_equal_values_are_shared(self):
        self.assertAlmostEqual(estimate.rank_correlation([1, 2, 3, 4], [10, 20, 30, 1000]), 1)
        self.assertAlmostEqual(estimate.rank_correlation([1, 2, 2, 3], [1, 2, 2, 3]), 1)
        self.assertAlmostEqual(estimate.rank_correlation([1, 2, 3], [3, 2, 1]), -1)
        self.assertIsNone(estimate.rank_correlation([1, 1, 1], [1, 2, 3]))


class Pages(Folder):
    def test_the_page_has_what_the_files_have_and_says_why_a_method_failed(self):
        rows = [
            results.Row("路口", "shipped", 100, 98.5, estimate.Estimate(40.0, 1.0), 1.5, 0.0),
            results.Row(
                "路口", "scaled", 100, 99.0, estimate.Estimate(30.0, None), 1.2, 9.0, 2, False, "the best is 0.5"),
            results.Row("路口", "webster", note="it failed: no routes")]
        written = results.Results(rows, {"SUMO": "1.28.0"}, 5)
        results.write(self.folder, written)
        self.assertEqual(results.read(self.folder), written)
        comparison.write(
            self.folder, [comparison.Comparison("路口", [10.0, 20.0, 40.0, 60.0], [11.0, 22.0, 36.0, 66.0])], {})
        page.write(self.folder)
        text = (self.folder / "results.md").read_text(encoding="utf-8")
        self.assertIn("| 路口 | 40.0 ± 1.0 | **30.0** [^1] | – [^2] |", text)
        self.assertIn("| scaled [^1] | 100 | 99 | 30.0 | 1.20 | 9.0 | 2 | **no** |", text)
        self.assertIn("[^2]: it failed: no routes", text)
        # Errors of +10, −10 and +10 %.
        self.assertIn("| 路口 | 1.000 | +3.3% | 10.0% | 10.0 | 11.0 |", text)

    def test_plans_of_several_networks_are_ranked_together(self):
        first = comparison.Comparison("a", [10.0, 20.0], [11.0, 22.0], {"x": (1, 0, 2, 0)})
        second = comparison.Comparison("b", [40.0, 30.0], [36.0, 33.0], {"x": (2, 0, 4, 0)})
        total = comparison.Comparison.pooled("all", [first, second])
        self.assertAlmostEqual(total.rank_correlation, 1)
        self.assertAlmostEqual(total.mean_bias, 0.05)
        self.assertAlmostEqual(total.mean_absolute_bias, 0.1)
        self.assertEqual(len(total.links), 2)

    def test_plots_are_well_formed_and_have_every_point(self):
        points = ((10.0, 12.0), (500.0, 400.0), (0.0, 1.0))
        text = scatter.draw([scatter.Panel("a<b", "", points, (20.0, 20.0))] * 5, 4, "x", "y")
        root = ElementTree.fromstring(text)
        legend = root.findall(".//{*}g[@class='legend']/{*}circle")
        self.assertEqual(len(legend), 5)
        self.assertEqual(len(root.findall(".//{*}circle")) - len(legend), 15)
