"""The recurrent networks benchmark, with small settings and a made-up treebank."""

import importlib
import json
import lzma
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib.data import recurrent_networks_mini

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield monkeypatch


@pytest.fixture(scope="module")
def benchmark(patch):
    patch.syspath_prepend(BENCHMARKS)
    module = importlib.import_module("recurrent_networks")
    assert Path(module.__file__).parent == BENCHMARKS
    patch.setattr(module.speed, "ROUNDS", 1)
    return module


@pytest.fixture(scope="module")
def names(benchmark):
    return benchmark.lift()


@pytest.fixture(scope="module")
def folder(benchmark, tmp_path_factory):
    root = tmp_path_factory.mktemp("treebank")
    plain = root / "plain"
    plain.mkdir()
    recurrent_networks_mini.write(plain, recurrent_networks_mini.SEED)
    for split, name in benchmark.tagger.FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(lzma.compress((plain / f"{split}.conllu").read_bytes()))
    return root


def values(figures):
    return {figure.name: figure.value for figure in figures}


def test_lifting_defines_and_trains_nothing(names):
    assert {"lstm_step", "Recurrent", "truncated_steps", "unroll", "free_run", "LSTMTagger", "train_tagger"} <= set(
        names
    )
    assert not {"tagger", "treebank", "writers", "train_series"} & set(names)


def test_parity_with_torch_is_far_below_its_target(benchmark, names):
    found = benchmark.speed.parity_figures(benchmark.speed.measure_parity(names))
    assert 0 < values(found)["parity: largest difference"] < 1e-10
    assert len(found) > 12


def test_a_wrong_step_is_seen_as_a_difference(benchmark, names):
    cells = dict(names["CELLS"])
    cells["RNN"] = cells["RNN"]._replace(
        step=lambda x, state, weights: (names["rnn_step"](x, state, weights)[0] * 1.001,)
    )
    found = benchmark.speed.parity_figures(benchmark.speed.measure_parity(names | {"CELLS": cells}))
    assert values(found)["parity: largest difference"] > 1e-6


def test_a_small_reservoir_forecasts_better_than_a_linear_model_and_that_better_than_persistence(benchmark, names):
    echo = benchmark.echo
    small = replace(echo.BEST, units=200, density=0.05, ridge=1e-9, length=1500)
    rows = {row.method: row for row in echo.measure_mackey_glass(names, {echo.RESERVOIR: (small, 1)})}
    assert rows[echo.RESERVOIR].far < 0.1 < rows[echo.LINEAR].far < rows[echo.PERSISTENCE].far
    figures = echo.echo_figures(list(rows.values()))
    against = next(figure.against for figure in figures if figure.name == "echo: NRMSE after 84 steps, reservoir")
    assert against == pytest.approx(10**-4.2)


def test_each_regime_is_held_against_teacher_forcing_in_its_world(benchmark, names, monkeypatch):
    writing = benchmark.writing
    monkeypatch.setattr(writing, "STEPS", 2)
    monkeypatch.setattr(writing, "NOTEBOOK_STEPS", 2)
    monkeypatch.setattr(writing, "TEST", 20)
    rows = writing.measure_regimes(names, seeds=(0, 1))
    figures = {figure.name: figure for figure in writing.regime_figures(rows)}
    taught = figures["writing: teacher forcing, right tokens, alone"]
    assert taught.against is None
    for regime in ("free running", "scheduled sampling", "professor forcing"):
        assert figures[f"writing: {regime}, right tokens, alone"].against == taught.value
        assert f"writing: {regime}, right tokens, alone, spread over seeds" in figures


def test_the_command_measures_the_tagger_on_a_treebank_and_writes_json(benchmark, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(
        benchmark.tagger, "RECIPES", {benchmark.tagger.TAGGER: benchmark.tagger.Recipe(size=8, epochs=1)}
    )
    app = benchmark.typer.Typer()
    app.command()(benchmark.main)
    out = tmp_path / "out.json"
    done = CliRunner().invoke(app, ["--data", str(folder), "--only", "tagger", "--json", str(out)])
    assert done.exit_code == 0, done.output
    entries = {entry["name"]: entry for entry in json.loads(out.read_text())}
    assert entries["tagger: accuracy, tagger"]["against"] is None  # the target is about English, not about this
    assert 0.7 < entries["tagger: accuracy, most frequent tag"]["value"] < 0.95
    assert "target" not in done.output


@pytest.mark.parametrize(("accuracy", "said"), [(0.931, "met"), (0.929, "MISSED")])
def test_the_target_of_the_tagger_is_met_or_missed_on_the_real_treebank(benchmark, accuracy, said):
    tagger = benchmark.tagger
    rows = [tagger.Tagged(name, accuracy, 0.9, 0.7, 0.1, 90.0, 90.0, 1) for name in (tagger.USUAL, tagger.TAGGER)]
    figures = tagger.tagger_figures(rows, targets=True)
    assert values(figures)["tagger: accuracy, tagger"] == accuracy
    lines = [line for target in benchmark.TARGETS if (line := target.said(figures))]
    assert lines == [
        f"target tagger: accuracy, tagger at least 0.93: {said}",
        "target tagger: training, tagger at most 480: met",
    ]


def test_a_folder_without_the_treebank_is_named(benchmark, tmp_path):
    app = benchmark.typer.Typer()
    app.command()(benchmark.main)
    done = CliRunner().invoke(app, ["--data", str(tmp_path), "--only", "tagger"])
    assert done.exit_code == 2
    assert "pos/en_ewt-ud-train.conllu.xz" in done.output
