"""Two simulators on the same plans: what they measured, and how well they agree."""

import csv
import statistics
from dataclasses import dataclass, field

from .estimate import correlation, rank_correlation


@dataclass
class Comparison:
    """Two simulators on one network. Delays in s per vehicle, the shipped plan's first."""

    network: str
    sumo: list
    greenwave: list
    #: By link: SUMO's delay (veh·s) and mean queue (veh) of the shipped plan, then Greenwave's.
    links: dict = field(default_factory=dict)

    @property
    def _biases(self):
        return [ours / theirs - 1 for ours, theirs in zip(self.greenwave[1:], self.sumo[1:])]

    @property
    def mean_bias(self):
        """Greenwave's delay over SUMO's, less 1; mean over the random plans."""
        return statistics.fmean(self._biases)

    @property
    def mean_absolute_bias(self):
        """The same without signs."""
        return statistics.fmean(map(abs, self._biases))

    @staticmethod
    def pooled(name, comparisons):
        """All random plans of several networks as if they were one network's; the shipped plans count among them."""
        pairs = [pair for found in comparisons for pair in zip(found.sumo, found.greenwave)]
        links = {(found.network, link): row for found in comparisons for link, row in found.links.items()}
        # The first pair would be the shipped plan's.
        return Comparison(name, [0.0, *(pair[0] for pair in pairs)], [0.0, *(pair[1] for pair in pairs)], links)

    @property
    def rank_correlation(self):
        """Spearman's, over the random plans."""
        return rank_correlation(self.sumo[1:], self.greenwave[1:])

    @property
    def link_correlation(self):
        """Pearson's, of the delays of links; None with fewer than two."""
        rows = self.links.values()
        return correlation([row[0] for row in rows], [row[2] for row in rows]) if len(rows) > 1 else None

    @property
    def links_by_difference(self):
        """Links with delay, those first on which the simulators are furthest apart."""
        links = [(link, row) for link, row in self.links.items() if row[0] + row[2] >= 0.5]
        return sorted(links, key=lambda item: (-abs(item[1][0] - item[1][2]), item[0]))


def write(folder, comparisons, versions):
    """Leaves `fidelity.csv` and `fidelity-links.csv` in a folder."""
    with open(folder / "fidelity.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["network", "plan", "sumo_delay_s_per_veh", "greenwave_delay_s_per_veh", *versions])
        for found in comparisons:
            for number, pair in enumerate(zip(found.sumo, found.greenwave)):
                plan = "shipped" if number == 0 else f"random-{number - 1}"
                table.writerow([found.network, plan, *(f"{value:.3f}" for value in pair), *versions.values()])
    with open(folder / "fidelity-links.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "network", "link", "sumo_delay_veh_s", "greenwave_delay_veh_s", "sumo_queue_veh", "greenwave_queue_veh"])
        for found in comparisons:
            for link, row in found.links_by_difference:
                table.writerow([
                    found.network, link, f"{row[0]:.0f}", f"{row[2]:.0f}", f"{row[1]:.2f}", f"{row[3]:.2f}"])


def read(folder):
    """What `write` left there, without links."""
    comparisons = {}
    with open(folder / "fidelity.csv", newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found = comparisons.setdefault(line["network"], Comparison(line["network"], [], []))
            found.sumo.append(float(line["sumo_delay_s_per_veh"]))
            found.greenwave.append(float(line["greenwave_delay_s_per_veh"]))
    return list(comparisons.values())
