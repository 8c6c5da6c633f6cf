"""Treebanks in CoNLL-U, the format of Universal Dependencies: ten columns, of which the words and their tags are read.

A line is a word: its number in the sentence, its form and, in the fourth column, its universal tag (UPOS). Lines that
begin with # are comments, an empty line ends a sentence. Tokens that are several words (`8-9  didn't`) and words that
nobody wrote (`8.1`) are left out: the words of such a token follow it, each on its own line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import conllu
from conllu.exceptions import ParseException

from course_lib import data
from course_lib.errors import DataError

ASSIGNMENT = "recurrent_networks"
SPLITS = ("train", "dev", "test")
FIELDS = ("id", "form", "lemma", "upos")  # the others are not read
COLUMNS = 10
SHOWN = 60  # characters of what is wrong
REMEDY = "mend it, or fetch the file again"

Sentence = list[tuple[str, str]]  # of (word, tag)


def load() -> dict[str, list[Sentence]]:
    """All splits in the current profile. Raises: DataError."""
    return {split: read(_path(split)) for split in SPLITS}


def _path(split: str) -> Path:
    try:
        return data.file(ASSIGNMENT, f"{split}.conllu", f"en_ewt-ud-{split}.conllu")
    except DataError as error:
        if data.profile() != "full":
            raise
        names = ", ".join(f"{name}.conllu" for name in SPLITS)
        raise DataError(f"{error}; or put {names} into FOLDER/{ASSIGNMENT} and set {data.VARIABLE}=FOLDER") from None


def read(path: Path) -> list[Sentence]:
    """The sentences of a file, compressed or not; those without a word are left out.

    Raises: DataError: it cannot be read or is no treebank; the message names the line.
    """
    with data.open_text(path) as file:
        sentences = [sentence for block in _blocks(file) if (sentence := _sentence(path, block))]
    if not sentences:
        raise DataError(f"{path} has no sentence in it: fetch it again, or put a CoNLL-U file there")
    return sentences


def _blocks(lines: Iterator[str]) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each sentence, without comments."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        if not line.strip():
            yield block
            block = []
        elif not line.startswith("#"):
            block.append((number, line))
    yield block


def _sentence(path: Path, block: list[tuple[int, str]]) -> Sentence:
    """Words and tags of a sentence. Raises: DataError."""
    for number, line in block:
        columns = line.count("\t") + 1
        if columns != COLUMNS:
            raise DataError(
                f"{path}, line {number}: {columns} column{'s' * (columns > 1)}; a word of CoNLL-U has {COLUMNS}, with "
                f"tabs between them: {REMEDY}"
            )
    if not block:
        return []
    try:
        (tokens,) = conllu.parse("\n".join(line for _, line in block), fields=FIELDS)
    except ParseException as error:
        raise DataError(f"{path}, sentence at line {block[0][0]}: {str(error)[:SHOWN]}: {REMEDY}") from None
    sentence: Sentence = []
    for (number, _), token in zip(block, tokens, strict=True):
        if not isinstance(token["id"], tuple):
            sentence.append(_word(token, len(sentence) + 1, f"{path}, line {number}"))
    return sentence


def _word(token: conllu.Token, expected: int, place: str) -> tuple[str, str]:
    """A word and its tag. Raises: DataError: it is not the word of that number, or has no such tag."""
    if token["id"] != expected:
        hint = "put an empty line between two sentences" if token["id"] == 1 else REMEDY
        raise DataError(f"{place}: word {token['id']} stands where word {expected} is expected: {hint}")
    if token["upos"] in ("", "_"):
        raise DataError(f"{place}: no tag in column 4 (UPOS): take a treebank that has universal tags")
    if token["upos"] not in data.UNIVERSAL_TAGS:
        raise DataError(
            f"{place}: the tag {token['upos'][:SHOWN]!r} is not universal: column 4 (UPOS) is one of "
            f"{', '.join(data.UNIVERSAL_TAGS)}"
        )
    return token["form"], token["upos"]
