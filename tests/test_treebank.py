"""The mini treebank is what its generator writes and shows what the lesson says; treebanks are read, or refused."""

import gzip
import hashlib
import lzma
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import conllu
import numpy as np
import pytest

from course_lib import data
from course_lib.data import download, treebanks
from course_lib.data import recurrent_networks_mini as mini
from course_lib.errors import DataError

FILES = [f"{split}.conllu" for split in treebanks.SPLITS]
STORED = data.MINI / "recurrent_networks"
SEEDS = [mini.SEED, 11, 12, 2**61 + 1]
UNSEEN = 400
TAGS = set(data.UNIVERSAL_TAGS) - {"SYM", "X"}  # of the mini treebank
REAL = Path(os.environ.get("COURSE_BENCHMARK_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data") / "pos"
each_seed = pytest.mark.parametrize("seed", SEEDS)


def row(number, form, tag="NOUN"):
    """A line of CoNLL-U."""
    return f"{number}\t{form}\t_\t{tag}\t_\t_\t_\t_\t_\t_\n"


GOOD = f"# text = Go!\n{row(1, 'Go', 'VERB')}{row(2, '!', 'PUNCT')}\n{row(1, 'Dogs')}\n"
READ = [[("Go", "VERB"), ("!", "PUNCT")], [("Dogs", "NOUN")]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """seed -> folder with its data."""
    root = tmp_path_factory.mktemp("recurrent_networks")
    for seed in SEEDS:
        mini.write(root / str(seed), seed)
    return {seed: root / str(seed) for seed in SEEDS}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The treebank of a COURSE_DATA."""
    path = tmp_path / "data" / "recurrent_networks"
    path.mkdir(parents=True)
    for name in FILES:
        (path / name).write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    return path


def refusal(content=None, path=None):
    """The one line with which the treebank is refused, with this content of a file."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as caught:
        data.treebank()
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    return line


def counts(sentences):
    """Lower-case word -> how often it has which tag."""
    found = defaultdict(Counter)
    for sentence in sentences:
        for word, tag in sentence:
            found[word.lower()][tag] += 1
    return found


def made_up(sentences):
    """The made-up words, in lower case."""
    words = [word.lower() for sentence in sentences for word, tag in sentence if tag not in ("PUNCT", "NUM")]
    return [word for word in words if word not in mini.known_words()]


# --- the files that ship -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_stored_files_are_what_the_generator_writes(made, name):
    assert (STORED / name).read_bytes() == (made[mini.SEED] / name).read_bytes()


def test_the_files_are_small_enough_to_ship():
    assert sum((STORED / name).stat().st_size for name in FILES) < 600_000


def test_another_process_and_hash_seed_give_the_same_bytes(made, tmp_path):
    code = f"import sys, pathlib; from {mini.__name__} import *; write(pathlib.Path(sys.argv[1]), 11)"
    code += "; print(unseen_sentences(11, 9))"
    environment = {**os.environ, "PYTHONHASHSEED": "4242"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    assert done.stdout == f"{mini.unseen_sentences(11, 9)}\n"
    for name in FILES:
        assert digest(tmp_path / name) == digest(made[11] / name), name


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_generator_phrases_and_every_file_say_that_it_is_made_up():
    assert "synthetic" in mini.__doc__
    phrases = (mini.HERE / "recurrent_networks_phrases.txt").read_text(encoding="utf-8")
    assert "made up" in " ".join(phrases.split("\n== ")[0].replace("#", "").split())
    for name in FILES:
        assert "synthetic" in (STORED / name).read_text(encoding="utf-8").splitlines()[0]


def test_the_grammar_uses_all_its_rules_and_classes_and_only_these():
    book = mini.phrase_book()
    parts = {part for _, ways in book.rules.values() for way in ways for part in way}
    parts = {re.split(r"[:?]", part)[0] for part in parts if "/" not in part}
    assert parts | {"TEXT"} == {name.partition(":")[0] for name in book.rules} | set(book.classes)
    for kind in book.classes.values():
        assert all(len(set(words)) == len(words) and all(words) for words in kind.forms.values())
        assert set(kind.endings) in ({""}, {"s", "p"}, set("bsdng"), set())


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["watch"], "watch watches watched watched watching"),
        (["carry"], "carry carries carried carried carrying"),
        (["play"], "play plays played played playing"),
        (["smile"], "smile smiles smiled smiled smiling"),
        (["free"], "free frees freed freed freeing"),
        (["see", "saw", "seen", "seeing"], "see sees saw seen seeing"),
        (["have", "has", "had", "had", "having"], "have has had had having"),
    ],
)
def test_verbs_are_spelled_by_the_rules_or_as_the_phrase_book_has_them(forms, expected):
    assert mini._conjugate(forms) == tuple(expected.split())


