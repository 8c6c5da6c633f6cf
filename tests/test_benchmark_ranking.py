"""The ranking benchmark: on a made-up slice of the same formats, and on the first rows of the real one."""

import importlib.util
import json
import lzma
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks" / "ranking.py"
# Two dimensions, so that every cosine can be seen: `up` is (0, 1), `right` (1, 0), `both` between them.
SPACE = {"up": (0.0, 1.0), "right": (1.0, 0.0), "both": (1.0, 1.0), "UP": (0.0, -1.0)}
QUESTIONS = ["up", "both up", "right", "up!", "right both", "both", "nothing known", "UP", "tool: up"]
ROWS = [
    [0, 1, 2, 4],  # the duplicate is nearest: no hard negative
    [0, 4, 5, 2],  # `both` is nearer than `right both`: one hard negative
    [2, 5, 5, 0],  # a negative ties with the duplicate: a hit by the strict rule only
    [0, 3, 1, 2],  # `up!` has no vector, so one negative is above it and one ties; cleaned, it is `up`
]


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("benchmark_ranking", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def names(benchmark):
    return benchmark.lift()


@pytest.fixture(scope="module")
def folder(benchmark, tmp_path_factory):
    root = tmp_path_factory.mktemp("slice")
    for name in (benchmark.QUESTIONS, benchmark.VECTORS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(root / benchmark.QUESTIONS, "wt", encoding="utf-8") as file:
        file.write("".join(f"{text}\n" for text in QUESTIONS))
    np.savez(root / benchmark.ROWS, ids=np.array(ROWS, dtype=np.uint16))
    np.savez(root / benchmark.VECTORS, vectors=np.array(list(SPACE.values()), dtype=np.float16))
    (root / benchmark.VOCABULARY).write_text("".join(f"{word}\n" for word in SPACE), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def result(benchmark, names, folder):
    return benchmark.measure(benchmark.load(folder), names, pairwise_seconds=0.0)


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


def test_the_pairwise_loop_counts_as_the_reference_does(benchmark, names, folder, result):
    assert result.speed.pairwise_queries == result.speed.same_counts == len(ROWS)
    found, seconds = benchmark.pairwise_counts(benchmark.load(folder), names, 0.0)
    assert found == [0, 1, 0, 1] and seconds > 0


def test_entries_have_the_form_of_the_design(benchmark, result):
    entries = benchmark.entries(result)
    assert len(entries) == 5 * 6 + 2 * 5 + 7
    assert len({entry["name"] for entry in entries}) == len(entries)
    for entry in entries:
        assert list(entry) == ["name", "value", "unit", "against", "ratio"]
        assert isinstance(entry["name"], str) and isinstance(entry["unit"], str)
        assert np.isfinite(entry["value"])
        assert (entry["against"] is None) == (entry["ratio"] is None)
        if entry["against"]:
            assert entry["ratio"] == pytest.approx(entry["value"] / entry["against"])


def test_figures_of_another_slice_are_not_held_against_the_expected_ones(benchmark, result):
    assert not any(entry["against"] for entry in benchmark.entries(result) if entry["unit"] == "share")


def test_the_command_writes_the_figures_that_it_prints(benchmark, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark, "PAIRWISE_SECONDS", 0.0)
    done = run(benchmark, "--data", str(folder), "--json", str(tmp_path / "figures.json"))
    assert done.exit_code == 0, done.output
    assert "Another data set" in done.output and "times faster per query" in done.output
    entries = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert {"quora", "original course, full StackOverflow data", "speed"} == {
        entry["name"].split(":")[0] for entry in entries
    }


def test_missing_data_is_an_error_only_where_a_folder_was_named(benchmark, tmp_path, monkeypatch):
    named = run(benchmark, "--data", str(tmp_path))
    assert named.exit_code == 2 and "ERROR" in named.output and benchmark.QUESTIONS in named.output
    monkeypatch.setenv(benchmark.VARIABLE, str(tmp_path))
    unnamed = run(benchmark)
    assert unnamed.exit_code == 0 and "SKIPPED" in unnamed.output and "--data" in unnamed.output


def run(benchmark, *arguments):
    """The command line's outcome."""
    import typer

    app = typer.Typer()
    app.command()(benchmark.main)
    return CliRunner().invoke(app, list(arguments))


def test_fifty_real_queries_rank_as_documented(benchmark, names):
    folder = benchmark.data_folder(None)
    missing = benchmark.missing_files(folder)
    if missing:
        pytest.skip(f"{folder} lacks {', '.join(missing)}: set {benchmark.VARIABLE} to a folder with the real data")
    slice_ = benchmark.load(folder, queries=50)
    raw, _ = benchmark.word_vector_quality(slice_, names, benchmark.RAW, None)
    clean = benchmark.cleaners(names)[benchmark.CLEANED]
    cleaned, _ = benchmark.word_vector_quality(slice_, names, benchmark.CLEANED, clean)
    # Of the whole slice .600 and .724; three standard errors of 50 draws are .21 and .19.
    assert abs(raw.strict[1] - 0.600) < 0.21 and abs(cleaned.strict[1] - 0.724) < 0.19
    assert raw.ties_against <= raw.strict[1] < cleaned.strict[1]
    assert list(raw.strict.values()) == sorted(raw.strict.values())
