"""AG News as a `datasets.DatasetDict`, in memory: nothing is written into a cache, nothing is asked of a network.

Two forms are read. `train.csv` and `test.csv` are the classic one: no header, all fields quoted, the columns class,
title and description, classes 1 to 4; quotes in a field are doubled, a backslash is a backslash. `train.parquet` and
`test.parquet` are the files of the hub, with the columns `text` and `label`, labels 0 to 3; they are the full data.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow
from datasets import ClassLabel, Dataset, DatasetDict, Features, Value
from pyarrow import parquet

from course_lib import data
from course_lib.errors import DataError

ASSIGNMENT = "text_classification"
SPLITS = ("train", "test")
COLUMNS = "class,title,description"
FEATURES = Features({"text": Value("string"), "label": ClassLabel(names=list(data.TOPICS))})
SHOWN = 40  # characters of a bad class

Rows = tuple[list[str], list[int]]  # texts, labels


def load() -> DatasetDict:
    """Both splits in the current profile. Raises: DataError."""
    return DatasetDict({split: _split(split) for split in SPLITS})


def _split(split: str) -> Dataset:
    try:
        path = data.file(ASSIGNMENT, f"{split}.csv", f"{split}.parquet")
    except DataError as error:
        if data.profile() != "full":
            raise
        raise DataError(
            f"{error}; or put train.csv and test.csv ({COLUMNS}) into FOLDER/{ASSIGNMENT} "
            f"and set {data.VARIABLE}=FOLDER"
        ) from None
    texts, labels = _read_parquet(path) if ".parquet" in path.suffixes else read_csv(path)
    return Dataset.from_dict({"text": texts, "label": labels}, features=FEATURES, split=split)


def read_csv(path: Path) -> Rows:
    """Texts (title and description) and labels of a CSV file, compressed or not; empty lines are skipped.

    Raises: DataError: it cannot be read, or a row of it is not news; the message names the line.
    """
    texts, labels = [], []
    with data.open_text(path) as lines:
        reader = csv.reader(lines, strict=True)
        begin = 1  # line in which the current row begins
        try:
            for row in reader:
                if row:
                    labels.append(_label(row, f"{path}, line {begin}"))
                    texts.append(f"{row[1]} {row[2]}".strip())
                begin = reader.line_num + 1
        except csv.Error as error:
            raise DataError(
                f'{path}, line {begin}: {error}; put each field in quotes, and write a quote in it as ""'
            ) from None
    if not texts:
        raise DataError(f"{path} is empty: each line of it must be {COLUMNS}")
    return texts, labels


def _label(row: list[str], place: str) -> int:
    """The label of a row. Raises: DataError: it has no such class, or not three columns."""
    if len(row) != 3:
        raise DataError(f"{place}: {len(row)} column{'s' * (len(row) > 1)}; each line must be {COLUMNS}")
    if row[0] not in ("1", "2", "3", "4"):
        remedy = "delete the line if it names the columns" if place.endswith(" line 1") else "mend it or delete it"
        raise DataError(f"{place}: the class is 1, 2, 3 or 4, not {row[0][:SHOWN]!r}; {remedy}")
    return int(row[0]) - 1


def _read_parquet(path: Path) -> Rows:
    """Texts and labels of a file of the hub. Raises: DataError: it is no such file."""
    try:
        table = parquet.read_table(path, columns=["text", "label"])
        texts, labels = table["text"].to_pylist(), table["label"].to_pylist()
    except (OSError, KeyError, pyarrow.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"{path} is no parquet file of news ({reason}): delete it and fetch it again") from None
    if not texts or None in texts or not set(labels) <= set(range(len(data.TOPICS))):
        raise DataError(f"{path} does not hold texts with labels 0 to 3: delete it and fetch it again")
    return texts, labels
