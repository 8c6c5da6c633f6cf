"""The `mini` profile of `recurrent_networks`: an openly synthetic treebank with universal tags, made from a seed.

Sentences come from a hand-written lexicon and a small grammar (`recurrent_networks_phrases.txt`). Many of the words
belong to several classes, and the grammar puts them to work in all of these: "The old watch stops", "They watch the
stops". Which it is tells the word before, the word behind, or one that is far off: "after the long watch" is a phrase,
"after the long watch ended" a clause, and only the verb tells.

Some words are common and most are rare, as in real texts. Some are made up, each for one place only, so that those of
one file are in no other; they are others for each seed. The ending of most of them tells their class ("blorvity",
"to strimpize"); some have none, or one that is no help, and then only their place in the sentence tells.

The tags follow Universal Dependencies, in what may surprise as well: "her" and "my" are pronouns, "is" is an auxiliary
but a verb in "there is", "n't" and the "'s" of a possessive are particles. The files are CoNLL-U with the columns ID,
FORM and UPOS filled; "didn't" stands there as one token of two words, as in the treebanks.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 1  # of the files that ship in the package, and of the public ground truth
SIZES = {"train": 1200, "dev": 200, "test": 300}  # sentences
LEAST, MOST = 3, 20  # words of a sentence
STEEP = 1.0  # the word of rank r is used in proportion to r ** -STEEP
MADE_UP = 0.25  # share of words of the classes that have endings
TWO_SYLLABLES = 0.5  # share of the stems of made-up words, the others have one

# Parts of made-up words: chosen so that few of them are words that exist.
ONSETS = tuple("bl br cl cr dr fl fr gl gr kl kr pl pr qu shr sk skr sl sm sn spl spr str thr tr v vl vr wr z".split())
VOWELS = tuple("a e i o u oo ai ea ou".split())
MIDDLES = tuple("b d f g k l m n p r t v z".split())
CODAS = tuple("b lb lf lg lm lp lv mb mf nd ng nk rb rf rg rl rp rv sk sp sm v x zz".split())

VOWEL = re.compile("(?!use|one)[aeiou]", re.IGNORECASE)  # before which "a" is "an"
CLITICS = ("n't", "'s")  # written together with the word before
GLUED = (*CLITICS, ".", ",", "?", "!")  # no space before these

Sentence = list[tuple[str, str]]  # of (word, tag)


@dataclass(frozen=True)
class WordClass:
    """A class of words: form -> words, the frequent ones first; form -> endings of made-up ones."""

    tag: str
    forms: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]
    shares: tuple[float, ...]  # cumulative, of the ranks


@dataclass(frozen=True)
class Book:
    """The phrase book: classes of words, and rules as (cumulative weights, symbols of each way)."""

    classes: dict[str, WordClass]
    rules: dict[str, tuple[tuple[float, ...], tuple[tuple[str, ...], ...]]]


@lru_cache(maxsize=1)
def phrase_book() -> Book:
    """The phrase book as read from its file."""
    sections = _sections()
    endings: dict[str, dict[str, tuple[str, ...]]] = {}
    for place, choices in sections["endings"].items():
        name, _, form = place.partition(":")
        endings.setdefault(name, {})[form] = tuple(choice.strip("-") for choice in choices)
    classes = {}
    for head, choices in sections["words"].items():
        name, tag = head.split()
        shares = tuple(accumulate(rank**-STEEP for rank in range(1, len(choices) + 1)))
        classes[name] = WordClass(tag, _inflect(tag, choices), endings.get(name, {}), shares)
    rules = {}
    for name, choices in sections["grammar"].items():
        ways = [choice.split() for choice in choices]
        shares = tuple(accumulate(float(way[0]) for way in ways))
        rules[name.removesuffix(":*")] = (shares, tuple(tuple(way[1:]) for way in ways))
    return Book(classes, rules)


def _sections() -> dict[str, dict[str, list[str]]]:
    """Section -> name -> choices."""
    sections: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "recurrent_networks_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = sections.setdefault(line[3:], {})
        elif line.strip() and not line.startswith("#"):
            head, equals, tail = line.rpartition(" = ")
            if equals:
                name = head.strip()
            section.setdefault(name, []).extend(choice.strip() for choice in tail.lstrip(" |").split(" | "))
    return sections


def _inflect(tag: str, entries: list[str]) -> dict[str, tuple[str, ...]]:
    """form -> the words of a class in it, by rank."""
    words = [entry.split() for entry in entries]
    if tag == "NOUN":
        singular = tuple(forms[0] for forms in words)
        return {"": singular, "s": singular, "p": tuple([*forms, _with_s(forms[0])][1] for forms in words)}
    if tag == "VERB":
        return dict(zip("bsdng", zip(*map(_conjugate, words), strict=True), strict=True))
    return {"": tuple(entries)}


def _conjugate(forms: list[str]) -> tuple[str, ...]:
    """Base, third person, past, participle, -ing form."""
    base, *others = forms
    if len(others) == 4:
        return (base, *others)
    if others:
        return (base, _with_s(base), *others)
    short = base.removesuffix("e")
    past = f"{base[:-1]}ied" if re.search("[^aeiou]y$", base) else f"{short}ed"
    return (base, _with_s(base), past, past, f"{base if base.endswith('ee') else short}ing")


def _with_s(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search("(s|x|z|ch|sh|o)$", word) else f"{word}s"


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """All words of the phrase book, in lower case."""
    book = phrase_book()
    words = {word for kind in book.classes.values() for words in kind.forms.values() for word in words}
    literals = {symbol.rpartition("/")[0] for _, ways in book.rules.values() for way in ways for symbol in way}
    return frozenset(word.lower() for word in words | literals | {"an"})


class Writer:
    """Writes sentences of a seed; `stream` tells apart its independent runs."""

    def __init__(self, seed: int, stream: int) -> None:
        self.book = phrase_book()
        self.rng = np.random.default_rng([seed, stream])
        self.taken = set(known_words())

    def sentences(self, size: int, used: set[str]) -> list[Sentence]:
        """As many sentences; none of the `used` texts, to which they are added."""
        found: list[Sentence] = []
        while len(found) < size:
            sentence = self.sentence()
            text = _text(sentence).lower()
            twice = any(first[0].lower() == second[0].lower() for first, second in pairwise(sentence))
            if LEAST <= len(sentence) <= MOST and not twice and text not in used:
                used.add(text)
                found.append(sentence)
        return found

    def sentence(self) -> Sentence:
        """A sentence, of any length; one that is too long may be broken off."""
        words: Sentence = []
        self._expand("TEXT", "", words)
        for place, (word, tag) in enumerate(words[:-1]):
            if word == "a" and VOWEL.match(words[place + 1][0]):
                words[place] = ("an", tag)
        first = 1 if words[0][1] == "PUNCT" else 0
        word, tag = words[first]
        words[first] = (word[:1].upper() + word[1:], tag)
        return words

    def _expand(self, name: str, form: str, words: Sentence) -> None:
        """Append the words of one way to write a NAME in a form."""
        if len(words) > MOST:
            return
        rules = self.book.rules
        shares, ways = rules[f"{name}:{form}" if f"{name}:{form}" in rules else name]
        for symbol in ways[self._ranked(shares)]:
            what, _, percent = (symbol, "", "") if symbol.startswith("?") else symbol.partition("?")
            if percent and 100 * self.rng.random() >= int(percent):
                continue
            literal, slash, tag = what.partition("/")
            part, _, wanted = what.partition(":")
            wanted = form if wanted == "*" else wanted
            if slash:
                words.append((literal, tag))
            elif part.isupper():
                self._expand(part, wanted, words)
            else:
                words.append(self._word(part, wanted))

    def _word(self, name: str, form: str) -> tuple[str, str]:
        kind = self.book.classes[name]
        if kind.endings and self.rng.random() < MADE_UP:
            return self._made_up(kind.tag, kind.endings[form]), kind.tag
        return kind.forms[form][self._ranked(kind.shares)], kind.tag

    def _made_up(self, tag: str, endings: Sequence[str]) -> str:
        """A word that nobody has seen."""
        while True:
            long = self.rng.random() < TWO_SYLLABLES
            start = self._pick(ONSETS) + self._pick(VOWELS) + (self._pick(MIDDLES) + self._pick(VOWELS)) * long
            stem, ending = start + self._pick(CODAS), self._pick(endings)
            word = _with_s(stem) if ending == "s" else stem + ending
            if word not in self.taken:
                self.taken.add(word)
                return word.capitalize() if tag == "PROPN" else word

    def _ranked(self, shares: Sequence[float]) -> int:
        return min(bisect(shares, self.rng.random() * shares[-1]), len(shares) - 1)

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[int(self.rng.integers(len(choices)))]


@lru_cache(maxsize=4)
def treebank(seed: int) -> dict[str, list[Sentence]]:
    """Split -> its sentences, for a seed; they are shared, so do not change them."""
    used: set[str] = set()
    writer = Writer(seed, 41)
    return {split: writer.sentences(size, used) for split, size in SIZES.items()}


def unseen_sentences(seed: int, count: int) -> list[Sentence]:
    """Sentences of a seed that are in no file of that seed, nor in one that ships."""
    made = [sentence for one in (seed, SEED) for split in treebank(one).values() for sentence in split]
    writer = Writer(seed, 43)
    writer.taken.update(word.lower() for sentence in made for word, _ in sentence)
    return writer.sentences(count, {_text(sentence).lower() for sentence in made})


def _text(sentence: Sentence) -> str:
    """The sentence as it is written."""
    return "".join(word + space for (word, _), space in zip(sentence, _spaces(sentence), strict=True))


def _spaces(sentence: Sentence) -> list[str]:
    """What stands behind each word: a space, or nothing."""
    spaces, opened = [], False
    for place, (word, _) in enumerate(sentence):
        opened ^= word == '"'
        behind = sentence[place + 1][0] if place + 1 < len(sentence) else ""
        quoted = opened and '"' in (word, behind)
        spaces.append("" if not behind or behind in GLUED or quoted else " ")
    return spaces


def _conllu(sentences: list[Sentence], split: str) -> Iterator[str]:
    """The lines of a file."""
    yield "# This treebank is synthetic: course_lib/data/recurrent_networks_mini.py has made it up."
    for number, sentence in enumerate(sentences, 1):
        yield f"# sent_id = {split}-{number}"
        yield f"# text = {_text(sentence)}"
        spaces = [*_spaces(sentence)[:-1], " "]  # what stands behind a sentence is no matter
        followers = [word for word, _ in sentence[1:]] + [""]
        for place, ((word, tag), behind) in enumerate(zip(sentence, followers, strict=True), 1):
            if behind in CLITICS:
                yield _line(f"{place}-{place + 1}", word + behind, "_", spaces[place])
            in_token = word in CLITICS or behind in CLITICS
            yield _line(str(place), word, tag, " " if in_token else spaces[place - 1])
        yield ""


def _line(number: str, form: str, tag: str, space: str) -> str:
    """The ten columns of a word."""
    return "\t".join((number, form, "_", tag, "_", "_", "_", "_", "_", "_" if space else "SpaceAfter=No"))


def write(folder: Path, seed: int) -> None:
    """Write `train.conllu`, `dev.conllu` and `test.conllu` for a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for split, sentences in treebank(seed).items():
        text = "".join(f"{line}\n" for line in _conllu(sentences, split))
        (folder / f"{split}.conllu").write_text(text, encoding="utf-8", newline="\n")