# --- the format --------------------------------------------------------------------------------------------


@each_seed
@pytest.mark.parametrize("split", treebanks.SPLITS)
def test_a_file_is_conllu_that_says_the_same_as_the_generator(made, seed, split):
    text = (made[seed] / f"{split}.conllu").read_bytes().decode("utf-8")
    assert "\r" not in text and text.endswith("\n\n") and "\n\n\n" not in text
    parsed = conllu.parse(text)
    assert len(parsed) == mini.SIZES[split]
    for number, (tokens, sentence) in enumerate(zip(parsed, mini.treebank(seed)[split], strict=True), 1):
        assert tokens.metadata["sent_id"] == f"{split}-{number}"
        words = [token for token in tokens if isinstance(token["id"], int)]
        assert [token["id"] for token in words] == list(range(1, len(sentence) + 1))
        assert [(token["form"], token["upos"]) for token in words] == sentence
    assert all(line.count("\t") == 9 for line in text.splitlines() if line and not line.startswith("#"))


@each_seed
def test_the_text_of_a_sentence_is_that_of_its_tokens(made, seed):
    for tokens in conllu.parse((made[seed] / "test.conllu").read_text(encoding="utf-8")):
        text, end = "", 0
        for token in tokens:
            if isinstance(token["id"], tuple):
                end = token["id"][2]
                inside = [word["form"] for word in tokens if word["id"] in (token["id"][0], end)]
                assert token["form"] == "".join(inside)
            elif token["id"] <= end:
                continue
            text += token["form"] + ("" if token["misc"] else " ")
        assert text.strip() == tokens.metadata["text"]


@each_seed
def test_all_tags_are_universal_and_all_of_english_occur_in_each_split(seed):
    for sentences in mini.treebank(seed).values():
        assert {tag for sentence in sentences for _, tag in sentence} == TAGS


def test_the_universal_tags_are_the_seventeen():
    assert list(data.UNIVERSAL_TAGS) == sorted(set(data.UNIVERSAL_TAGS)) and len(data.UNIVERSAL_TAGS) == 17


@each_seed
def test_sentences_are_short_and_of_various_lengths(seed):
    lengths = [len(sentence) for sentence in mini.treebank(seed)["train"]]
    assert min(lengths) == mini.LEAST and max(lengths) == mini.MOST
    assert 8 < np.mean(lengths) < 11


@each_seed
def test_sentences_begin_with_a_capital_and_end_with_a_mark(seed):
    for sentence in mini.treebank(seed)["train"]:
        words = [word for word, _ in sentence if word != '"']
        assert words[0][0].isupper() or words[0][0].isdigit()
        assert words[-1] in (".", "?", "!")
        assert all(word[0].isupper() for word, tag in sentence if tag == "PROPN")
        assert all(word.lower() != other.lower() for word, other in pairwise(words))


@each_seed
def test_a_is_an_before_a_vowel(seed):
    pairs = Counter()
    for sentence in mini.treebank(seed)["train"]:
        for (word, _), (behind, _) in pairwise(sentence):
            if word.lower() in ("a", "an"):
                pairs[word.lower(), bool(mini.VOWEL.match(behind))] += 1
    assert set(pairs) == {("a", False), ("an", True)}


# --- no sentence twice -------------------------------------------------------------------------------------


@each_seed
def test_no_sentence_occurs_twice_in_train_dev_test_unseen_and_the_shipped_files(seed):
    own = [sentence for split in mini.treebank(seed).values() for sentence in split]
    shipped = [sentence for split in mini.treebank(mini.SEED).values() for sentence in split] * (seed != mini.SEED)
    fresh = mini.unseen_sentences(seed, UNSEEN)
    assert len(fresh) == UNSEEN
    texts = [" ".join(word for word, _ in sentence).lower() for sentence in own + fresh]
    assert len(set(texts)) == len(texts)
    assert not {" ".join(word for word, _ in sentence).lower() for sentence in shipped} & set(texts[len(own) :])


