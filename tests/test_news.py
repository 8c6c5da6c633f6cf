"""News from the classic CSV and from the hub's files: rows as they stand, one line for a bad row, nothing written."""

import gzip
import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest
from datasets import DatasetDict
from nbformat.v4 import new_code_cell, new_notebook
from pyarrow import parquet

from course_lib import data
from course_lib.data import ag_news, download
from course_lib.errors import DataError
from course_lib.grading.run import run
from course_lib.grading.sandbox import Sandbox

GOOD = '"3","Oil falls","Barrels at 40 dollars"\n"2","Late goal","He said ""at last"""\n'
REAL = (
    Path(os.environ.get("COURSE_BENCHMARK_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data") / "agnews"
)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The news of a COURSE_DATA."""
    path = tmp_path / "data" / "text_classification"
    path.mkdir(parents=True)
    for split in ag_news.SPLITS:
        (path / f"{split}.csv").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    return path


@pytest.fixture
def full(monkeypatch, tmp_path):
    """Where the full data of the assignment goes; its servers give nothing."""

    def offline(*arguments, **keywords):
        raise download.requests.ConnectionError

    path = tmp_path / "cache" / "full" / "text_classification"
    path.mkdir(parents=True)
    monkeypatch.setenv(download.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv(data.VARIABLE, "full")
    monkeypatch.setattr(download.requests, "get", offline)
    monkeypatch.setattr(download, "PAUSE", 0)
    return path


def refusal(content=None, path=None):
    """The one line with which the news are refused, with this content of `train.csv`."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as caught:
        data.news()
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    return line


def texts(content, path):
    """The texts of a file with this content."""
    path.write_text(content, encoding="utf-8")
    return data.news()["train"]["text"][:]


# --- what is read ------------------------------------------------------------------------------------------


def test_news_are_a_dataset_dict_with_texts_and_labels_from_0(folder):
    news = data.news()
    assert isinstance(news, DatasetDict) and list(news) == ["train", "test"]
    assert news["train"].column_names == ["text", "label"]
    assert news["train"][0] == {"text": "Oil falls Barrels at 40 dollars", "label": 2}
    assert news["test"][1] == {"text": 'Late goal He said "at last"', "label": 1}
    assert news["train"].features["label"].names == list(data.TOPICS)


def test_each_of_the_four_classes_is_the_label_of_its_topic(folder):
    (folder / "train.csv").write_text("".join(f'"{number}","t","d"\n' for number in (4, 1, 3, 2)))
    labels = data.news()["train"]["label"][:]
    assert [data.TOPICS[label] for label in labels] == ["Sci/Tech", "World", "Business", "Sports"]


def test_the_mini_news_have_all_topics_in_both_splits():
    news = data.news()
    for split in news.values():
        assert set(split["label"]) == {0, 1, 2, 3}
        assert all(text.strip() == text and text for text in split["text"])


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ('"1","","Only a description"', "Only a description"),
        ('"1","Only a title",""', "Only a title"),
        ('"1","",""', ""),
        ('"1"," Spaces ","  around  "', "Spaces    around"),
        ('"1","A sum","of \\$5\\"', "A sum of \\$5\\"),
        ('"1","""Quoted""","a ""word"", and, commas"', '"Quoted" a "word", and, commas'),
        ('"1","Two","lines\nof it"', "Two lines\nof it"),
        ('"1","Café","→ \u2028 ü"', "Café → \u2028 ü"),
        ("1,no quotes,at all", "no quotes at all"),
    ],
)
def test_a_text_is_title_and_description_as_they_stand(folder, row, text):
    assert texts(row + "\n", folder / "train.csv") == [text]
    assert texts(f"{GOOD}\n{row}", folder / "train.csv")[2:] == [text]  # after an empty line, without a last line end
    assert texts("\ufeff" + f"{row}\n".replace("\nof", " of"), folder / "train.csv") == [text.replace("\nof", " of")]


def test_windows_line_ends_are_no_part_of_a_text(folder):
    assert texts('"1","a","b"\r\n\r\n"2","c","d"\r\n', folder / "train.csv") == ["a b", "c d"]


