"""The `mini` profile of `text_classification`: openly synthetic news headlines and word vectors, made from a seed.

Headlines are put together from a hand-written phrase book (`text_classification_phrases.txt`). A clause is a subject, a
verb and an object of one topic, with neutral words around them. Most headlines have two clauses of two topics, and the
topic is that of the main clause: "Striker Wins Cup Final After Envoy Signs Truce" is of Sports, and so is "While Envoy
Signs Truce, Striker Wins Cup Final". The same words may belong to either topic; their order decides. Then comes a tail
that tells nothing, of any length. Headlines are written in Title Case, as headlines are, the rest as sentences are.

Some words of a topic are common and many are rare, as in real texts, and which they are depends on the seed. A word
vector is the direction of its family (the topic, and its part in the clause) and a random part. All vocabulary is
lower-case, and some words have no vector.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors

HERE = Path(__file__).parent
SEED = 1  # of the files that ship in the package, and of the public ground truth: its unseen texts are like them
DIM = 50
TOPICS = ("World", "Sports", "Business", "Sci/Tech")
PARTS = ("subject", "verb", "object")

TRAIN_TEXTS = 2400
TEST_TEXTS = 800
TWO_CLAUSES = 0.6  # share of texts with a subordinate clause, on another topic
FIRST = 0.5  # share of these that begin with it
IN_DESCRIPTION = 0.3  # share of texts whose title says nothing and whose description says it all
BEFORE = 0.25  # share of clauses with neutral words before the subject
ADJECTIVE = 0.25
PLACE = 0.05
HOW = 0.1
WHICH = 0.1
WHEN = 0.05
NAME = 0.15  # share of clauses whose subject is a person of the topic
ANY_VERB = 0.05  # share of clauses whose verb is neutral
ANY_OBJECT = 0.3  # share of those whose object is neutral as well
LEAST, MOST = 8, 50  # tokens of a text
NO_TAIL = 0.4  # share of texts
BRIEF = 0.4
TAILS = (0.5, 0.25, 0.25)  # shares of tails of 1, 2 and 3 sentences among the others
AGENCY = 0.4  # share of descriptions that name an agency
STEEP = 1.3  # the word of rank r is used in proportion to r ** -STEEP

LENGTH = 4.0  # of a vector
PART = 0.5  # weight of the part in the clause beside that of the topic
NOISE = 1.4  # length of a word's own random part, its topic having length 1
UNKNOWN = 0.08  # share of the words that have no vector

TOKEN = re.compile(r"\w+|[^\w\s]+")
WORD = re.compile(r"[a-z]+")
PUNCTUATION = (".", ",", "(", ")", "-", "'", '"', ',"')
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Headline:
    """A row of the data, and its number of the topic."""

    label: int
    title: str
    description: str

    @property
    def text(self) -> str:
        """Title and description, as students get them."""
        return f"{self.title} {self.description}".strip()


@lru_cache(maxsize=1)
def phrase_book() -> dict[str, dict[str, tuple[str, ...]]]:
    """Section -> part -> choices."""
    book: dict[str, dict[str, tuple[str, ...]]] = {}
    section: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in (HERE / "text_classification_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = book.setdefault(line[3:], {})
        elif line.strip() and not line.startswith("#"):
            head, equals, tail = line.rpartition("=")
            if equals:
                name = head.strip()
            choices = tuple(choice.strip() for choice in tail.split("|") if choice.strip())
            section[name] = section.get(name, ()) + choices
    return book


@lru_cache(maxsize=4)
def people(seed: int) -> dict[str, list[str]]:
    """Topic -> surnames of the people in its news; they are others for each seed."""
    neutral = phrase_book()["neutral"]
    names = [(name + ending).capitalize() for name in neutral["name"] for ending in neutral["ending"]]
    mixed = [names[at] for at in np.random.default_rng([seed, 19]).permutation(len(names))]
    return {topic: mixed[place :: len(TOPICS)] for place, topic in enumerate(TOPICS)}


class Writer:
    """Writes headlines of a seed; `stream` tells apart its independent runs."""

    def __init__(self, seed: int, stream: int) -> None:
        self.rng = np.random.default_rng([seed, stream])
        self.neutral = phrase_book()["neutral"]
        order = np.random.default_rng([seed, 23])
        self.ranked: dict[tuple[str, str], list[str]] = {}
        for topic, parts in people(seed).items():
            self.ranked[topic, "name"] = parts
        for topic in TOPICS:
            for part in PARTS:
                choices = phrase_book()[topic][part]
                self.ranked[topic, part] = [choices[at] for at in order.permutation(len(choices))]

    def headlines(self, size: int, used: set[str]) -> list[Headline]:
        """As many headlines of each topic, in any order; none of the `used` texts, to which they are added."""
        found: list[Headline] = []
        while len(found) < size:
            headline = self.headline(len(found) % len(TOPICS))
            if LEAST <= len(TOKEN.findall(headline.text)) <= MOST and headline.text.lower() not in used:
                used.add(headline.text.lower())
                found.append(headline)
        return [found[at] for at in self.rng.permutation(size)]

    def headline(self, label: int) -> Headline:
        """A headline on the topic of that number."""
        statement = self._statement(label)
        tail = self._tail()
        agency = f"({self._pick('agency')}) - " if self._happens(AGENCY) else ""
        if self._happens(IN_DESCRIPTION):
            body = f"{agency}{_sentence_case(statement)}. {tail}"
            return Headline(label, self._pick("lead"), body.strip())
        return Headline(label, _title_case(statement), f"{agency}{tail}" if tail else "")

    def _statement(self, label: int) -> str:
        main = self._clause(TOPICS[label])
        if not self._happens(TWO_CLAUSES):
            return main
        other = (label + 1 + int(self.rng.integers(len(TOPICS) - 1))) % len(TOPICS)
        subordinate = f"{self._pick('marker')} {self._clause(TOPICS[other])}"
        return f"{subordinate}, {main}" if self._happens(FIRST) else f"{main} {subordinate}"

    def _clause(self, topic: str) -> str:
        subject = self._ranked(topic, "name" if self._happens(NAME) else "subject")
        verb, thing = self._ranked(topic, "verb"), self._ranked(topic, "object")
        if self._happens(ANY_VERB):
            verb = self._pick("verb")
            thing = self._pick("object") if self._happens(ANY_OBJECT) else thing
        words = [
            self._pick("before") if self._happens(BEFORE) else "",
            self._pick("adjective") if self._happens(ADJECTIVE) else "",
            subject,
            f"of {self._pick('place')}" if self._happens(PLACE) else "",
            self._pick("how") if self._happens(HOW) else "",
            verb,
            self._pick("which") if self._happens(WHICH) else "",
            thing,
            self._pick("when") if self._happens(WHEN) else "",
        ]
        return " ".join(word for word in words if word)

    def _tail(self) -> str:
        if self._happens(NO_TAIL):
            return ""
        if self._happens(BRIEF / (1 - NO_TAIL)):
            return SLOT.sub(lambda slot: self._pick(slot.group(1)), self._pick("brief"))
        size = 1 + int(self.rng.choice(len(TAILS), p=TAILS))
        places = self.rng.permutation(len(self.neutral["tail"]))[:size]
        sentences = (self.neutral["tail"][place] for place in places)
        return " ".join(SLOT.sub(lambda slot: self._pick(slot.group(1)), sentence) for sentence in sentences)

    def _ranked(self, topic: str, part: str) -> str:
        choices = self.ranked[topic, part]
        weights = np.arange(1, len(choices) + 1) ** -STEEP
        return choices[int(self.rng.choice(len(choices), p=weights / weights.sum()))]

    def _pick(self, part: str) -> str:
        choices = self.neutral[part]
        return choices[int(self.rng.integers(len(choices)))]

    def _happens(self, share: float) -> bool:
        return bool(self.rng.random() < share)


def _title_case(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4)
def headlines(seed: int) -> tuple[list[Headline], list[Headline]]:
    """The training and the test texts of a seed."""
    used: set[str] = set()
    writer = Writer(seed, 29)
    return writer.headlines(TRAIN_TEXTS, used), writer.headlines(TEST_TEXTS, used)


def unseen_texts(seed: int, count: int) -> tuple[list[str], list[int]]:
    """Texts of a seed that are in neither train nor test, and their labels 0..3."""
    used = {headline.text.lower() for part in headlines(seed) for headline in part}
    fresh = Writer(seed, 31).headlines(count, used)
    return [headline.text for headline in fresh], [headline.label for headline in fresh]


@lru_cache(maxsize=4)
def vectors(seed: int) -> tuple[list[str], np.ndarray]:
    """Vocabulary and vectors (V, DIM) float32 for a seed."""
    rng = np.random.default_rng([seed, 37])
    families = _families(seed)
    names = sorted({name for family in families.values() for names in family for name in names})
    directions = {name: _unit(rng) for name in names}
    found = {}
    for word in sorted(families):
        vector = NOISE * _unit(rng)
        for topic, part in families[word]:
            vector = vector + (directions[topic] + PART * directions[part]) / len(families[word])
        unknown = bool(families[word]) and rng.random() < UNKNOWN
        if not unknown:
            found[word] = LENGTH * vector / np.linalg.norm(vector)
    words = sorted(found)
    # Rounded, so that the last bit of a machine's arithmetic does not show.
    return words, np.stack([found[word] for word in words]).round(4).astype("float32")


def _families(seed: int) -> dict[str, list[tuple[str, str]]]:
    """word -> its (topic, part); none for words that occur in several sections, for markers and for punctuation."""
    places: dict[str, dict[tuple[str, str], None]] = {token: {} for token in PUNCTUATION}
    for section, parts in phrase_book().items():
        for part, phrases in parts.items():
            for token in WORD.findall(" ".join(phrases).lower()):
                places.setdefault(token, {})[section, part] = None
    for topic, names in people(seed).items():
        for name in names:
            places[name.lower()] = {(topic, "name"): None}
    few = {word: list(found) if len({section for section, _ in found}) == 1 else [] for word, found in places.items()}
    return few | {marker: [] for marker in phrase_book()["neutral"]["marker"]}


def _unit(rng: np.random.Generator) -> np.ndarray:
    vector = rng.normal(size=DIM)
    return vector / np.linalg.norm(vector)


def write(folder: Path, seed: int) -> None:
    """Write `train.csv`, `test.csv` and `vectors.bin` for a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in zip(("train.csv", "test.csv"), headlines(seed), strict=True):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerows((row.label + 1, row.title, row.description) for row in rows)
    words, matrix = vectors(seed)
    space = KeyedVectors(DIM)
    space.add_vectors(words, matrix)
    space.save_word2vec_format(str(folder / "vectors.bin"), binary=True)