@each_seed
def test_unseen_sentences_are_the_same_each_time_and_begin_with_fewer(seed):
    first = mini.unseen_sentences(seed, UNSEEN)
    assert first == mini.unseen_sentences(seed, UNSEEN)
    assert first[:50] == mini.unseen_sentences(seed, 50)
    assert all(type(pair) is tuple and type(sentence) is list for sentence in first for pair in sentence)


def test_two_seeds_have_other_sentences_and_other_made_up_words():
    first, second = mini.unseen_sentences(11, UNSEEN), mini.unseen_sentences(12, UNSEEN)
    assert len([sentence for sentence in first if sentence in second]) < 3
    assert len(set(made_up(first)) & set(made_up(second))) < 0.02 * len(made_up(first))


# --- what the lesson says ----------------------------------------------------------------------------------


@each_seed
def test_the_most_frequent_tag_of_a_word_is_right_for_four_words_of_five(seed):
    splits = mini.treebank(seed)
    best = {word: tags.most_common(1)[0][0] for word, tags in counts(splits["train"]).items()}
    for sentences in (splits["dev"] + splits["test"], mini.unseen_sentences(seed, UNSEEN)):
        assert 0.79 < np.mean([best.get(word.lower(), "NOUN") == tag for s in sentences for word, tag in s]) < 0.86


@each_seed
def test_at_least_sixty_words_have_several_tags_and_use_them(seed):
    found = counts(mini.treebank(seed)["train"])
    several = [word for word, tags in found.items() if len(tags) > 1]
    twice = [word for word in several if tags_used(found[word], 2) > 1]
    assert len(several) > 120 and len(twice) > 80 and sum(tags_used(tags, 2) > 2 for tags in found.values()) > 10
    total = sum(tags.total() for tags in found.values())
    assert 0.28 < sum(found[word].total() for word in several) / total < 0.45


def tags_used(tags, least):
    return sum(count >= least for count in tags.values())


@each_seed
@pytest.mark.parametrize(
    "word", ["that", "light", "watch", "to", "before", "one", "will", "have", "round", "back", "'s"]
)
def test_a_common_word_has_several_tags(seed, word):
    assert tags_used(counts(mini.treebank(seed)["train"])[word], 3) > 1


@each_seed
@pytest.mark.parametrize(
    ("words", "most"), [(("before", "after", "since", "until"), 0.88), (("that",), 0.93), (("both", "either"), 0.95)]
)
def test_for_some_words_both_neighbours_do_not_tell_the_tag(seed, words, most):
    seen = defaultdict(Counter)
    for sentence in mini.treebank(seed)["train"] + mini.unseen_sentences(seed, 3 * UNSEEN):
        tags = ["", *(tag for _, tag in sentence), ""]
        for place, (word, tag) in enumerate(sentence, 1):
            if word.lower() in words:
                seen[tags[place - 1], word.lower(), tags[place + 1]][tag] += 1
    total = sum(tags.total() for tags in seen.values())
    assert total > 100
    assert sum(max(tags.values()) for tags in seen.values()) / total < most


@each_seed
def test_some_of_the_words_of_dev_and_test_are_in_no_training_sentence(seed):
    splits = mini.treebank(seed)
    known = counts(splits["train"])
    for sentences in (splits["dev"], splits["test"], mini.unseen_sentences(seed, UNSEEN)):
        new = [(word, tag) for sentence in sentences for word, tag in sentence if word.lower() not in known]
        assert 0.08 < len(new) / sum(map(len, sentences)) < 0.16
        assert {"NOUN", "VERB", "ADJ", "ADV", "PROPN"} <= {tag for _, tag in new}


@each_seed
def test_made_up_words_occur_once(seed):
    every = [sentence for split in mini.treebank(seed).values() for sentence in split]
    words = made_up(every + mini.unseen_sentences(seed, UNSEEN))
    assert len(words) > 1500 and len(set(words)) == len(words)


@each_seed
def test_the_ending_of_most_made_up_words_tells_the_tag_but_not_of_all(seed):
    def of_endings(sentences):
        words = [pair for sentence in sentences for pair in sentence if pair[0].lower() not in mini.known_words()]
        return counts([[(word[-3:], tag) for word, tag in words]])

    train, unseen = of_endings(mini.treebank(seed)["train"]), of_endings(mini.unseen_sentences(seed, 3 * UNSEEN))
    best = {ending: tags.most_common(1)[0][0] for ending, tags in train.items()}
    right = sum(tags[best.get(ending, "NOUN")] for ending, tags in unseen.items())
    assert 0.75 < right / sum(tags.total() for tags in unseen.values()) < 0.9
    expected = {"ion": "NOUN", "ity": "NOUN", "ize": "VERB", "zed": "VERB", "ous": "ADJ", "lly": "ADV"}
    assert {ending: best[ending] for ending in expected} == expected
    assert all(unseen[ending][tag] > 0.75 * unseen[ending].total() for ending, tag in expected.items())
    assert min(train["ess"]["NOUN"], train["ess"]["ADJ"]) > 5  # -ness and -less


