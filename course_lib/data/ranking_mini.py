"""The `mini` profile of `ranking`: openly synthetic questions and word vectors, made from a seed.

Questions come from a hand-written phrase book (`ranking_phrases.txt`): topics, intents, and for each intent
several paraphrases with slots. Two paraphrases with the same fillers are duplicates. Capitals, punctuation and
a few typing errors are added as people add them.

Word vectors are sums of attribute vectors. The attributes of a word are the intents that its family (words with one
stem) occurs in, weighted by how much more often than by chance (so paraphrases come out close, and function words,
which occur everywhere, point nowhere in particular), and for everyday words the hand-written ones of
`everyday_words.txt` (so analogies hold). All vocabulary is lower-case. As in real life some words have no vector: rare
ones, most forms of a family whose commonest form has one, and typing errors. Their letters tell what they mean.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors
from nltk.stem import PorterStemmer

HERE = Path(__file__).parent
SEED = 3  # of the files that ship in the package
DIM = 50

TRAIN_GROUPS = 2000
VALIDATION_ROWS = 300
VALIDATION_NEGATIVES = (92, 100)  # a row has between these many
QUALITY_QUESTIONS = 200
QUALITY_CANDIDATES = 30
HARD_QUESTIONS = 400
HARD_CANDIDATES = 20
SIBLINGS = 5  # candidates of a hard question that differ from it in a filler
DIRECTED = 0.25  # share of questions in which the order of fillers matters, in training and in hard questions
NEAR = 0.2  # share of candidates of the same topic

NOISE = 0.4  # length of a family's own random part, its attributes having length 1
FORM_NOISE = 0.2  # length of a word's random part beside its family's
TOPIC = 0.3  # weight of a topic beside that of an intent
EVERYDAY_NOISE = 0.2
EVERYDAY_STREAM = 918  # of random numbers of their own: lesson 1 tells of these vectors
RARE = 2  # a word that occurs at most so often in the phrase book is rare
UNKNOWN_RARE = 0.3  # share of the rare words that get no vector
UNKNOWN_FORM = 0.9  # share of the less common forms of a family that get none
GLUED = 0.45  # share of neighbouring longer words that are written as one
TYPO = 0.06  # share of the longer words with a typing error

WORD = re.compile(r"[a-z][a-z0-9+#]*")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Intent:
    """One question in several wordings. slots: name -> fillers; each wording uses all of them."""

    topic: str
    wordings: tuple[str, ...]
    slots: tuple[tuple[str, tuple[str, ...]], ...]

    def fillings(self) -> list[dict[str, str]]:
        """Every way to fill the slots; two slots with the same fillers get different ones."""
        names = [name for name, _ in self.slots]
        every = [dict(zip(names, values, strict=True)) for values in product(*(fillers for _, fillers in self.slots))]
        return [filling for filling in every if not self.directed or filling["a"] != filling["b"]]

    @property
    def directed(self) -> bool:
        """Whether the order of two fillers, `a` and `b`, is part of the question."""
        slots = dict(self.slots)
        return "a" in slots and slots["a"] == slots.get("b")


@lru_cache(maxsize=1)
def phrase_book() -> tuple[Intent, ...]:
    """The intents of the phrase book."""
    text = (HERE / "ranking_phrases.txt").read_text(encoding="utf-8")
    shared: dict[str, tuple[str, ...]] = {}
    intents: list[Intent] = []
    topic = ""
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("# ")]
        local: dict[str, tuple[str, ...]] = {}
        wordings: list[str] = []
        for line in lines:
            if line.startswith("== "):
                topic = line[3:]
            elif line.startswith("@"):
                name, _, fillers = line[1:].partition("=")
                local[name.strip()] = tuple(filler.strip() for filler in fillers.split("|"))
            else:
                wordings.append(line)
        if wordings:
            slots = shared | local
            names = sorted(set(SLOT.findall(wordings[0])))
            intents.append(Intent(topic, tuple(wordings), tuple((name, slots[name]) for name in names)))
        else:
            shared |= local
    return tuple(intents)


@lru_cache(maxsize=4)
def vectors(seed: int) -> tuple[list[str], np.ndarray]:
    """Vocabulary and vectors (V, DIM) float32 for a seed."""
    rng = np.random.default_rng([seed, 11])
    counts = _word_counts()
    book = phrase_book()
    topics = {topic: _unit(rng) for topic in dict.fromkeys(intent.topic for intent in book)}
    places_of = [_unit(rng) + TOPIC * topics[intent.topic] for intent in book]
    families: dict[str, Counter[int]] = defaultdict(Counter)
    for word in sorted(counts):
        families[_stem(word)].update(counts[word])
    grand = sum(sum(places.values()) for places in counts.values())
    sizes: Counter[int] = sum(counts.values(), Counter())

    found = _everyday_vectors(np.random.default_rng([seed, EVERYDAY_STREAM]))
    meanings = {}
    for stem in sorted(families):
        places = families[stem]
        total = sum(places.values())
        surprise = {at: max(0.0, np.log(count * grand / (total * sizes[at]))) for at, count in places.items()}
        meaning = _length_one(np.sum([weight * places_of[at] for at, weight in surprise.items()], axis=0))
        meanings[stem] = _length_one(meaning + NOISE * _unit(rng))
    unknown = _unknown_words(rng, counts)
    for word in sorted(counts.keys() - found.keys() - unknown):
        found[word] = _length_one(meanings[_stem(word)] + FORM_NOISE * _unit(rng))
    words = sorted(found)
    return words, np.stack([found[word] for word in words]).astype("float32")


def _unknown_words(rng: np.random.Generator, counts: dict[str, Counter[int]]) -> set[str]:
    """Words without a vector: of each family some forms, and some words that are rare and alone."""
    families = defaultdict(list)
    for word in sorted(counts, key=lambda word: (-sum(counts[word].values()), word)):
        families[_stem(word)].append(word)
    unknown = set()
    for forms in families.values():
        first = forms[0]
        if sum(counts[first].values()) <= RARE and rng.random() < UNKNOWN_RARE:
            unknown.add(first)
        unknown.update(form for form in forms[1:] if rng.random() < UNKNOWN_FORM)
    return unknown


@cache
def _stem(word: str) -> str:
    return PorterStemmer().stem(word)


def _word_counts() -> dict[str, Counter[int]]:
    """word -> intent number -> occurrences, fillers included."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for place, intent in enumerate(phrase_book()):
        fillers = [filler for _, choices in intent.slots for filler in choices]
        for text in (*intent.wordings, *fillers):
            for word in WORD.findall(SLOT.sub(" ", text).lower()):
                counts[word][place] += 1
    return counts


