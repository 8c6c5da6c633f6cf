"""Where the course's data is: COURSE_DATA says it.

Unset, it is `mini`: small data in the package. `full` is real data, downloaded into a cache (see download.py). Else it
is a folder (`./full` is one). All have the same layout, `<folder>/<assignment>/<file>`:

- `ranking`: `train.tsv`, `validation.tsv` and `vectors.bin`;
- `text_classification`: `train.csv`, `test.csv` (see ag_news.py for their form, and for `.parquet`) and `vectors.bin`;
- `recurrent_networks`: `train.conllu`, `dev.conllu` and `test.conllu`, or `en_ewt-ud-train.conllu` and so on (see
  treebanks.py for their form).

Texts and vectors may be compressed (`train.csv.gz`, `train.csv.xz`). The vectors are a word2vec file, in binary
format; one in text format may also be called `vectors.txt`.
"""

from __future__ import annotations

import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from course_lib.errors import DataError

if TYPE_CHECKING:
    from datasets import DatasetDict
    from gensim.models import KeyedVectors

MINI = Path(__file__).parent / "mini"
VARIABLE = "COURSE_DATA"
COMPRESSED = ("", ".gz", ".xz")
TOPICS = ("World", "Sports", "Business", "Sci/Tech")  # of the news; a label is an index
# Universal parts of speech; X is for what is no word of the language.
UNIVERSAL_TAGS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)

# Function words, for machines without nltk's list. Written for the course.
FUNCTION_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being both but by can could did do
    does doing done for from had has have having he her here hers him his how i if in into is it its just me more
    most my no nor not of off on once one only or other our out over own same she should so some such than that
    the their them then there these they this those through to too under until up very was way we were what when
    where which while who whom why will with without would you your""".split()
)


def profile() -> str:
    """`mini`, `full`, or `folder` when COURSE_DATA names one."""
    named = os.environ.get(VARIABLE)
    return "mini" if not named else "full" if named == "full" else "folder"


def file(assignment: str, name: str, *others: str) -> Path:
    """The path of a data file in the current profile; `NAME.gz` and `NAME.xz` serve as well, then the other names do.

    In `full` it is downloaded if need be.

    Raises: DataError: there is no such file, or it cannot be downloaded.

    >>> file("ranking", "train.tsv").name
    'train.tsv'
    """
    folder = _root() / assignment
    found = _find(folder, (name, *others))
    if found is None and profile() == "full":
        from course_lib.data import download

        found = _find(download.fetch(assignment, name, *others), (name, *others))
    if found is not None:
        return found
    remedy = (
        "install the package again, or run: course mini-data"
        if profile() == "mini"
        else f"put it there, or unset {VARIABLE} to use the small data of the package"
    )
    raise DataError(f"{folder / name} is missing: {remedy}")


def _find(folder: Path, names: tuple[str, ...]) -> Path | None:
    candidates = [folder / f"{name}{ending}" for name in names for ending in COMPRESSED]
    return next((path for path in candidates if path.is_file()), None)


def _root() -> Path:
    """The folder of the current profile."""
    if profile() == "mini":
        return MINI
    if profile() == "folder":
        return Path(os.environ[VARIABLE]).expanduser()
    from course_lib.data import download

    return download.cache() / "full"


def vectors(assignment: str, limit: int | None = None) -> KeyedVectors:
    """The word vectors of an assignment, or the first `limit`; big files are shared by all kernels, and read-only.

    Raises: DataError: there is no such file, it cannot be downloaded, or it is no word2vec file.

    >>> vectors("ranking", limit=100).vectors.shape[0]
    100
    """
    from course_lib.data import vector_cache

    return vector_cache.load(file(assignment, "vectors.bin", "vectors.txt"), limit)


def news() -> DatasetDict:
    """News of four topics: splits `train` and `test`, columns `text` and `label`, an index into `TOPICS`.

    Raises: DataError: a file is missing, cannot be downloaded, or holds no such news.

    >>> news()["train"].column_names
    ['text', 'label']
    """
    from course_lib.data import ag_news

    return ag_news.load()


def treebank() -> dict[str, list[list[tuple[str, str]]]]:
    """Sentences of `train`, `dev` and `test`, each a list of words with their tags, which are of `UNIVERSAL_TAGS`.

    Raises: DataError: a file is missing, cannot be downloaded, or is no CoNLL-U with universal tags.

    >>> list(treebank())
    ['train', 'dev', 'test']
    >>> treebank()["train"][0][-1]
    ('.', 'PUNCT')
    """
    from course_lib.data import treebanks

    return treebanks.load()


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file to read, compressed or not, with its line ends as they stand.

    Raises: DataError: it cannot be read, or is not UTF-8 text.
    """
    opened: Any = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as lines:
            yield lines
    except UnicodeDecodeError:
        raise DataError(f"{path} is not UTF-8 text: convert it, or fetch it again") from None
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise DataError(f"{path} cannot be read ({error}): fetch it again") from None


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated text file, each a list of texts; empty lines are skipped.

    Raises: DataError: the file is not UTF-8 text, or has a row of a single column.
    """
    rows = []
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            row = line.rstrip("\r\n").split("\t")
            if len(row) == 1 and row[0]:
                raise DataError(f"{path}, line {number}: no tab in it; columns are separated by tabs")
            if len(row) > 1:
                rows.append(row)
    return rows


def stopwords() -> set[str]:
    """English stopwords: nltk's list where it is on this machine, else the course's own; nothing is downloaded."""
    from nltk.corpus import stopwords as corpus

    try:
        return set(corpus.words("english"))
    except LookupError:
        return set(FUNCTION_WORDS)
