"""Means with their confidence, and agreement of two orders."""

import math
import statistics
from dataclasses import dataclass

#: 97.5 % quantile of Student's t by degrees of freedom (Fisher and Yates 1938, table III).
_STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)


@dataclass(frozen=True)
class Estimate:
    """A mean and half the width of its 95 % confidence interval; none for a single value."""

    mean: float
    half_width: "float | None"

    @staticmethod
    def of(values):
        """The estimate from independent values."""
        if len(values) < 2:
            return Estimate(values[0], None)
        # Beyond the table the last entry is used: a little wide, never too narrow.
        quantile = _STUDENT[min(len(values) - 1, len(_STUDENT)) - 1]
        return Estimate(statistics.fmean(values), quantile * statistics.stdev(values) / math.sqrt(len(values)))


def lock_ups(delays):
    """How many of a plan's seeds have more than twice their median delay: something stood still."""
    return sum(delay > 2 * statistics.median(delays) for delay in delays)


def rank_correlation(first, second):
    """Spearman's: the correlation of ranks, equal values sharing their mean rank. None where it has no meaning."""
    return correlation(_ranks(first), _ranks(second))


def correlation(first, second):
    """Pearson's; None where one of the two never changes."""
    mean_first, mean_second = statistics.fmean(first), statistics.fmean(second)
    cross = sum((a - mean_first) * (b - mean_second) for a, b in zip(first, second))
    spread = math.sqrt(
        sum((a - mean_first) ** 2 for a in first) * sum((b - mean_second) ** 2 for b in second))
    return cross / spread if spread > 0 else None


def _ranks(values):
    order = sorted(range(len(values)), key=lambda index: values[index])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            ranks[index] = (start + end - 1) / 2
        start = end
    return ranks
