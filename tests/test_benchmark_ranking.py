"""The ranking benchmark: on a made-up slice of the same formats, and on the first rows of the real one."""

import importlib
import json
import lzma
from pathlib import Path

import numpy as np
import pytest
import torch
import typer
from gensim.models import KeyedVectors
from typer.testing import CliRunner

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
# Two dimensions, so that every cosine can be seen: `up` is (0, 1), `right` (1, 0), `both` between them.
SPACE = {"up": (0.0, 1.0), "right": (1.0, 0.0), "both": (1.0, 1.0), "UP": (0.0, -1.0)}
QUESTIONS = ["up", "both up", "right", "up!", "right both", "both", "nothing known", "UP", "tool: up"]
ROWS = [
    [0, 1, 2, 4],  # the duplicate is nearest: no hard negative
    [0, 4, 5, 2],  # `both` is nearer than `right both`: one hard negative
    [2, 5, 5, 0],  # a negative ties with the duplicate: a hit by the strict rule only
    [0, 3, 1, 2],  # `up!` has no vector, so one negative is above it and one ties; cleaned, it is `up`
]
PAIRS = [("turn right", "right turn now"), ("go up", "up it goes -LRB- now -RRB-"), ("tool up", "the tool is up")]
UNTRAINED, TRAINED, SEEDS = 5, 8, 3
SPEEDS = 7 + 6 + 5


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield monkeypatch


@pytest.fixture(scope="module")
def benchmark(patch):
    patch.syspath_prepend(BENCHMARKS)
    module = importlib.import_module("ranking")
    assert Path(module.__file__).parent == BENCHMARKS
    return module


@pytest.fixture(scope="module")
def models(benchmark):
    return importlib.import_module("ranking_models")


@pytest.fixture(scope="module")
def ngrams(benchmark, patch):
    module = importlib.import_module("ranking_ngrams")
    patch.setattr(module, "BUCKETS", 256)
    return module


@pytest.fixture(scope="module")
def speed(benchmark, patch):
    module = importlib.import_module("ranking_speed")
    patch.setattr(module, "PAIRWISE_SECONDS", 0.0)
    return module


@pytest.fixture(scope="module")
def reading(benchmark):
    return importlib.import_module("ranking_data")


@pytest.fixture(scope="module")
def names(benchmark):
    return benchmark.lift()


