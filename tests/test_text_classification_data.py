"""The mini data of text_classification is what its generator writes, and shows what the lesson says."""

import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from gensim.models import KeyedVectors
from nltk.tokenize import WordPunctTokenizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from course_lib import data
from course_lib.data import text_classification_mini as mini

FILES = ["train.csv", "test.csv", "vectors.bin"]
SEEDS = [mini.SEED, 11, 12, 2**61 + 1]
MARKERS = set(mini.phrase_book()["neutral"]["marker"])
UNSEEN = 400
each_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """seed -> folder with its data."""
    root = tmp_path_factory.mktemp("text_classification")
    for seed in SEEDS:
        mini.write(root / str(seed), seed)
    return {seed: root / str(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def spaces(made):
    """seed -> word vectors as a student loads them."""
    return {
        seed: KeyedVectors.load_word2vec_format(folder / "vectors.bin", binary=True) for seed, folder in made.items()
    }


def read(path):
    """The texts and labels of a file, as the data set has them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [f"{title} {description}".strip() for _, title, description in rows], [int(row[0]) - 1 for row in rows]


def tokens(texts, lower=True):
    return [WordPunctTokenizer().tokenize(text.lower() if lower else text) for text in texts]


def topics_of_words(seed):
    """word -> its topic, for the words that tell one."""
    topics = {}
    for word, family in mini._families(seed).items():
        if family and family[0][0] in mini.TOPICS:
            topics[word] = mini.TOPICS.index(family[0][0])
    return topics


def clauses(text, topics):
    """The topics told in the main clause, and those told in the subordinate one (None: there is none)."""
    words = tokens([text])[0]
    places = [place for place, word in enumerate(words) if word in MARKERS]
    if not places:
        return {topics[word] for word in words if word in topics}, None
    (marker,) = places
    before, behind = words[:marker], words[marker + 1 :]
    main, other = before, behind
    if not any(word in topics for word in before):
        comma = behind.index(",")
        main, other = behind[comma:], behind[:comma]
    return {topics[word] for word in main if word in topics}, {topics[word] for word in other if word in topics}


# --- the files that ship -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["train.csv", "test.csv"])
def test_the_stored_texts_are_what_the_generator_writes(made, name):
    stored = data.MINI / "text_classification" / name
    assert stored.read_bytes() == (made[mini.SEED] / name).read_bytes()


def test_the_stored_vectors_are_what_the_generator_writes(made):
    stored = data.MINI / "text_classification" / "vectors.bin"
    assert stored.read_bytes() == (made[mini.SEED] / "vectors.bin").read_bytes()


def test_the_files_are_small_enough_to_ship():
    assert sum((data.MINI / "text_classification" / name).stat().st_size for name in FILES) < 2_000_000


def test_another_process_and_hash_seed_give_the_same_bytes(made, tmp_path):
    code = f"import sys, pathlib; from {mini.__name__} import write; write(pathlib.Path(sys.argv[1]), 11)"
    environment = {**os.environ, "PYTHONHASHSEED": "4242"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    for name in FILES:
        assert digest(tmp_path / name) == digest(made[11] / name), name


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_generator_says_that_its_texts_are_made_up():
    assert "synthetic" in mini.__doc__
    phrases = (mini.HERE / "text_classification_phrases.txt").read_text(encoding="utf-8")
    assert "made up" in phrases.split("\n== ")[0]


# --- formats -----------------------------------------------------------------------------------------------


@each_seed
@pytest.mark.parametrize(("name", "size"), [("train.csv", mini.TRAIN_TEXTS), ("test.csv", mini.TEST_TEXTS)])
def test_a_file_is_csv_with_every_field_quoted(made, seed, name, size):
    content = (made[seed] / name).read_bytes().decode("utf-8")
    with (made[seed] / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == size
    assert {len(row) for row in rows} == {3}
    assert {row[0] for row in rows} == {"1", "2", "3", "4"}
    quoted = ("".join(",".join('"' + field.replace('"', '""') + '"' for field in row) + "\n") for row in rows)
    assert content == "".join(quoted)


@each_seed
def test_some_fields_need_a_real_csv_reader(made, seed):
    content = (made[seed] / "train.csv").read_text(encoding="utf-8")
    assert '""' in content.replace(',""\n', "\n")
    assert any(line.count(",") > 2 for line in content.splitlines())


@each_seed
def test_the_four_topics_are_equally_frequent(made, seed):
    for name in ("train.csv", "test.csv"):
        labels = read(made[seed] / name)[1]
        assert [labels.count(label) for label in range(4)] == [len(labels) // 4] * 4
        assert len(set(labels[:20])) > 1  # and mixed


@each_seed
def test_no_text_occurs_twice_in_train_test_and_unseen(made, seed):
    texts = [text for name in ("train.csv", "test.csv") for text in read(made[seed] / name)[0]]
    fresh, labels = mini.unseen_texts(seed, UNSEEN)
    assert len(fresh) == len(labels) == UNSEEN
    assert Counter(labels) == dict.fromkeys(range(4), UNSEEN // 4)
    assert len({text.lower() for text in texts + fresh}) == len(texts) + UNSEEN


@each_seed
def test_unseen_texts_are_the_same_each_time_and_as_clean_as_the_column(seed):
    first, second = mini.unseen_texts(seed, UNSEEN), mini.unseen_texts(seed, UNSEEN)
    assert first == second
    assert all(text == text.strip() and text for text in first[0])


@each_seed
def test_texts_are_short_and_of_various_lengths(made, seed):
    lengths = [len(words) for words in tokens(read(made[seed] / "train.csv")[0])]
    assert mini.LEAST <= min(lengths) < 12
    assert 40 < max(lengths) <= mini.MOST
    assert 15 < np.mean(lengths) < 22


@each_seed
def test_the_vectors_are_lower_case_words_of_one_length(spaces, seed):
    space = spaces[seed]
    assert space.vector_size == mini.DIM
    assert 1000 < len(space) < 2000
    assert all(word == word.lower() for word in space.index_to_key)
    np.testing.assert_allclose(np.linalg.norm(space.vectors, axis=1), mini.LENGTH, atol=1e-3)


def test_two_seeds_give_different_texts_and_vectors(made, spaces):
    first, second = (set(read(made[seed] / "train.csv")[0]) for seed in (11, 12))
    assert len(first & second) < 0.02 * len(first)
    common = [word for word in spaces[11].index_to_key if word in spaces[12]]
    cosines = [spaces[11][word] @ spaces[12][word] / mini.LENGTH**2 for word in common]
    assert abs(np.mean(cosines)) < 0.2


# --- what the lesson says ----------------------------------------------------------------------------------


@each_seed
def test_the_label_is_the_topic_of_the_main_clause(made, seed):
    topics = topics_of_words(seed)
    texts, labels = read(made[seed] / "test.csv")
    fresh, more = mini.unseen_texts(seed, UNSEEN)
    for text, label in zip(texts + fresh, labels + more, strict=True):
        main, other = clauses(text, topics)
        assert main == {label}, text
        assert other is None or (len(other) == 1 and label not in other), text


@each_seed
def test_most_texts_have_a_clause_on_another_topic(made, seed):
    for name in ("train.csv", "test.csv"):
        marked = [bool(MARKERS & set(words)) for words in tokens(read(made[seed] / name)[0])]
        assert 0.58 < np.mean(marked) < 0.72


@each_seed
def test_the_subordinate_clause_stands_first_about_as_often_as_last(made, seed):
    topics = topics_of_words(seed)
    first = []
    for words in tokens(read(made[seed] / "train.csv")[0]):
        places = [place for place, word in enumerate(words) if word in MARKERS]
        if places:
            first.append(not any(word in topics for word in words[: places[0]]))
    assert 0.45 < np.mean(first) < 0.55


@each_seed
def test_a_bag_of_words_misses_the_order(made, seed):
    bag = make_pipeline(TfidfVectorizer(), LogisticRegression(C=3, max_iter=1000))
    bag.fit(*read(made[seed] / "train.csv"))
    assert 0.55 < bag.score(*read(made[seed] / "test.csv")) < 0.8


@each_seed
def test_markers_and_lengths_tell_no_topic(made, seed):
    texts, labels = read(made[seed] / "train.csv")
    words = tokens(texts)
    every = np.mean([len(line) for line in words])
    for label in range(4):
        own = [line for line, other in zip(words, labels, strict=True) if other == label]
        assert abs(np.mean([len(line) for line in own]) - every) < 1.5
        shares = [np.mean([marker in line for line in own]) for marker in MARKERS]
        assert all(0.1 < share < 0.24 for share in shares)


@each_seed
def test_words_are_mostly_unknown_until_they_are_lower_case(made, spaces, seed):
    counts = Counter(word for words in tokens(read(made[seed] / "train.csv")[0]) for word in words)
    often = {word for word, count in counts.items() if count >= 2}
    texts = read(made[seed] / "test.csv")[0]
    for vocabulary, most in ((often, 0.03), (spaces[seed].key_to_index, 0.12)):
        assert unknown_share(tokens(texts, lower=False), vocabulary) > 0.5
        assert 0 < unknown_share(tokens(texts), vocabulary) < most


def unknown_share(token_lists, vocabulary):
    return np.mean([word not in vocabulary for words in token_lists for word in words])


@each_seed
def test_some_words_of_the_test_texts_are_new_but_have_a_vector(made, spaces, seed):
    topics = topics_of_words(seed)
    train = {word for words in tokens(read(made[seed] / "train.csv")[0]) for word in words}
    test = {word for words in tokens(read(made[seed] / "test.csv")[0]) for word in words if word in topics}
    assert sum(word not in train and word in spaces[seed] for word in test) >= 20
    assert any(word in train and word not in spaces[seed] for word in test)


@each_seed
def test_the_vector_of_a_word_lies_near_its_topic(spaces, seed):
    space = spaces[seed]
    topics = {word: topic for word, topic in topics_of_words(seed).items() if word in space}
    labels = np.array(list(topics.values()))
    vectors = np.stack([space[word] for word in topics]) / mini.LENGTH
    cosines = vectors @ vectors.T
    same = labels[:, None] == labels
    np.fill_diagonal(same, False)
    assert cosines[same].mean() > cosines[labels[:, None] != labels].mean() + 0.2
    centres = np.stack([vectors[labels == label].mean(axis=0) for label in range(4)])
    assert ((vectors @ centres.T).argmax(axis=1) == labels).mean() > 0.95


@each_seed
def test_markers_and_punctuation_have_vectors(spaces, seed):
    assert all(word in spaces[seed] for word in (*MARKERS, ",", ".", "of"))