def _everyday_vectors(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Everyday words: the weighted sum of the directions of their attributes, and a little of their own."""
    table = _everyday_attributes()
    directions = {name: _unit(rng) for name in dict.fromkeys(name for traits in table.values() for name in traits)}
    found = {}
    for word, traits in sorted(table.items()):
        vector = np.sum([weight * directions[name] for name, weight in traits.items()], axis=0)
        found[word] = _length_one(_length_one(vector) + EVERYDAY_NOISE * _unit(rng))
    return found


def _everyday_attributes() -> dict[str, dict[str, float]]:
    """word -> attribute -> weight."""
    table: dict[str, dict[str, float]] = {}
    for line in (HERE / "everyday_words.txt").read_text(encoding="utf-8").splitlines():
        word, colon, traits = line.partition(":")
        if not colon or line.startswith(("#", "==")):
            continue
        pairs = (trait.partition("*") for trait in traits.split())
        table[word.strip()] = {name: float(weight or 1) for name, _, weight in pairs}
    return table


def _unit(rng: np.random.Generator) -> np.ndarray:
    return _length_one(rng.normal(size=DIM))


def _length_one(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    return vector / length if length else np.zeros(DIM)


class Asker:
    """Draws questions from the phrase book."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.book = phrase_book()
        self.fillings = [intent.fillings() for intent in self.book]
        self.by_topic: dict[str, list[int]] = defaultdict(list)
        for place, intent in enumerate(self.book):
            self.by_topic[intent.topic].append(place)
        self.directed = [place for place, intent in enumerate(self.book) if intent.directed]

    def group(self, size: int, directed: float = 0.0) -> tuple[list[str], tuple[int, int]]:
        """Up to `size` wordings of one question, and which question it was (intent, filling).

        directed: share of the questions in which the order of fillers matters, beyond those drawn by chance.
        """
        only = self.directed if self.rng.random() < directed else range(len(self.book))
        place = int(self.rng.choice(only))
        filling = int(self.rng.integers(len(self.fillings[place])))
        wordings = self.rng.permutation(len(self.book[place].wordings))[:size]
        return [self._write(place, filling, int(wording)) for wording in wordings], (place, filling)

    def pair(self, directed: float = 0.0) -> tuple[str, str, tuple[int, int]]:
        """Two wordings of one question, and which question it was."""
        (first, second), identity = self.group(2, directed)
        return first, second, identity

    def negatives(self, question: tuple[int, int], size: int, siblings: int = 0) -> list[str]:
        """Other questions: first `siblings` of the same intent, then a share `NEAR` of the same topic, the rest any."""
        texts: list[str] = []
        for filling in self._siblings(question)[:siblings]:
            self._add(texts, question[0], filling)
        while len(texts) < size:
            near = self.by_topic[self.book[question[0]].topic] if self.rng.random() < NEAR else None
            place = int(self.rng.choice(near)) if near else int(self.rng.integers(len(self.book)))
            if place != question[0]:
                self._add(texts, place, int(self.rng.integers(len(self.fillings[place]))))
        return texts

    def _siblings(self, question: tuple[int, int]) -> list[int]:
        """Other fillings of the same intent, in random order; the one with `a` and `b` swapped comes first."""
        place, own = question
        fillings = self.fillings[place]
        others = [int(other) for other in self.rng.permutation(len(fillings)) if other != own]
        if self.book[place].directed:
            swapped = {**fillings[own], "a": fillings[own]["b"], "b": fillings[own]["a"]}
            others.sort(key=lambda other: fillings[other] != swapped)
        return others

    def _add(self, texts: list[str], place: int, filling: int) -> None:
        text = self._write(place, filling, int(self.rng.integers(len(self.book[place].wordings))))
        if text not in texts:
            texts.append(text)

    def _write(self, place: int, filling: int, wording: int) -> str:
        fillers = self.fillings[place][filling]
        text = SLOT.sub(lambda match: fillers[match.group(1)], self.book[place].wordings[wording])
        return self._style(text)

    def _style(self, text: str) -> str:
        rng = self.rng
        words = [self._typo(word) if rng.random() < TYPO else word for word in text.split()]
        text = words[0]
        for last, word in pairwise(words):
            glued = min(len(last), len(word)) > 3 and (last + word).isalpha() and rng.random() < GLUED
            text += word.lower() if glued else f" {word}"
        if rng.random() < 0.1:
            text = text.lower()
        elif rng.random() < 0.15:
            text = " ".join(word[:1].upper() + word[1:] for word in text.split())
        if text[-1].isalnum() and rng.random() < 0.4:
            text += str(rng.choice(["?", "?", "??", " ?", "...", "!", " :(", " [solved]"]))
        return text

    def _typo(self, word: str) -> str:
        """A longer word with a letter left out, doubled, or swapped with the next."""
        if not word.isalpha() or len(word) < 5:
            return word
        at = int(self.rng.integers(1, len(word) - 1))
        kind = self.rng.integers(3)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at] + word[at:]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def quality_questions(seed: int, size: int = QUALITY_QUESTIONS) -> tuple[list[list[str]], list[int]]:
    """Questions with shuffled candidates, and for each the index of its duplicate among them."""
    asker = Asker(np.random.default_rng([seed, 13]))
    return _shuffled(asker, [asker.pair() for _ in range(size)], QUALITY_CANDIDATES, siblings=0)