@pytest.fixture(scope="module")
def folder(reading, tmp_path_factory):
    root = tmp_path_factory.mktemp("slice")
    for name in (reading.QUESTIONS, reading.VECTORS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(root / reading.QUESTIONS, "wt", encoding="utf-8") as file:
        file.write("".join(f"{text}\n" for text in QUESTIONS))
    with lzma.open(root / reading.TRAIN, "wt", encoding="utf-8") as file:
        file.write("".join(f"{question}\t{duplicate}\n" for question, duplicate in PAIRS))
    np.savez(root / reading.ROWS, ids=np.array(ROWS, dtype=np.uint16))
    np.savez(root / reading.VECTORS, vectors=np.array(list(SPACE.values()), dtype=np.float16))
    (root / reading.VOCABULARY).write_text("".join(f"{word}\n" for word in SPACE), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def result(benchmark, names, folder, ngrams, speed):
    return benchmark.measure(benchmark.load(folder), benchmark.load_pairs(folder), names)


def test_loading_keeps_texts_rows_and_vectors(benchmark, folder):
    loaded = benchmark.load(folder)
    assert loaded.questions == QUESTIONS
    assert loaded.rows(loaded.questions)[1] == ["up", "right both", "both", "right"]
    assert loaded.vectors["UP"].tolist() == [0.0, -1.0] and loaded.vectors["UP"].dtype == np.float32
    assert benchmark.load(folder, queries=2).ids.tolist() == ROWS[:2]


def test_hits_of_the_made_up_slice_are_known(benchmark, result):
    raw, cleaned, preprocessed = result.qualities[:3]
    assert raw.strict == {1: 0.5, 5: 1.0, 10: 1.0, 100: 1.0, 500: 1.0}
    assert raw.ties_against == 0.25
    assert cleaned.strict[1] == 0.75 and cleaned.ties_against == 0.5
    assert [quality.method for quality in result.qualities][:2] == [benchmark.RAW, benchmark.CLEANED]
    assert preprocessed.strict[5] == 1.0


def test_ties_are_counted_by_the_margin(benchmark):
    cosines = [np.array([0.5, 0.7, 0.5, 0.5 - 1e-7, 0.1])]
    assert benchmark.counts(cosines).tolist() == [1]
    assert benchmark.counts(cosines, -benchmark.TIE).tolist() == [3]


def test_pairs_lose_the_marks_of_their_tokenised_half(benchmark, folder):
    pairs = benchmark.load_pairs(folder)
    assert pairs[0] == PAIRS[0]
    assert pairs[1][1].split() == ["up", "it", "goes", "now"]


def test_lifting_defines_and_trains_nothing(names):
    assert {"Embedder", "Scorer", "DssmLikeModel", "FusionModel", "lstm_vectors", "embed_with"} <= set(names)
    assert names["text_preprocessor"]("Which tools, please?").startswith("tools")
    assert not {"trigram_model", "dssm_model", "char_model", "train", "validation"} & set(names)


def test_the_pairwise_loop_counts_as_the_reference_does(benchmark, names, folder, result, speed):
    scoring = result.speeds.scoring
    assert scoring.pairwise_queries == scoring.same_counts == len(ROWS)
    found, seconds = speed.pairwise_counts(benchmark.load(folder), names, 0.0)
    assert found == [0, 1, 0, 1] and seconds > 0


def test_lists_and_split_vocabulary_find_the_same_words(names, speed):
    texts = ["up right zzz", "", "zzz up yyy", "both"]
    known, unknown, read, seconds = speed.list_way(texts, SPACE, 60.0)
    assert names["split_vocabulary"](texts, SPACE) == (sorted(known), sorted(unknown))
    assert (known, unknown, read) == (["up", "right", "both"], ["zzz", "yyy"], 4) and seconds > 0


def test_the_list_way_stops_when_its_time_is_over(names, folder, benchmark, speed):
    assert speed.list_way(["up zzz", "right"], SPACE, 0.0)[:3] == (["up"], ["zzz"], 1)
    slice_, pairs = benchmark.load(folder), benchmark.load_pairs(folder)
    capped = speed.measure_vocabulary(slice_, pairs, names, 0.0)
    assert (capped.timed, capped.texts, capped.words) == (1, len(QUESTIONS) + 2 * len(PAIRS), 1)
    assert speed.measure_vocabulary(slice_, pairs, names, 60.0).timed == capped.texts


def test_a_vocabulary_with_other_words_gives_no_ratio(names, folder, benchmark, speed):
    slice_, pairs = benchmark.load(folder), benchmark.load_pairs(folder)
    with pytest.raises(RuntimeError, match="different words"):
        speed.measure_vocabulary(slice_, pairs, names | {"split_vocabulary": lambda texts, _: (texts, [])}, 60.0)


def test_slices_and_embedding_bag_are_the_same_model(names, speed):
    torch.manual_seed(0)
    bag = names["DssmLikeModel"](7, 4)
    slicing = speed.SlicingModel(bag.embeddings.weight)
    lists = [[[0, 1, 1], [], [5]], [[2], [3, 4], [5, 0]]]  # a text without words among them
    losses = []
    for model in (bag, slicing):
        vectors = [model(*names["get_ids_and_offsets"](texts)) for texts in lists]
        losses.append(names["NTExentLoss"](0.1)(*vectors))
        losses[-1].backward()
    assert torch.allclose(*losses)
    assert torch.allclose(bag.embeddings.weight.grad, slicing.embeddings.weight.grad, atol=1e-6)
    assert bag.embeddings.weight.grad.abs().sum() > 0


def test_a_step_of_another_model_gives_no_ratio(names, speed, monkeypatch):
    monkeypatch.setattr(speed.SlicingModel, "forward", lambda self, ids, offsets: self.embeddings(ids)[: len(offsets)])
    with pytest.raises(RuntimeError, match="not the same model"):
        speed.measure_step(PAIRS, names, 3)


def test_every_trained_row_ends_and_gives_shares(models, result):
    methods = [quality.method for quality in result.trained]
    assert len(set(methods)) == len(methods) == TRAINED + SEEDS
    assert methods[:2] == [models.TRIGRAMS, models.COSINE] and methods[-1] == f"{models.BAG}, seed 2"
    for quality in result.trained:
        assert all(0 <= hits <= 1 for hits in [*quality.strict.values(), quality.ties_against])
        assert quality.ties_against <= quality.strict[1] and quality.strict[5] == 1.0  # there are two negatives
        assert quality.train_seconds >= 0


def test_training_on_pairs_brings_them_together(models, names, ngrams):
    pairs = [("how do i bake bread", "baking a loaf"), ("why is the sky blue", "colour of heaven")]
    pairs += [("who wrote hamlet", "author of a danish play"), ("what is a prime", "numbers without divisors")]
    embeds = [models.train_dssm(pairs, names, epochs=60), models.train_bag(pairs, 0)]
    for embed in embeds:
        questions, duplicates = (embed([pair[side] for pair in pairs]) for side in (0, 1))
        assert (questions @ duplicates.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_start_takes_the_first_spelling_of_a_word(models):
    start = KeyedVectors(2)
    start.add_vectors(["Up", "up", "right"], np.array([[3.0, 0.0], [0.0, 3.0], [0.0, 3.0]], dtype=np.float32))
    weight = torch.full((3, 2), 9.0)
    models.put_vectors(weight, {"right": 0, "up": 1, "zzz": 2}, start)
    assert weight.tolist() == [[0.0, 1.0], [1.0, 0.0], [9.0, 9.0]]


def test_functions_of_the_notebook_see_other_globals_only_while_called(models):
    names = {}
    exec("def shout(text): return text + mark", names)
    assert models.with_globals(names, "shout", mark="!")("up") == "up!"
    assert "mark" not in names


def test_hard_batches_hold_each_pair_once_and_near_ones_together(ngrams):
    vectors = torch.nn.functional.normalize(torch.randn(100, 8, generator=torch.Generator().manual_seed(0)))
    batches = list(ngrams.hard_batches(vectors, 16, 8, np.random.default_rng(0)))
    assert sorted(np.concatenate(batches).tolist()) == list(range(100))
    assert {len(batch) for batch in batches[:-1]} == {16} and len(batches[-1]) <= 16
    first = (vectors[batches[0]] @ vectors[batches[0]].T).mean()
    assert first > (vectors @ vectors.T).mean() + 0.1


def test_pairs_of_one_cluster_are_no_negatives(ngrams):
    questions = torch.nn.functional.normalize(torch.tensor([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]]))
    alone, together = torch.eye(3, dtype=torch.bool), torch.eye(3, dtype=torch.bool)
    together[0, 1] = together[1, 0] = True
    assert ngrams.pair_loss(questions, questions, together, 0.1) < 0.1
    assert ngrams.pair_loss(questions, questions, alone, 0.1) > 0.5


def test_entries_have_the_form_of_the_design(benchmark, result):
    entries = benchmark.entries(result)
    assert len(entries) == UNTRAINED * 6 + (TRAINED + SEEDS) * 7 + 4 * 5 + SPEEDS
    assert len({entry["name"] for entry in entries}) == len(entries)
    for entry in entries:
        assert list(entry) == ["name", "value", "unit", "against", "ratio"]
        assert isinstance(entry["name"], str) and isinstance(entry["unit"], str)
        assert np.isfinite(entry["value"])
        assert (entry["against"] is None) == (entry["ratio"] is None)
        if entry["against"]:
            assert entry["ratio"] == pytest.approx(entry["value"] / entry["against"])


def test_entries_name_the_new_rows_and_ratios(benchmark, models, result):
    found = {entry["name"]: entry for entry in benchmark.entries(result)}
    assert found[f"quora: {models.PAIRS}: training"]["unit"] == "s"
    assert found[f"quora: {models.FUSION}: hits@1 ties against"]["unit"] == "share"
    assert found["speed: vocabulary: times faster"]["against"] == 1000
    assert found["speed: training step: times faster"]["against"] == 15
    assert found["speed: training step: largest difference of losses"]["value"] < 1e-4
    assert found["original course, full StackOverflow data: trained on pairs: hits@500"]["value"] == 0.985


def test_targets_are_of_the_whole_slice_and_told_honestly(benchmark, models, result):
    assert benchmark.target_figures(result) == []
    runs = [benchmark.Quality(f"{models.BAG}, seed {seed}", {}, hits, 60.0) for seed, hits in enumerate((0.95, 0.962))]
    whole = benchmark.Slice([], np.zeros(benchmark.WHOLE_SLICE, dtype=int), KeyedVectors(2))
    figures = benchmark.target_figures(benchmark.Result(whole, trained=runs))
    assert [figure.value for figure in figures] == pytest.approx([0.95, 0.956, 0.956, 60.0])
    told = benchmark.verdicts(benchmark.Result(whole, trained=runs))
    assert [line.rsplit(" ", 1)[1] for line in told] == ["MISSED", "met", "met"]


def test_figures_of_another_slice_are_not_held_against_the_expected_ones(benchmark, result):
    assert not any(entry["against"] for entry in benchmark.entries(result) if entry["unit"] == "share")


@pytest.mark.parametrize(
    ("only", "kinds", "told"),
    [
        ("quality", {"quora"}, "tf-idf over letters"),
        ("models", {"quora"}, "early fusion"),
        ("speed", {"speed"}, "times faster per query"),
    ],
)
def test_the_command_writes_the_figures_that_it_prints(benchmark, folder, tmp_path, ngrams, speed, only, kinds, told):
    done = run(benchmark, "--data", str(folder), "--json", str(tmp_path / "figures.json"), "--only", only)
    assert done.exit_code == 0, done.output
    assert "Another data set" in done.output and told in done.output
    entries = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    found = {entry["name"].split(":")[0] for entry in entries}
    assert found == kinds | {"original course, full StackOverflow data"}


def test_missing_data_is_an_error_only_where_a_folder_was_named(benchmark, reading, tmp_path, monkeypatch):
    named = run(benchmark, "--data", str(tmp_path))
    assert named.exit_code == 2 and "ERROR" in named.output and reading.QUESTIONS in named.output
    monkeypatch.setenv(benchmark.VARIABLE, str(tmp_path))
    unnamed = run(benchmark)
    assert unnamed.exit_code == 0 and "SKIPPED" in unnamed.output and "--data" in unnamed.output


def run(benchmark, *arguments):
    """The command line's outcome."""
    app = typer.Typer()
    app.command()(benchmark.main)
    return CliRunner().invoke(app, list(arguments))


def test_fifty_real_queries_rank_as_documented(benchmark, names):
    folder = benchmark.data_folder(None)
    missing = benchmark.missing_files(folder)
    if missing:
        pytest.skip(f"{folder} lacks {', '.join(missing)}: set {benchmark.VARIABLE} to a folder with the real data")
    slice_ = benchmark.load(folder, queries=50)
    raw = benchmark.word_vector_quality(slice_, names, benchmark.RAW, None)
    clean = benchmark.cleaners(names)[benchmark.CLEANED]
    cleaned = benchmark.word_vector_quality(slice_, names, benchmark.CLEANED, clean)
    # Of the whole slice .600 and .724; three standard errors of 50 draws are .21 and .19.
    assert abs(raw.strict[1] - 0.600) < 0.21 and abs(cleaned.strict[1] - 0.724) < 0.19
    assert raw.ties_against <= raw.strict[1] < cleaned.strict[1]
    assert list(raw.strict.values()) == sorted(raw.strict.values())
