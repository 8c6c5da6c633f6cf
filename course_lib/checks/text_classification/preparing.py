"""Checks of part 1 of `text_classification`: from a text to a batch of indices."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, kind, number, seeded, words_like
from course_lib.observation import attempt, plain

# --- tokenize ----------------------------------------------------------------------------------------------


def tokenize_inputs(seed: int) -> Inputs:
    """Nonsense words, and texts of them with capitals, punctuation and numbers."""
    rng = seeded(seed, 41)
    words = words_like(rng, [5, 4, 7, 3, 6, 8])
    first, second, third, fourth, fifth, sixth = words
    number_ = int(rng.integers(10, 99))
    return {
        "words": words,
        "capitals": f"{first.title()} {second.upper()} {third} {fourth.title()}",
        "punctuation": f"{first.title()}'s {second} ({third.upper()}) - {fourth}-{fifth}, up {number_}.5%...",
        "spaces": f"  {first}\t{second}  \n{third} ",
        "accents": f"{sixth.title()} caf\u00e9 under_score",
        "long": " ".join(rng.choice(words, size=int(rng.integers(130, 150)))),
    }


def observe_tokenize(inputs: Inputs, tokenize: Any) -> Observed:
    """Tokens of a few texts."""
    yield "what it returns", attempt(lambda: kind(tokenize(inputs["capitals"])))
    yield "words in lower case", attempt(tokenize, inputs["capitals"])
    yield "punctuation", attempt(tokenize, inputs["punctuation"])
    yield "spaces", attempt(tokenize, inputs["spaces"])
    yield "letters beyond a to z", attempt(tokenize, inputs["accents"])
    yield "the empty text", attempt(tokenize, "")
    yield "max_length=3", attempt(lambda: tokenize(inputs["punctuation"], max_length=3))
    yield "a long text has 128 tokens", attempt(lambda: len(tokenize(inputs["long"])))
    yield "which tokens of a long text", attempt(lambda: list(tokenize(inputs["long"]))[:6])


TOKENIZE = Check(
    "text_classification.tokenize",
    tokenize_inputs,
    observe_tokenize,
    {
        "what it returns": "return a list of strings",
        "words in lower case": "lower-case the text, then cut it",
        "punctuation": "WordPunctTokenizer().tokenize(text): every run of punctuation is a token of its own",
        "spaces": "spaces, tabs and line ends separate tokens, and are none",
        "letters beyond a to z": "leave it to WordPunctTokenizer what a letter is",
        "the empty text": "the empty list",
        "max_length=3": "keep the first max_length tokens",
        "a long text has 128 tokens": "without max_length it is 128; it counts tokens, not letters",
        "which tokens of a long text": "keep the first tokens, not the last",
    },
    judge_cases,
)

# --- build_vocabulary --------------------------------------------------------------------------------------


def vocabulary_inputs(seed: int) -> Inputs:
    """Lists of tokens whose counts differ, with ties, and the tokens' reversed order of appearance."""
    rng = seeded(seed, 42)
    words = words_like(rng, [4, 5, 3, 6, 5, 4, 7])
    counts = [5, 3, 3, 2, 2, 1, 1]
    tokens = [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
    order = rng.permutation(len(tokens))
    shuffled = [tokens[place] for place in order]
    return {"lists": [shuffled[:6], [], shuffled[6:9], shuffled[9:]], "words": words}


def observe_vocabulary(inputs: Inputs, build_vocabulary: Any) -> Observed:
    """The vocabulary of some lists for several lower limits."""
    lists, ordered = inputs["lists"], sorted(inputs["words"])
    yield "the two special words", attempt(lambda: [build_vocabulary(lists).get(w) for w in ("<pad>", "<unk>")])
    yield "how many words", attempt(lambda: len(build_vocabulary(lists)))
    yield "words seen at least twice", attempt(build_vocabulary, lists)
    yield "equally frequent words", attempt(build_vocabulary, [ordered[3:], ordered, ordered[:3]])
    yield "min_count=1", attempt(lambda: build_vocabulary(lists, min_count=1))
    yield "min_count=3", attempt(lambda: build_vocabulary(lists, min_count=3))
    yield "the order of the texts does not matter", attempt(lambda: build_vocabulary(lists[::-1]))
    yield "words are taken as they are written", attempt(lambda: build_vocabulary([["Ab", "ab", "Ab", "7"]]))
    yield "no text", attempt(build_vocabulary, [])


VOCABULARY = Check(
    "text_classification.vocabulary",
    vocabulary_inputs,
    observe_vocabulary,
    {
        "the two special words": "'<pad>' has index 0 and '<unk>' has index 1",
        "how many words": "the two special words, and every word with at least min_count occurrences in all lists",
        "words seen at least twice": "number from 2 on: most frequent word first, equally frequent ones by alphabet",
        "equally frequent words": "in alphabetical order, in whatever order the texts have them",
        "min_count=1": "every word has an index then",
        "min_count=3": "words with exactly min_count occurrences stay",
        "the order of the texts does not matter": "sort by falling count, then by the word itself",
        "words are taken as they are written": "the tokens come lower-cased already; change nothing here",
        "no text": "only the two special words",
    },
    judge_cases,
)

# --- unknown_share -----------------------------------------------------------------------------------------


def share_inputs(seed: int) -> Inputs:
    """Lists of tokens, and a vocabulary that lacks some of them."""
    rng = seeded(seed, 43)
    words = words_like(rng, [4, 5, 3, 6, 5])
    lists = [rng.choice(words, size=int(size)).tolist() for size in rng.integers(2, 9, size=5)]
    vocabulary = {"<pad>": 0, "<unk>": 1, words[0]: 2, words[2]: 3, words[0][0]: 4}  # a letter is a word as well
    first = [[words[0], words[1], words[1], words[3]], [words[2], words[1]]]
    return {"lists": [*first, *lists, []], "vocabulary": vocabulary}


def observe_unknown_share(inputs: Inputs, unknown_share: Any) -> Observed:
    """Shares for several lists."""
    lists, vocabulary = inputs["lists"], inputs["vocabulary"]
    known = [word for word in vocabulary if not word.startswith("<")]
    capitals = [known[0].upper(), known[0], known[0], "zz", "zz", "zz"]
    yield "what it returns", attempt(lambda: number(plain(unknown_share(lists, vocabulary))))
    yield "one text", attempt(unknown_share, lists[:1], vocabulary)
    yield "a long and a short text", attempt(unknown_share, lists[:2], vocabulary)
    yield "several texts", attempt(unknown_share, lists, vocabulary)
    yield "all words known", attempt(unknown_share, [known, known[:1]], vocabulary)
    yield "no word known", attempt(unknown_share, [["zz", "zzz"]], vocabulary)
    yield "a word in capitals is another word", attempt(unknown_share, [capitals], vocabulary)
    yield "one word in all", attempt(unknown_share, [[], ["zz"]], vocabulary)
    yield "no words at all", attempt(unknown_share, [[], []], vocabulary)
    yield "no texts at all", attempt(unknown_share, [], vocabulary)


UNKNOWN_SHARE = Check(
    "text_classification.unknown_share",
    share_inputs,
    observe_unknown_share,
    {
        "what it returns": "return a float from 0 to 1",
        "one text": "words without an index divided by all words; a word that occurs twice counts twice",
        "a long and a short text": "count over all texts, then divide once: short texts have fewer words",
        "several texts": "count over all texts, then divide once",
        "all words known": "0.0",
        "no word known": "1.0",
        "a word in capitals is another word": "look words up as they are: the share shall show what lower-casing gains",
        "one word in all": "1.0 where it is unknown: divide by the number of words",
        "no words at all": "0.0: there is no unknown word",
        "no texts at all": "0.0: there is no unknown word",
    },
    judge_cases,
)

# --- encode ------------------------------------------------------------------------------------------------


def encode_inputs(seed: int) -> Inputs:
    """A vocabulary with indices in another order than the words, and tokens."""
    rng = seeded(seed, 44)
    words = words_like(rng, [4, 5, 3, 6, 5, 7])
    indices = np.roll(range(2, 7), int(rng.integers(1, 5))).tolist()
    vocabulary = {"<pad>": 0, "<unk>": 1, **dict(zip(words[:5], indices, strict=True))}
    return {"vocabulary": vocabulary, "words": words, "tokens": rng.choice(words, size=8).tolist()}


def observe_encode(inputs: Inputs, encode: Any) -> Observed:
    """Indices of some lists of tokens."""
    vocabulary, words = inputs["vocabulary"], inputs["words"]

    def vocabulary_after() -> dict[str, int]:
        mine = dict(vocabulary)
        encode(words, mine)
        return mine

    yield "what it returns", attempt(lambda: kind(encode(words[:2], vocabulary)))
    yield "known words", attempt(encode, words[:5], vocabulary)
    yield "an unknown word", attempt(encode, [words[0], words[5], words[1]], vocabulary)
    yield "repeated words", attempt(encode, inputs["tokens"] * 20, vocabulary)
    yield "words in capitals are other words", attempt(encode, [words[0].upper(), words[0]], vocabulary)
    yield "no words", attempt(encode, [], vocabulary)
    yield "the vocabulary stays", attempt(vocabulary_after)


ENCODE = Check(
    "text_classification.encode",
    encode_inputs,
    observe_encode,
    {
        "what it returns": "return a list of integers",
        "known words": "the index that word2idx has for each word, in the order of the text",
        "an unknown word": "a word without an index gets UNK; it is not left out",
        "repeated words": "one index for each token",
        "words in capitals are other words": "look words up as they are; tokenize has lower-cased them",
        "no words": "the empty list",
        "the vocabulary stays": "look words up and add none: the model has no vector for a new index",
    },
    judge_cases,
)

# --- collate_fn --------------------------------------------------------------------------------------------


def collate_inputs(seed: int) -> Inputs:
    """Rows of different length, one of them empty."""
    rng = seeded(seed, 45)
    sizes = [3, int(rng.integers(5, 8)), 0, 2, 1]
    return {
        "features": [rng.integers(1, 30, size=size).tolist() for size in sizes],
        "labels": rng.permutation([0, 1, 2, 3, 1]).tolist(),
    }


def observe_collate(inputs: Inputs, collate_fn: Any) -> Observed:
    """Batches of several rows, of one, and of rows without any word."""
    rows = [
        {"features": features, "label": label}
        for features, label in zip(inputs["features"], inputs["labels"], strict=True)
    ]
    tensors = [{"features": torch.tensor(row["features"], dtype=torch.int64), "label": row["label"]} for row in rows]

    def part(name: str, batch: list[Any]) -> Any:
        return attempt(lambda: collate_fn(batch)[name])

    yield "keys of the batch", attempt(lambda: sorted(collate_fn(rows)))
    yield "labels", part("labels", rows)
    yield "rows of one length", part("features", [rows[1], rows[1]])
    yield "features", part("features", rows)
    yield "a batch of one", part("features", rows[3:4])
    yield (
        "a longer batch and then a shorter one",
        attempt(lambda: [list(collate_fn(batch)["features"].shape) for batch in (rows[:2], rows[3:])]),
    )
    yield "texts without a word", part("features", [rows[2], rows[2]])
    yield "types", attempt(lambda: [kind(collate_fn(rows[:2])[name]) for name in ("features", "labels")])
    yield (
        "types for texts without a word",
        attempt(lambda: [kind(collate_fn(batch)["features"]) for batch in (rows[2:3], rows)]),
    )
    yield "features that are tensors", part("features", tensors)
    yield "the rows stay", [row["features"] for row in rows]


COLLATE = Check(
    "text_classification.collate",
    collate_inputs,
    observe_collate,
    {
        "keys of the batch": "return a dict with the keys features and labels",
        "labels": "the label of each row, in the order of the rows",
        "rows of one length": "one row of the matrix (B, T) for each text",
        "features": "fill shorter texts up with PAD, 0, at their end",
        "a batch of one": "a matrix (1, T), without padding",
        "a longer batch and then a shorter one": "T is the length of the longest text of this batch",
        "texts without a word": "T is at least 1: one column of PAD",
        "types": "both are int64 tensors: nn.Embedding and the loss ask for it",
        "types for texts without a word": "an empty list becomes float32: say dtype=torch.int64",
        "features that are tensors": "row['features'] may be a list or a 1-d tensor",
        "the rows stay": "fill up a copy: the rows belong to the data set, and the next epoch reads them again",
    },
    judge_cases,
)