@pytest.mark.parametrize(("ending", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_compressed_files_serve_as_well(folder, ending, compress):
    path = folder / "train.csv"
    expected = data.news()["train"].to_dict()
    path.with_name(f"train.csv{ending}").write_bytes(compress(path.read_bytes()))
    path.unlink()
    assert data.news()["train"].to_dict() == expected


def test_the_real_slices_are_read_whole(monkeypatch, tmp_path):
    rows = {"train": 28_964, "test": 5_700}
    if not all((REAL / f"{split}.csv.xz").is_file() for split in rows):
        pytest.skip(
            f"{REAL} lacks train.csv.xz and test.csv.xz: set COURSE_BENCHMARK_DATA to a folder with the real data"
        )
    (tmp_path / "text_classification").symlink_to(REAL)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path))
    news = data.news()
    assert {name: len(split) for name, split in news.items()} == rows
    assert {news["train"]["label"][:].count(label) for label in range(4)} == {7_241}
    assert all(news["train"]["text"][:])


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["0", "5", "01", " 1", "", "World", "1.0", "²"])
def test_a_class_that_is_none_is_named_with_its_line(folder, number):
    path = folder / "train.csv"
    line = refusal(f'{GOOD}\n"{number}","title","text"\n{GOOD}', path)
    assert f"{path}, line 4: the class is 1, 2, 3 or 4, not {number!r}" in line
    assert "mend it or delete it" in line


def test_a_row_with_the_names_of_the_columns_is_told_as_such(folder):
    line = refusal(f"Class Index,Title,Description\n{GOOD}", folder / "train.csv")
    assert "line 1: the class is 1, 2, 3 or 4, not 'Class Index'" in line
    assert "delete the line if it names the columns" in line


def test_a_long_class_is_shown_shortened(folder):
    assert len(refusal('"' + "x" * 10_000 + '","a","b"\n', folder / "train.csv")) < 400


@pytest.mark.parametrize(
    ("row", "columns"), [('"1"', "1 column;"), ('"1","title and text"', "2 columns;"), ("1,a,b,c", "4 columns;")]
)
def test_a_wrong_number_of_columns_is_named_with_its_line(folder, row, columns):
    path = folder / "train.csv"
    line = refusal(f'"1","two","lines\nof it"\n{row}\n', path)
    assert f"{path}, line 3: {columns}" in line
    assert "class,title,description" in line


@pytest.mark.parametrize(
    "row",
    ['"1","a","never closed\n' + GOOD, '"1","a "word" in quotes","b"\n' + GOOD, '"1","' + "x" * 200_000 + '","b"'],
)
def test_quotes_that_do_not_fit_are_named_with_the_line_where_their_row_begins(folder, row):
    path = folder / "train.csv"
    line = refusal(GOOD + row, path)
    assert f"{path}, line 3: " in line
    assert 'write a quote in it as ""' in line


@pytest.mark.parametrize("content", ["", "\n\r\n", "\ufeff"])
def test_an_empty_file_is_named(folder, content):
    line = refusal(content, folder / "train.csv")
    assert f"{folder / 'train.csv'} is empty" in line and "class,title,description" in line


@pytest.mark.parametrize("content", [GOOD.encode("utf-16"), GOOD.encode() + '"1","Café","x"\n'.encode("latin-1")])
def test_bytes_that_are_not_utf_8_are_named(folder, content):
    line = refusal(content, folder / "train.csv")
    assert f"{folder / 'train.csv'} is not UTF-8 text" in line and "convert it" in line


