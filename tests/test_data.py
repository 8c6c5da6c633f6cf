"""The mini data is what its generator writes, shows what the lessons say; a bad data folder is named in one line."""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys

import nltk
import numpy as np
import pytest
from gensim.models import KeyedVectors

from course_lib import data
from course_lib.data import ranking_mini
from course_lib.errors import DataError

FILES = ["train.tsv", "validation.tsv", "vectors.bin"]
SEEDS = [ranking_mini.SEED, 11, 12, 2**61 + 1]
each_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """seed -> folder with its data."""
    root = tmp_path_factory.mktemp("mini")
    for seed in SEEDS:
        ranking_mini.write(root / str(seed), seed)
    return {seed: root / str(seed) for seed in SEEDS}


@pytest.fixture(scope="session")
def spaces(made):
    """seed -> word vectors as a student loads them."""
    return {
        seed: KeyedVectors.load_word2vec_format(folder / "vectors.bin", binary=True) for seed, folder in made.items()
    }


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A COURSE_DATA with a copy of the mini data in it."""
    shutil.copytree(data.MINI / "ranking", tmp_path / "data" / "ranking")
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data" / "ranking"


def refusal(function, *arguments):
    """The one line with which a function refuses."""
    with pytest.raises(DataError) as caught:
        function(*arguments)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    return line


# --- the files that ship -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["train.tsv", "validation.tsv"])
def test_the_stored_texts_are_what_the_generator_writes(made, name):
    assert (data.MINI / "ranking" / name).read_bytes() == (made[ranking_mini.SEED] / name).read_bytes()


def test_the_stored_vectors_are_what_the_generator_writes(spaces):
    stored = KeyedVectors.load_word2vec_format(data.file("ranking", "vectors.bin"), binary=True)
    fresh = spaces[ranking_mini.SEED]
    assert stored.index_to_key == fresh.index_to_key
    np.testing.assert_allclose(stored.vectors, fresh.vectors, rtol=0, atol=1e-6)


def test_nothing_else_ships_as_mini_data():
    stored = [path.relative_to(data.MINI).as_posix() for path in data.MINI.rglob("*") if path.is_file()]
    headlines = [f"text_classification/{name}" for name in ("test.csv", "train.csv", "vectors.bin")]
    treebank = [f"recurrent_networks/{name}.conllu" for name in ("dev", "test", "train")]
    assert sorted(stored) == [f"ranking/{name}" for name in FILES] + treebank + headlines


def test_the_files_are_small_enough_to_ship():
    assert sum((data.MINI / "ranking" / name).stat().st_size for name in FILES) < 2_500_000


def test_another_hash_seed_gives_the_same_bytes(made, tmp_path):
    code = "import sys, pathlib; from course_lib.data.ranking_mini import write; write(pathlib.Path(sys.argv[1]), 11)"
    environment = {**os.environ, "PYTHONHASHSEED": "4242"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    for name in FILES:
        assert digest(tmp_path / name) == digest(made[11] / name), name


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- formats -----------------------------------------------------------------------------------------------


@each_seed
def test_a_train_row_is_a_group_of_two_to_four_duplicates(made, seed):
    rows = data.read_rows(made[seed] / "train.tsv")
    assert len(rows) == ranking_mini.TRAIN_GROUPS
    assert {len(row) for row in rows} == {2, 3, 4}
    assert all(text.strip() == text and text for row in rows for text in row)


@each_seed
def test_a_validation_row_is_question_duplicate_and_negatives(made, seed):
    rows = data.read_rows(made[seed] / "validation.tsv")
    low, high = ranking_mini.VALIDATION_NEGATIVES
    assert len(rows) == ranking_mini.VALIDATION_ROWS
    assert {len(row) - 2 for row in rows} <= set(range(low, high + 1))
    assert len({len(row) for row in rows}) > 1
    assert all(text.strip() == text and text for row in rows for text in row)


@each_seed
def test_the_duplicate_is_not_among_the_negatives_of_its_row(made, seed):
    for question, duplicate, *negatives in data.read_rows(made[seed] / "validation.tsv"):
        assert duplicate not in negatives and question not in negatives
        assert len(set(negatives)) == len(negatives)


@each_seed
def test_texts_are_utf_8_with_one_kind_of_line_end(made, seed):
    for name in ("train.tsv", "validation.tsv"):
        text = (made[seed] / name).read_bytes()
        assert text.decode("utf-8").endswith("\n")
        assert b"\r" not in text and b"\n\n" not in text


@each_seed
def test_the_vectors_are_lower_case_words_of_one_length(spaces, seed):
    space = spaces[seed]
    assert space.vector_size == ranking_mini.DIM
    assert 1000 < len(space) < 10_000
    assert all(word == word.lower() for word in space.index_to_key)
    np.testing.assert_allclose(np.linalg.norm(space.vectors, axis=1), 1.0, atol=1e-5)


@each_seed
def test_some_words_of_the_questions_have_no_vector(made, spaces, seed):
    words = {word for row in data.read_rows(made[seed] / "train.tsv") for text in row for word in text.lower().split()}
    known = sum(word in spaces[seed] for word in words)
    assert 0.1 < known / len(words) < 0.9


# --- what the lessons say ----------------------------------------------------------------------------------


@each_seed
def test_the_three_sanity_queries_have_their_answers(reference, spaces, seed):
    assert reference["sanity_queries"](spaces[seed]) == ("queen", "cereal", "sound")


@each_seed
def test_preprocessing_lifts_hits_at_1(reference, made, spaces, seed):
    rows = data.read_rows(made[seed] / "validation.tsv")
    cleaned = [[reference["text_preprocessor"](text) for text in row] for row in rows]
    scorer = reference["Scorer"]([1], reference["Embedder"](spaces[seed], ranking_mini.DIM))
    assert scorer(cleaned)[1] - scorer(rows)[1] >= 0.1


def test_two_seeds_give_different_questions_and_vectors(made, spaces):
    first, second = (made[seed] for seed in (11, 12))
    for name in ("train.tsv", "validation.tsv"):
        rows, others = (set(map(tuple, data.read_rows(folder / name))) for folder in (first, second))
        assert len(rows & others) < 0.1 * len(rows)
    common = [word for word in spaces[11].index_to_key if word in spaces[12]]
    cosines = [float(spaces[11][word] @ spaces[12][word]) for word in common]
    assert abs(np.mean(cosines)) < 0.2


@each_seed
def test_of_the_hidden_questions_the_answer_stands_anywhere(seed):
    rows, answers = ranking_mini.quality_questions(seed)
    assert len(rows) == len(answers) == ranking_mini.QUALITY_QUESTIONS
    assert {len(row) - 1 for row in rows} == {ranking_mini.QUALITY_CANDIDATES}
    assert len(set(answers)) > 20
    assert max(answers.count(place) for place in set(answers)) < 20


@each_seed
def test_of_a_hard_question_some_candidates_differ_in_a_filler_only(seed):
    rows, answers = ranking_mini.hard_questions(seed)
    assert len(rows) == len(answers) == ranking_mini.HARD_QUESTIONS
    assert {len(row) - 1 for row in rows} == {ranking_mini.HARD_CANDIDATES}
    assert all(row[1:].count(row[1 + answer]) == 1 for row, answer in zip(rows, answers, strict=True))
    asker = ranking_mini.Asker(np.random.default_rng([seed, 99]))
    place = asker.directed[0]
    filling = asker.fillings[place][0]
    swapped = asker.fillings[place][asker._siblings((place, 0))[0]]
    assert (swapped["a"], swapped["b"]) == (filling["b"], filling["a"])
    assert all(row[1:].count(row[1 + answer]) == 1 for row, answer in zip(rows, answers, strict=True))


# --- COURSE_DATA -------------------------------------------------------------------------------------------


def test_without_course_data_the_mini_files_are_used(monkeypatch):
    assert data.profile() == "mini"
    assert data.file("ranking", "train.tsv") == data.MINI / "ranking" / "train.tsv"
    monkeypatch.setenv(data.VARIABLE, "")
    assert data.profile() == "mini"


@pytest.mark.parametrize("name", FILES)
def test_with_course_data_its_files_are_used(folder, name):
    assert data.profile() == "folder"
    assert data.file("ranking", name) == folder / name


def test_a_home_folder_is_expanded(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder.parent.parent))
    monkeypatch.setenv(data.VARIABLE, "~/data")
    assert data.file("ranking", "train.tsv") == folder / "train.tsv"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_the_remedy(folder, name):
    (folder / name).unlink()
    line = refusal(data.file, "ranking", name)
    assert f"{folder / name} is missing" in line
    assert f"unset {data.VARIABLE}" in line


def test_a_missing_folder_is_named_with_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "nowhere"))
    line = refusal(data.file, "ranking", "train.tsv")
    assert str(tmp_path / "nowhere") in line
    assert f"unset {data.VARIABLE}" in line


def test_a_folder_in_place_of_a_file_is_missing(folder):
    (folder / "train.tsv").unlink()
    (folder / "train.tsv").mkdir()
    assert "train.tsv is missing" in refusal(data.file, "ranking", "train.tsv")


def test_missing_mini_data_is_named_with_another_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "MINI", tmp_path)
    assert "course mini-data" in refusal(data.file, "ranking", "train.tsv")


def test_compressed_vectors_serve_as_well(folder):
    compress(folder / "vectors.bin")
    path = data.file("ranking", "vectors.bin")
    assert path.name == "vectors.bin.gz"
    assert "queen" in KeyedVectors.load_word2vec_format(path, binary=True)


@pytest.mark.parametrize("name", ["train.tsv", "validation.tsv"])
def test_compressed_rows_serve_as_well(folder, name):
    rows = data.read_rows(folder / name)
    compress(folder / name)
    path = data.file("ranking", name)
    assert path.name == f"{name}.gz"
    assert data.read_rows(path) == rows


def compress(path):
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), compresslevel=1))
    path.unlink()


# --- rows --------------------------------------------------------------------------------------------------


def test_rows_are_read_as_they_stand(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_bytes("a\tb\n\n naïve → \t\tc\r\n'x\t\"y\n".encode())
    assert data.read_rows(path) == [["a", "b"], [" naïve → ", "", "c"], ["'x", '"y']]


def test_a_byte_order_mark_is_no_part_of_the_first_text(tmp_path):
    path = tmp_path / "rows.tsv"
    path.write_bytes(b"\xef\xbb\xbfa\tb\n")
    assert data.read_rows(path) == [["a", "b"]]


@pytest.mark.parametrize(("content", "number"), [(b"a b\n", 1), (b"a\tb\n\nc\n", 3), (b"a\tb\nlast", 2)])
def test_a_row_of_one_column_is_named_by_its_line(tmp_path, content, number):
    path = tmp_path / "rows.tsv"
    path.write_bytes(content)
    line = refusal(data.read_rows, path)
    assert line.startswith(f"{path}, line {number}: ")
    assert "separated by tabs" in line


@pytest.mark.parametrize("content", ["ä\tö\n".encode("latin-1"), "a\tb\n".encode("utf-16"), b"a\tb\n\xff\xfe\tc\n"])
def test_bytes_that_are_not_utf_8_are_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "rows.tsv"
    path.write_bytes(content)
    line = refusal(data.read_rows, path)
    assert f"{path} is not UTF-8 text" in line
    assert "convert it" in line


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "folder"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, make):
    make(tmp_path / "rows.tsv")
    assert str(tmp_path / "rows.tsv") in refusal(data.read_rows, tmp_path / "rows.tsv")


def test_a_broken_archive_is_named(tmp_path):
    path = tmp_path / "rows.tsv.gz"
    path.write_bytes(gzip.compress(b"a\tb\n" * 1000)[:40])
    assert str(path) in refusal(data.read_rows, path)


# --- stopwords ---------------------------------------------------------------------------------------------


def test_without_nltk_data_the_own_stopwords_serve(monkeypatch, tmp_path):
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    words = data.stopwords()
    assert words == data.FUNCTION_WORDS
    words.clear()
    assert {"the", "how", "is"} <= data.stopwords()


def test_the_own_stopwords_are_single_lower_case_words():
    assert all(word.isalpha() and word.islower() for word in data.FUNCTION_WORDS)
    assert not {"python", "list", "c", "r", "go"} & data.FUNCTION_WORDS


def test_with_nltk_data_its_list_is_used(monkeypatch, tmp_path):
    # nltk's reader keeps what it has loaded: leave it as a fresh import would find it.
    monkeypatch.delitem(sys.modules, "nltk.corpus", raising=False)
    (tmp_path / "corpora" / "stopwords").mkdir(parents=True)
    (tmp_path / "corpora" / "stopwords" / "english").write_text("zounds\nverily\n", encoding="utf-8")
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    assert data.stopwords() == {"zounds", "verily"}