@each_seed
def test_few_words_are_common_and_most_are_rare(seed):
    found = counts(mini.treebank(seed)["train"])
    numbers = sorted((tags.total() for tags in found.values()), reverse=True)
    assert sum(numbers[:50]) > 0.45 * sum(numbers)
    assert sum(number == 1 for number in numbers) > 0.5 * len(numbers)


# --- what is read ------------------------------------------------------------------------------------------


def test_the_mini_treebank_is_read_as_it_was_made():
    assert data.treebank() == mini.treebank(mini.SEED)


def test_a_sentence_is_a_list_of_words_with_their_tags(folder):
    assert data.treebank() == dict.fromkeys(treebanks.SPLITS, READ)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (row("1-2", "don't", "_") + row(1, "do", "AUX") + row(2, "n't", "PART"), 2),
        (f"{row(1, 'Tea')}{row('1.1', 'drank', 'VERB')}{row(2, 'tea')}", 2),
        (f"{row('0.1', 'He', 'PRON')}{row(1, 'Tea')}", 1),
        (f"# newdoc\n\n\n# a comment = 1\n# global.columns = ID FORM UPOS\n{row(1, 'Tea')}\n\n\n", 1),
        (row(1, "Tea").rstrip("\n"), 1),
        (row(1, "Tea").replace("\n", "\r\n") + "\r\n", 1),
        ("\ufeff" + row(1, "Tea"), 1),
        (row(1, "#", "SYM"), 1),
        (row(1, "_", "PUNCT"), 1),
        (row(1, "naïve → \u2028"), 1),
        (row(1, "Ho Chi"), 1),
    ],
)
def test_words_are_read_and_what_is_none_is_left_out(folder, content, words):
    (folder / "dev.conllu").write_bytes(content.encode())
    (sentence,) = data.treebank()["dev"]
    assert len(sentence) == words
    assert sentence[0][0] == content.split("\n1\t")[-1].removeprefix("\ufeff").removeprefix("1\t").split("\t")[0]


@pytest.mark.parametrize(("ending", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("name", ["{}.conllu", "en_ewt-ud-{}.conllu"])
def test_compressed_files_and_those_of_the_treebank_serve_as_well(folder, ending, compress, name):
    for split in treebanks.SPLITS:
        (folder / f"{split}.conllu").unlink()
        (folder / f"{name.format(split)}{ending}").write_bytes(compress(GOOD.encode()))
    assert data.treebank() == dict.fromkeys(treebanks.SPLITS, READ)


def test_the_real_treebank_is_read_whole(monkeypatch, tmp_path):
    if not all((REAL / f"en_ewt-ud-{split}.conllu.xz").is_file() for split in treebanks.SPLITS):
        pytest.skip(f"{REAL} lacks en_ewt-ud-*.conllu.xz: set COURSE_BENCHMARK_DATA to a folder with the real data")
    (tmp_path / "recurrent_networks").symlink_to(REAL)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path))
    real = data.treebank()
    sizes = {split: (len(sentences), sum(map(len, sentences))) for split, sentences in real.items()}
    assert sizes == {"train": (12_544, 204_577), "dev": (2_001, 25_147), "test": (2_077, 25_094)}
    assert {tag for sentence in real["train"] for _, tag in sentence} == set(data.UNIVERSAL_TAGS)


def test_the_hashes_of_the_download_are_those_of_the_real_files():
    for item, split in zip(download.ITEMS["recurrent_networks"], treebanks.SPLITS, strict=True):
        path = REAL / f"en_ewt-ud-{split}.conllu.xz"
        if not path.is_file():
            pytest.skip(f"{path} is missing: set COURSE_BENCHMARK_DATA to a folder with the real data")
        known = f"sha256:{hashlib.sha256(lzma.decompress(path.read_bytes())).hexdigest()}"
        assert {source.known_hash for source in item.sources} == {known}
        assert item.name == f"{split}.conllu" and all(path.stem in source.url for source in item.sources)


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 4, 9, 11])
def test_a_wrong_number_of_columns_is_named_with_its_line(folder, columns):
    bad = "\t".join(["1", "Tea", "_", "NOUN", *"_______"][:columns])
    line = refusal(f"{GOOD}# text\n{bad}\n", folder / "dev.conllu")
    assert f"{folder / 'dev.conllu'}, line 8: {columns} column{'s' * (columns > 1)};" in line
    assert "has 10, with tabs between them: mend it, or fetch the file again" in line


