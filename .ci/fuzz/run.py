#!/usr/bin/env python3
"""Damages inputs of all formats, gives them to the tool, and tells which made it trap, hang, eat memory, name no place, or leave
files behind. What is found is made smaller, and left in a folder with the command that shows it.

    .ci/fuzz/run.py [--minutes N] [--seed S] [--jobs J] [--tool FILE] [--only TEXT] [-o DIR]

The same seed, sample by sample, damages the same places, however many jobs there are.
"""

import argparse
import shlex
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Lock

import judging
import mutations
from minimising import minimised
from samples import ROOT, Sample, all_samples


class Campaign:
    """Runs until the time is over."""

    def __init__(self, tool: Path, samples: list[Sample], seed: int, end: float, finds: Path):
        self.tool, self.samples, self.seed, self.end, self.finds = tool, samples, seed, end, finds
        self.outcomes: Counter[str] = Counter()
        self.found: dict[str, Path] = {}
        self.next = 0
        self.lock = Lock()

    def work(self, folder: Path) -> None:
        """Takes one run after the other."""
        while time.monotonic() < self.end:
            with self.lock:
                number = self.next
                self.next += 1
            random = Random(f"{self.seed} {number}")
            sample = self.samples[number % len(self.samples)]
            command = random.choice(sample.commands())
            files, done = sample.files, []
            for _ in range(random.choice([0, 1, 1, 1, 1, 2, 2, 3, 5])):
                if files:
                    files, what = mutations.damage(files, random)
                    done.append(what)
            outcome = judging.run(self.tool, command, files, folder)
            with self.lock:
                self.outcomes[outcome.word] += 1
                is_new = outcome.is_fault and f"{sample.name.split(',')[0]} {outcome.signature}" not in self.found
                if is_new:
                    self.found[f"{sample.name.split(',')[0]} {outcome.signature}"] = self.finds / f"{self.seed}-{number}"
            if is_new:
                self.save(self.finds / f"{self.seed}-{number}", sample, command, files, done, outcome, folder)

    def save(self, target, sample, command, files, done, outcome, folder) -> None:
        """Leaves a find, as small as it can be made in the time."""
        small = minimised(self.tool, command, files, sample.files, outcome, folder)
        (target / "in").mkdir(parents=True, exist_ok=True)
        for name, content in small.items():
            (target / "in" / name).write_bytes(content)
        (target / "command").write_text(
            f"mkdir -p out; {shlex.join([str(self.tool), *command])}\n# {outcome.word}: {outcome.detail}\n"
            f"# {sample.name}: {'; '.join(done)}\n")
        print(f"{outcome.word}: {outcome.detail}\n  {target}: {shlex.join(command)}\n  {'; '.join(done)}", flush=True)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tool", type=Path, default=ROOT / ".build/release/greenwave")
    parser.add_argument("--only", default="", help="samples whose name has this")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "out/fuzz")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenwave-fuzz-") as scratch:
        folder = Path(scratch)
        tool = options.tool.resolve()
        samples = [sample for sample in all_samples(tool, folder / "samples") if options.only in sample.name]
        campaign = Campaign(tool, samples, options.seed, time.monotonic() + 60 * options.minutes, options.output)
        with ThreadPoolExecutor(options.jobs) as pool:
            for work in [pool.submit(campaign.work, folder / f"job-{job}") for job in range(options.jobs)]:
                work.result()
    total = sum(campaign.outcomes.values())
    print(f"{total} runs over {len(samples)} samples: " + ", ".join(
        f"{count} {word}" for word, count in sorted(campaign.outcomes.items())))
    faults = sum(count for word, count in campaign.outcomes.items() if not word.isdigit())
    print(f"{faults} runs with a fault, of {len(campaign.found)} kinds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
