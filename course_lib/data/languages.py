"""Made-up languages for `meta_lstm`: the sizes of the game, and which languages a model may train on."""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import torch


class Game(NamedTuple):
    """Sizes and tokens. A language gives each of L left words a right word of its own, out of R.

    Tokens: 0 to L - 1 are left words, L to L + R - 1 right words, then come `soh` and `stx`.
    """

    num_examples: int  # K
    num_left: int  # L
    num_right: int  # R, at least L
    num_words: int  # T, of a sentence

    @property
    def soh(self) -> int:
        """Starts an example."""
        return self.num_left + self.num_right

    @property
    def stx(self) -> int:
        """Starts its translation."""
        return self.soh + 1

    @property
    def num_tokens(self) -> int:
        """V = L + R + 2."""
        return self.num_left + self.num_right + 2

    @property
    def span(self) -> int:
        """Tokens of an example: 2T + 2."""
        return 2 * self.num_words + 2

    @property
    def length(self) -> int:
        """Tokens of a sequence: S = K (2T + 2) + 1."""
        return self.num_examples * self.span + 1


def all_languages(game: Game) -> torch.Tensor:
    """All R! / (R - L)! languages (N, L): row n, column i is the right word for left word i in language n.

    >>> all_languages(Game(num_examples=1, num_left=2, num_right=3, num_words=1)).tolist()
    [[2, 3], [2, 4], [3, 2], [3, 4], [4, 2], [4, 3]]
    """
    return torch.tensor(list(permutations(range(game.num_left, game.soh), game.num_left)))


def split_languages(languages: torch.Tensor, seed: int = 0, share: float = 0.2) -> tuple[torch.Tensor, torch.Tensor]:
    """Languages (N, L) to train on, and a share of them, drawn from the seed, that no model may see."""
    order = torch.randperm(len(languages), generator=torch.Generator().manual_seed(seed))
    unseen = round(share * len(languages))
    return languages[order[unseen:]], languages[order[:unseen]]
