"""`make quality`: every method on every network, scored by SUMO."""

import platform
import sys
from importlib import metadata

from . import baselines, greenwave, options, page, results
from .estimate import Estimate, lock_ups
from .scenario import ScenarioError
from .sumo import Sumo, SumoError

#: In the order of the tables: what makes each control.
METHODS = {
    "greenwave": greenwave.optimized,
    "any stages": greenwave.with_any_stages,
    "shipped": baselines.shipped,
    "scaled": baselines.scaled,
    "webster": baselines.webster,
    "coordinated": baselines.webster_coordinated,
    "actuated": baselines.actuated,
    "max-pressure": baselines.max_pressure,
}


#: The first seed that scores; nothing else plays these.
FIRST_SEED = 1001


def main():
    parser = options.parser(__doc__, seeds=20)
    parser.add_argument(
        "--methods", default=",".join(METHODS), help=f"of {','.join(METHODS)}; all of them by default")
    arguments = parser.parse_args()
    methods = [name for name in arguments.methods.split(",") if name]
    for name in methods:
        if name not in METHODS:
            parser.error(f"there is no method '{name}'; known are {', '.join(METHODS)}")
    try:
        scenarios = options.scenarios(arguments)
        sumo = Sumo(options.CACHE)
        versions = {
            "greenwave": greenwave.version(), "SUMO": sumo.version_text, "sumo-rl": metadata.version("sumo-rl"),
            "Python": platform.python_version()}
    except (ScenarioError, SumoError, greenwave.GreenwaveError) as error:
        sys.exit(f"error: {error}")
    rows = [
        measure(scenario, name, sumo, arguments) for scenario in scenarios for name in methods]
    folder = options.folder(arguments)
    results.write(folder, results.Results(rows, versions, arguments.seeds))
    page.write(folder)
    print((folder / "results.md").read_text(encoding="utf-8"))


def measure(scenario, method, sumo, arguments):
    """One row of the results; a method that fails leaves its reason there."""
    print(f"{scenario.name}: {method}", file=sys.stderr, flush=True)
    row = results.Row(network=scenario.name, method=method)
    try:
        made = METHODS[method](scenario, sumo, arguments.workers)
        runs = sumo.runs(scenario, made.control, range(FIRST_SEED, FIRST_SEED + arguments.seeds), arguments.workers)
        # Controls that follow the queues have no plan to judge.
        row.is_safe = None if method in page.RESPONSIVE else greenwave.is_safe(scenario, made.control.plan)
    except (SumoError, greenwave.GreenwaveError) as error:
        row.note = f"{scenario.name}, {method}: it failed: {error}"
        return row
    row.demand = Estimate.of([run.demand for run in runs]).mean
    row.served = Estimate.of([run.served for run in runs]).mean
    row.delay = Estimate.of([run.delay_per_vehicle for run in runs])
    row.stops = Estimate.of([run.stops_per_vehicle for run in runs]).mean
    row.seconds = made.seconds
    row.lock_ups = lock_ups([run.delay_per_vehicle for run in runs])
    row.note = made.note
    return row


if __name__ == "__main__":
    main()
