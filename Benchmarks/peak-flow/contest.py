"""Solves peak-flow programs with Greenwave, junction by junction, and with HiGHS, whole; prints both and what they took."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import highspy

ROOT = Path(__file__).resolve().parents[2]


def greenwave(tool, network, gap, runs):
    """The outcome of `greenwave peak`, with the median of its solves' times."""
    outcomes = [
        json.loads(subprocess.run(
            [tool, "peak", network, "--json", "--gap", str(gap)], check=True, capture_output=True, text=True).stdout)
        for _ in range(runs)
    ]
    if len({(outcome["value"], outcome["bound"]) for outcome in outcomes}) != 1:
        sys.exit("greenwave gave different answers to the same question")
    outcome = outcomes[0]
    for clock in ("processor", "wall"):
        times = sorted(one["seconds"][clock] for one in outcomes)
        outcome["seconds"][clock] = times[len(times) // 2]
    return outcome


def highs(program, solver):
    """Optimum of an LP file, and the seconds that the solver took on one thread; reading is not counted."""
    solver_object = highspy.Highs()
    solver_object.setOptionValue("output_flag", False)
    solver_object.setOptionValue("threads", 1)
    solver_object.setOptionValue("solver", solver)
    solver_object.readModel(str(program))
    lp = solver_object.getLp()
    size = (lp.num_row_, lp.num_col_, len(lp.a_matrix_.value_))
    wall, processor = time.perf_counter(), time.process_time()
    solver_object.run()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    if solver_object.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        sys.exit(f"HiGHS ({solver}) did not find the optimum")
    return solver_object.getInfo().objective_function_value, processor, wall, size


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=8, help="junctions on a side of the grid")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--overload", default="3", help="see greenwave generate grid; several, separated by commas")
    parser.add_argument("--gap", type=float, default=0.02, help="where Greenwave stops: (value - bound) / value")
    parser.add_argument("--solvers", default="choose", help="HiGHS's solvers, separated by commas: choose, simplex, ipm")
    parser.add_argument("--runs", type=int, default=5, help="Greenwave's time is the median of so many solves")
    parser.add_argument("--tool", default=str(ROOT / ".build/release/greenwave"))
    arguments = parser.parse_args()

    print("| overload | rows, columns, nonzeros | solver | objective, veh·h | against optimum | gap proven "
          "| processor s | wall s | times as long |")
    print("|---|---|---|---|---|---|---|---|---|")
    for overload in arguments.overload.split(","):
        with tempfile.TemporaryDirectory() as folder:
            network, program = f"{folder}/grid.yaml", f"{folder}/peak.lp"
            side = str(arguments.side)
            subprocess.run(
                [arguments.tool, "generate", "grid", "--rows", side, "--columns", side, "--seed",
                 str(arguments.seed), "--overload", overload, "-o", network], check=True)
            subprocess.run([arguments.tool, "peak", network, "--write-lp", program], check=True)
            ours = greenwave(arguments.tool, network, arguments.gap, arguments.runs)
            answers = [(solver, *highs(program, solver)) for solver in arguments.solvers.split(",")]
        optimum = answers[0][1] * ours["sliceLength"]
        if ours["bound"] > optimum * (1 + 1e-6):
            sys.exit(f"the bound {ours['bound']} is above the optimum {optimum}")
        rows = "{}, {}, {}".format(*(f"{count:,}" for count in answers[0][4]))
        seconds = ours["seconds"]
        print(f"| {overload} | {rows} | Greenwave | {ours['value'] / 3600:.1f} | +{(ours['value'] / optimum - 1) * 100:.2f} % "
              f"| {ours['gap'] * 100:.2f} % | {seconds['processor']:.3f} | {seconds['wall']:.3f} | 1 |")
        for solver, objective, processor, wall, _ in answers:
            print(f"| | | HiGHS {solver} | {objective * ours['sliceLength'] / 3600:.1f} | | 0 "
                  f"| {processor:.2f} | {wall:.2f} | {processor / seconds['processor']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