@pytest.mark.parametrize("tag", ["_", ""])
def test_a_treebank_without_universal_tags_is_named(folder, tag):
    line = refusal(GOOD + row(1, "Tea", tag), folder / "train.conllu")
    assert f"{folder / 'train.conllu'}, line 7: no tag in column 4 (UPOS)" in line
    assert "take a treebank that has universal tags" in line


@pytest.mark.parametrize("tag", ["NN", "noun", "CONJ", "N" * 10_000])
def test_a_tag_that_is_not_universal_is_named_with_its_line(folder, tag):
    line = refusal(GOOD + row(1, "Tea", tag), folder / "test.conllu")
    assert f"{folder / 'test.conllu'}, line 7: the tag {tag[:60]!r} is not universal" in line
    assert "ADJ, ADP, ADV" in line and len(line) < 500


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (row(2, "Tea"), "line 7: word 2 stands where word 1 is expected: mend it"),
        (row(1, "Tea") + row(3, "tea"), "line 8: word 3 stands where word 2 is expected: mend it"),
        (row(1, "Tea") + row(1, "Tea"), "line 8: word 1 stands where word 2 is expected: put an empty line between"),
        (row("one", "Tea"), "sentence at line 7: Failed parsing field 'id': 'one' is not a valid ID.: mend it"),
        (row("3-2", "Tea"), "sentence at line 7: Failed parsing field 'id'"),
    ],
)
def test_numbers_that_do_not_count_the_words_are_named(folder, content, says):
    assert f"{folder / 'dev.conllu'}, {says}" in refusal(GOOD + content, folder / "dev.conllu")


@pytest.mark.parametrize("content", ["", "\n\r\n", "\ufeff", "# only a comment\n\n"])
def test_an_empty_file_is_named(folder, content):
    line = refusal(content, folder / "train.conllu")
    assert f"{folder / 'train.conllu'} has no sentence in it: fetch it again" in line


@pytest.mark.parametrize("content", [GOOD.encode("utf-16"), GOOD.encode() + row(1, "Café").encode("latin-1")])
def test_bytes_that_are_not_utf_8_are_named(folder, content):
    line = refusal(content, folder / "train.conllu")
    assert f"{folder / 'train.conllu'} is not UTF-8 text" in line and "convert it" in line


@pytest.mark.parametrize(("ending", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("break_it", [lambda content: content[:40], lambda content: b"no archive"])
def test_a_broken_archive_is_named(folder, ending, compress, break_it):
    (folder / "train.conllu").unlink()
    path = folder / f"train.conllu{ending}"
    path.write_bytes(break_it(compress(GOOD.encode() * 100)))
    assert f"{path} cannot be read" in refusal()


@pytest.mark.parametrize("split", treebanks.SPLITS)
def test_a_missing_split_is_named_with_the_remedy(folder, split):
    (folder / f"{split}.conllu").unlink()
    line = refusal()
    assert f"{folder / split}.conllu is missing" in line and f"unset {data.VARIABLE}" in line


def test_without_a_network_one_line_says_both_ways_by_hand(monkeypatch, tmp_path):
    def offline(*arguments, **keywords):
        raise download.requests.ConnectionError

    monkeypatch.setenv(download.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setenv(data.VARIABLE, "full")
    monkeypatch.setattr(download.requests, "get", offline)
    monkeypatch.setattr(download, "PAUSE", 0)
    line = refusal()
    assert "train.conllu could not be downloaded (raw.githubusercontent.com: broke off 4 times" in line
    assert "by hand: download https://github.com/UniversalDependencies/UD_English-EWT/blob/" in line
    assert f"save it as {tmp_path / 'full' / 'recurrent_networks' / 'train.conllu'}" in line
    assert "or put train.conllu, dev.conllu, test.conllu into FOLDER/recurrent_networks" in line


def test_importing_the_data_module_does_not_load_conllu():
    code = "import sys; from course_lib import data, task_tests; print('conllu' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
