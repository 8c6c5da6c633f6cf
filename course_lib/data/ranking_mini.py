"""The `mini` profile of `ranking`: openly synthetic questions and word vectors, made from a seed.

Questions come from a hand-written phrase book (`ranking_phrases.txt`): topics, intents, and for each intent
several paraphrases with slots. Two paraphrases with the same fillers are duplicates. Capitals, punctuation and
a few typing errors are added as people add them.

Word vectors are sums of attribute vectors. The attributes of a word are the intents that it occurs in, weighted
by how much more often than by chance (so paraphrases come out close, and function words, which occur everywhere,
point nowhere in particular), and for everyday words the hand-written ones of `everyday_words.txt` (so analogies
hold). All vocabulary is lower-case, and a share of the rarer words has no vector, as in real life.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors

HERE = Path(__file__).parent
SEED = 3  # of the files that ship in the package
DIM = 50

TRAIN_PAIRS = 2000
VALIDATION_ROWS = 150
VALIDATION_NEGATIVES = (92, 100)  # a row has between these many
QUALITY_QUESTIONS = 200
QUALITY_CANDIDATES = 30

NOISE = 0.9  # length of a word's own random part, its attributes having length 1
TOPIC = 0.5  # weight of a topic beside that of an intent
EVERYDAY = 3.0  # weight of the hand-written attributes beside the intents
EVERYDAY_NOISE = 0.2
UNKNOWN = 0.3  # share of the rarer words that get no vector
TYPO = 0.15  # share of questions with a typing error

WORD = re.compile(r"[a-z][a-z0-9+#]*")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Intent:
    """One question in several wordings. slots: name -> fillers; each wording uses all of them."""

    topic: str
    wordings: tuple[str, ...]
    slots: tuple[tuple[str, tuple[str, ...]], ...]

    def fillings(self) -> list[dict[str, str]]:
        """Every way to fill the slots."""
        names = [name for name, _ in self.slots]
        return [dict(zip(names, values, strict=True)) for values in product(*(fillers for _, fillers in self.slots))]


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
    totals = {word: sum(places.values()) for word, places in counts.items()}
    grand = sum(totals.values())
    sizes: Counter[int] = Counter()
    for places in counts.values():
        sizes.update(places)
    book = phrase_book()
    topics = {topic: _unit(rng) for topic in dict.fromkeys(intent.topic for intent in book)}
    places_of = [_unit(rng) + TOPIC * topics[intent.topic] for intent in book]

    everyday = _everyday_attributes()
    attributes = {name: _unit(rng) for name in dict.fromkeys(name for traits in everyday.values() for name in traits)}

    found: dict[str, np.ndarray] = {}
    for word in sorted(counts.keys() | everyday.keys()):
        own = _unit(rng)
        skipped = rng.random() < UNKNOWN
        if word in everyday:
            vector = _length_one(np.sum([w * attributes[name] for name, w in everyday[word].items()], axis=0))
            noise = EVERYDAY_NOISE
        else:
            if skipped and totals[word] < np.median(list(totals.values())) * 4:
                continue
            surprise = {
                place: max(0.0, np.log(count * grand / (totals[word] * sizes[place])))
                for place, count in counts[word].items()
            }
            vector = _length_one(np.sum([weight * places_of[place] for place, weight in surprise.items()], axis=0))
            noise = NOISE
        found[word] = _length_one(vector + noise * own)
    words = sorted(found)
    return words, np.stack([found[word] for word in words]).astype("float32")


def _word_counts() -> dict[str, Counter[int]]:
    """word -> intent number -> occurrences, fillers included."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for place, intent in enumerate(phrase_book()):
        fillers = [filler for _, choices in intent.slots for filler in choices]
        for text in (*intent.wordings, *fillers):
            for word in WORD.findall(SLOT.sub(" ", text).lower()):
                counts[word][place] += 1
    return counts


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

    def pair(self) -> tuple[str, str, tuple[int, int]]:
        """Two wordings of one question, and which question it was (intent, filling)."""
        place = int(self.rng.integers(len(self.book)))
        filling = int(self.rng.integers(len(self.fillings[place])))
        first, second = self.rng.choice(len(self.book[place].wordings), size=2, replace=False)
        return (
            self._write(place, filling, int(first)),
            self._write(place, filling, int(second)),
            (place, filling),
        )

    def negatives(self, question: tuple[int, int], size: int) -> list[str]:
        """Other questions: one in eight from the same topic, the rest from anywhere."""
        texts: list[str] = []
        while len(texts) < size:
            near = self.by_topic[self.book[question[0]].topic] if self.rng.random() < 0.125 else None
            place = int(self.rng.choice(near)) if near else int(self.rng.integers(len(self.book)))
            if place == question[0]:
                continue
            filling = int(self.rng.integers(len(self.fillings[place])))
            text = self._write(place, filling, int(self.rng.integers(len(self.book[place].wordings))))
            if text not in texts:
                texts.append(text)
        return texts

    def _write(self, place: int, filling: int, wording: int) -> str:
        fillers = self.fillings[place][filling]
        text = SLOT.sub(lambda match: fillers[match.group(1)], self.book[place].wordings[wording])
        return self._style(text)

    def _style(self, text: str) -> str:
        rng = self.rng
        if rng.random() < TYPO:
            text = self._typo(text)
        if rng.random() < 0.1:
            text = text.lower()
        elif rng.random() < 0.25:
            text = " ".join(word[:1].upper() + word[1:] for word in text.split())
        if text[-1].isalnum() and rng.random() < 0.4:
            text += str(rng.choice(["?", "?", "??", " ?", "...", "!", " :(", " [solved]"]))
        return text

    def _typo(self, text: str) -> str:
        words = text.split()
        long = [place for place, word in enumerate(words) if word.isalpha() and len(word) > 4]
        if long:
            place = int(self.rng.choice(long))
            word = words[place]
            at = int(self.rng.integers(1, len(word) - 2))
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[place] = swapped if self.rng.random() < 0.5 else word[:at] + word[at + 1 :]
        return " ".join(words)


def quality_questions(seed: int) -> tuple[list[list[str]], list[int]]:
    """Questions with shuffled candidates, and for each the index of its duplicate among them."""
    asker = Asker(np.random.default_rng([seed, 13]))
    rows, answers = [], []
    for _ in range(QUALITY_QUESTIONS):
        question, duplicate, identity = asker.pair()
        candidates = asker.negatives(identity, QUALITY_CANDIDATES - 1)
        answer = int(asker.rng.integers(QUALITY_CANDIDATES))
        candidates.insert(answer, duplicate)
        rows.append([question, *candidates])
        answers.append(answer)
    return rows, answers


def write(folder: Path, seed: int) -> None:
    """Write `train.tsv`, `validation.tsv` and `vectors.bin` for a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    asker = Asker(np.random.default_rng([seed, 17]))
    pairs = [asker.pair()[:2] for _ in range(TRAIN_PAIRS)]
    rows = []
    for _ in range(VALIDATION_ROWS):
        question, duplicate, identity = asker.pair()
        size = int(asker.rng.integers(*VALIDATION_NEGATIVES, endpoint=True))
        rows.append([question, duplicate, *asker.negatives(identity, size)])
    for name, table in (("train.tsv", pairs), ("validation.tsv", rows)):
        text = "".join("\t".join(row) + "\n" for row in table)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    words, matrix = vectors(seed)
    space = KeyedVectors(DIM)
    space.add_vectors(words, matrix)
    space.save_word2vec_format(str(folder / "vectors.bin"), binary=True)