def word_questions(seed: int) -> tuple[list[list[str]], list[int]]:
    """As `quality_questions`, but more of them, to tell smaller differences apart."""
    return quality_questions(seed, HARD_QUESTIONS)


def hard_questions(seed: int) -> tuple[list[list[str]], list[int]]:
    """As `quality_questions`, but more of them, among the candidates some that differ from the question in a filler."""
    asker = Asker(np.random.default_rng([seed, 19]))
    return _shuffled(asker, [asker.pair(DIRECTED) for _ in range(HARD_QUESTIONS)], HARD_CANDIDATES, SIBLINGS)


def _shuffled(
    asker: Asker, pairs: list[tuple[str, str, tuple[int, int]]], size: int, siblings: int
) -> tuple[list[list[str]], list[int]]:
    rows, answers = [], []
    for question, duplicate, identity in pairs:
        candidates = [text for text in asker.negatives(identity, size, siblings) if text != duplicate][: size - 1]
        answer = int(asker.rng.integers(size))
        candidates.insert(answer, duplicate)
        rows.append([question, *candidates])
        answers.append(answer)
    return rows, answers


def write(folder: Path, seed: int) -> None:
    """Write `train.tsv`, `validation.tsv` and `vectors.bin` for a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    asker = Asker(np.random.default_rng([seed, 17]))
    groups = [asker.group(int(asker.rng.integers(2, 5)), DIRECTED)[0] for _ in range(TRAIN_GROUPS)]
    rows = []
    for _ in range(VALIDATION_ROWS):
        question, duplicate, identity = asker.pair()
        size = int(asker.rng.integers(*VALIDATION_NEGATIVES, endpoint=True))
        rows.append([question, duplicate, *asker.negatives(identity, size)])
    for name, table in (("train.tsv", groups), ("validation.tsv", rows)):
        text = "".join("\t".join(row) + "\n" for row in table)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    words, matrix = vectors(seed)
    space = KeyedVectors(DIM)
    space.add_vectors(words, matrix)
    space.save_word2vec_format(str(folder / "vectors.bin"), binary=True)
