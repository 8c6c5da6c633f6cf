"""How many pairs of a class are as alike as a pair by chance, when its members wrote each exercise by themselves.

In one exercise a pair is as strong as the share of pairs that are at least as alike in it. The exercises of a pair are
put together by Chernoff's bound, as if independent. People's habits make them depend on each other a little: how much
more pairs are alike than in classes whose answers are dealt out anew, exercise by exercise, divides the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

EXPONENTS = (0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3)  # of Chernoff's bound; the best one counts
DEALS = 4  # classes dealt out anew
UPPER = 0.95  # the quantile of all pairs at which classes are compared
MOST_FOR_HABITS = 2.0  # what divides the evidence at most, lest a class full of copies hides them

Floats = NDArray[np.float64]


def surprise(likeness: csr_matrix) -> csr_matrix:
    """For each pair minus the logarithm of the share of pairs that are at least as alike; 0 for what is not.

    likeness: symmetric, 0 for pairs that are not alike; the diagonal is not looked at.
    """
    size = likeness.shape[0]
    upper = csr_matrix(likeness, copy=True).tocoo()
    above = (upper.row < upper.col) & (upper.data > 0)
    rows, columns, values = upper.row[above], upper.col[above], np.round(upper.data[above], 9)
    ranked = np.sort(values)
    as_alike = len(values) - np.searchsorted(ranked, values, side="left")
    found = -np.log(as_alike / (size * (size - 1) / 2))
    half = csr_matrix((found, (rows, columns)), shape=(size, size))
    return csr_matrix(half + half.T)


@dataclass
class Evidence:
    """What all exercises together say about the pairs of a class of `size`."""

    size: int
    _sum: Floats = field(init=False)
    _dealt: list[Floats] = field(init=False)
    _wrote: list[NDArray[np.bool_]] = field(default_factory=list, init=False)
    _moments: list[list[float]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._sum = np.zeros((self.size, self.size))
        self._dealt = [np.zeros((self.size, self.size)) for _ in range(DEALS)]
        self._random = np.random.default_rng(0)

    def add(self, who: list[int], found: csr_matrix) -> None:
        """Count an exercise in: who wrote it, and their surprise."""
        count = len(who)
        dense = found.toarray()
        self._sum[np.ix_(who, who)] += dense
        for dealt in self._dealt:
            order = self._random.permutation(count)
            dealt[np.ix_(who, who)] += dense[np.ix_(order, order)]
        above = found.data  # both halves
        pairs = count * (count - 1)
        self._moments.append(
            [float(np.log((np.exp(exponent * above).sum() + pairs - len(above)) / pairs)) for exponent in EXPONENTS]
        )
        wrote = np.zeros(self.size, dtype=bool)
        wrote[who] = True
        self._wrote.append(wrote)

    def chance(self) -> Floats:
        """For each pair the expected number of pairs, in a class of independent people, that are at least as alike."""
        pairs = self.size * (self.size - 1) / 2
        if not self._wrote:
            return np.full((self.size, self.size), pairs)
        found, *dealt = (self._bound(values) for values in (self._sum, *self._dealt))
        half = np.triu_indices(self.size, 1)
        usual = float(np.mean([np.quantile(values[half], UPPER) for values in dealt]))
        wider = float(np.quantile(found[half], UPPER)) / usual if usual else 1.0
        return pairs * np.exp(-found / min(max(1.0, wider), MOST_FOR_HABITS))

    def _bound(self, values: Floats) -> Floats:
        """Minus the logarithm of the most that the probability of such sums can be."""
        wrote = np.array(self._wrote, dtype=float)
        best = np.zeros_like(values)
        for at, exponent in enumerate(EXPONENTS):
            moments = np.array([moment[at] for moment in self._moments])
            np.maximum(best, exponent * values - (wrote.T * moments) @ wrote, out=best)
        return best