@pytest.mark.parametrize(("ending", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("break_it", [lambda content: content[:40], lambda content: b"no archive"])
def test_a_broken_archive_is_named(folder, ending, compress, break_it):
    (folder / "train.csv").unlink()
    path = folder / f"train.csv{ending}"
    path.write_bytes(break_it(compress(GOOD.encode() * 100)))
    assert f"{path} cannot be read" in refusal()


@pytest.mark.parametrize("split", ["train", "test"])
def test_a_missing_split_is_named_with_the_remedy(folder, split):
    (folder / f"{split}.csv").unlink()
    line = refusal()
    assert f"{folder / split}.csv is missing" in line and f"unset {data.VARIABLE}" in line


# --- in memory ---------------------------------------------------------------------------------------------

USE = """
import socket, sys

def refuse(*arguments):
    raise AssertionError(f"asked the network: {arguments}")

if "--no-network" in sys.argv:
    socket.socket.connect = socket.getaddrinfo = refuse
from course_lib import data
news = data.news()
words = news.map(lambda row: {"words": row["text"].lower().split()})
some = words["train"].filter(lambda row: row["label"] == 2).shuffle(seed=0)
batches = words.map(lambda rows: {"length": [len(row) for row in rows["words"]]}, batched=True)
print(some[0]["words"][:2], batches["test"]["length"][:], words["train"].cache_files + some.cache_files)
"""
USED = "['oil', 'falls'] [6, 6] []"


def test_mapping_writes_no_file_and_asks_no_network(folder, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (tmp_path / "no-folder").touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "XDG_"))}
    environment |= {"HOME": str(tmp_path / "no-folder"), "TMPDIR": str(temporary)}  # nothing can be written into HOME
    command = [sys.executable, "-c", USE, "--no-network"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == USED, done.stderr
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bwrap") is None, reason="Bubblewrap is not installed")
def test_news_are_mapped_in_the_sandbox(course, folder):
    notebook = new_notebook(cells=[new_code_cell(USE)])
    run(notebook, "ranking", {}, Sandbox(course.public_truth("ranking"), folder.parent))
    shown = [output.text.strip() for output in notebook.cells[0].outputs if output.get("name") == "stdout"]
    assert shown == [USED], notebook.cells[0].outputs


def test_importing_the_data_module_does_not_load_datasets():
    code = "import sys; from course_lib import data, task_tests; print('datasets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


# --- the full data -----------------------------------------------------------------------------------------


def write_parquet(path, columns):
    parquet.write_table(pyarrow.table(columns), path)


def test_the_files_of_the_hub_give_the_same_as_the_csv(full):
    for split in ag_news.SPLITS:
        write_parquet(full / f"{split}.parquet", {"text": ["Oil falls", "Café \\$5"], "label": [2, 0]})
    news = data.news()
    assert list(news) == ["train", "test"]
    assert news["train"].to_list() == [{"text": "Oil falls", "label": 2}, {"text": "Café \\$5", "label": 0}]
    assert news["train"].features["label"].names == list(data.TOPICS) and news["train"].cache_files == []


def test_csv_files_put_into_the_full_data_by_hand_are_used(full):
    for split in ag_news.SPLITS:
        (full / f"{split}.csv").write_text(GOOD, encoding="utf-8")
    assert data.news()["train"]["label"][:] == [2, 1]


def test_without_a_network_one_line_says_both_ways_by_hand(full):
    line = refusal()
    assert "train.parquet could not be downloaded (huggingface.co: broke off 4 times" in line
    assert "by hand: download https://huggingface.co/datasets/fancyzhx/ag_news/blob/" in line
    assert f"save it as {full / 'train.parquet'}" in line
    assert "or put train.csv and test.csv (class,title,description) into FOLDER/text_classification" in line
    assert f"set {data.VARIABLE}=FOLDER" in line


@pytest.mark.parametrize(
    "columns",
    [
        {"text": ["a"], "label": [4]},
        {"text": ["a"], "label": [-1]},
        {"text": ["a"], "label": [None]},
        {"text": [None], "label": [1]},
        {"text": pyarrow.array([], "string"), "label": pyarrow.array([], "int64")},
        {"text": ["a"]},
        {"words": ["a"], "label": [1]},
    ],
)
def test_a_parquet_file_without_news_is_named(full, columns):
    path = full / "train.parquet"
    write_parquet(path, columns)
    line = refusal()
    assert str(path) in line and "delete it and fetch it again" in line


@pytest.mark.parametrize("content", [b"", b"PAR1", b"<html></html>"])
def test_what_is_no_parquet_file_is_named(full, content):
    path = full / "train.parquet"
    path.write_bytes(content)
    assert f"{path} is no parquet file of news" in refusal()
