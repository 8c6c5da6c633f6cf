"""The benchmark of the small models, with few steps; and the training at the original's size, killed and resumed."""

import functools
import importlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
import typer
from typer.testing import CliRunner

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
SMALL = ["--embed", "8", "--hidden", "16", "--batch", "4"]


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(BENCHMARKS)
        yield monkeypatch


@pytest.fixture(scope="module")
def benchmark(patch):
    """The benchmark, which trains for three steps."""
    module = importlib.import_module("small_models")
    assert Path(module.__file__).parent == BENCHMARKS
    for part, trainer in ((module.chooser, "train_chooser"), (module.meta, "train_language_model")):
        names = part.lift()
        names[trainer] = functools.partial(names[trainer], num_steps=3)
        patch.setattr(part, "lift", lambda names=names: names)
    patch.setattr(module.chooser, "ORIGINAL_STEPS", 110)
    patch.setattr(module.chooser, "PROBLEMS", 600)
    patch.setattr(module.meta, "ROUNDS", 2)
    patch.setattr(module.meta, "SEQUENCES", 600)
    return module


@pytest.fixture(scope="module")
def figures(benchmark, tmp_path_factory):
    """All figures by name, as the command writes them, and what it prints."""
    app = typer.Typer()
    app.command()(benchmark.main)
    path = tmp_path_factory.mktemp("figures") / "figures.json"
    done = CliRunner().invoke(app, ["--json", str(path)])
    assert done.exit_code == 0, done.output
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in entries}, done.output


def test_every_target_is_of_a_figure_and_is_said(benchmark, figures):
    entries, output = figures
    for target in benchmark.TARGETS:
        assert target.figure in entries
    assert output.count("target ") == len(benchmark.TARGETS)


def test_every_figure_has_the_entries_of_the_design(figures):
    entries, _ = figures
    assert all(set(entry) == {"name", "value", "unit", "against", "ratio"} for entry in entries.values())
    assert all(entry["value"] >= 0 for entry in entries.values())


def test_a_target_is_missed_below_it_and_met_at_it(benchmark):
    target = benchmark.Target("a", 0.5)
    assert target.said([benchmark.Figure("a", 0.4, "")]).endswith("MISSED")
    assert target.said([benchmark.Figure("a", 0.5, "")]).endswith("met")
    assert target.said([benchmark.Figure("b", 0.5, "")]) is None
    time_limit = benchmark.Target("a", 60, at_most=True)
    assert time_limit.said([benchmark.Figure("a", 61.0, "s")]).endswith("MISSED")
    ratio = benchmark.Target("a", 20, ratio=True)
    assert ratio.said([benchmark.Figure("a", 30.0, "/s", 2.0)]).endswith("MISSED")
    assert ratio.said([benchmark.Figure("a", 40.0, "/s", 2.0)]).endswith("met")


def test_the_originals_way_reads_each_option_by_itself(benchmark):
    names = benchmark.chooser.lift()
    model = benchmark.chooser.OneAtATime(names["ToyChooser"](names["MLPScorer"](128)))
    number, options = torch.tensor(names["to_digits"](7)), [torch.tensor(names["to_digits"](n)) for n in (9993, 5, 5)]
    (scores,) = model(number, options).tolist()
    assert len(scores) == 3
    assert scores[1] == pytest.approx(scores[2])
    assert scores[1] != pytest.approx(scores[0])


def test_token_by_token_makes_the_same_kind_of_sequence_as_the_notebook(benchmark):
    meta = benchmark.meta
    game = meta.ORIGINAL
    batch = meta.token_by_token(game, 5)
    ours = meta.lift()["make_batch"](game, meta.all_languages(game), 5)
    assert batch.shape == ours.shape
    assert torch.equal(batch >= game.soh, ours >= game.soh)
    sources, targets = (meta.lift()["translated"](game, part) for part in (batch[:, :-1], batch[:, 1:]))
    assert ((targets >= game.num_left) & (targets < game.soh)).all()
    assert (sources != targets).any()


# --- the original's size -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def original(patch):
    return importlib.import_module("meta_lstm_original")


def command(*words):
    return [sys.executable, str(BENCHMARKS / "meta_lstm_original.py"), *map(str, words), *SMALL]


@pytest.fixture(scope="module")
def run(original):
    """Calls the command in this process, which spares the imports."""
    app = typer.Typer()
    app.command()(original.main)
    return lambda *words: CliRunner().invoke(app, [*map(str, words), *SMALL])


def weights(path):
    return torch.load(path, weights_only=True)


def test_the_settings_without_options_are_those_of_the_original(original):
    settings = original.Settings()
    assert settings.game == original.Game(num_examples=10, num_left=6, num_right=6, num_words=3)
    assert (settings.embed, settings.hidden, settings.batch, original.RATE) == (512, 1024, 32, 1e-3)


def test_a_killed_training_goes_on_and_ends_with_the_same_weights(run, tmp_path):
    whole, killed = tmp_path / "whole.pt", tmp_path / "killed.pt"
    assert run(whole, "--steps", 60, "--every", 60).exit_code == 0
    process = subprocess.Popen(command(killed, "--steps", 1_000_000, "--every", 5), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not killed.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done = len(weights(killed)["losses"])
    assert done >= 5 and done % 5 == 0
    again = run(killed, "--steps", max(60, done), "--every", 7)
    assert again.exit_code == 0, again.stderr
    assert f"going on after step {done:,}" in again.stdout
    if done > 60:  # a fast machine: let the undisturbed run catch up
        assert run(whole, "--steps", done).exit_code == 0
    one, other = weights(whole), weights(killed)
    assert one["losses"] == other["losses"]
    assert all(torch.equal(one["model"][name], other["model"][name]) for name in one["model"])


def test_it_tells_time_loss_and_accuracy(run, tmp_path):
    path = tmp_path / "figures.json"
    done = run(tmp_path / "run.pt", "--steps", 3, "--json", path)
    assert done.exit_code == 0, done.stderr
    found = {entry["name"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))}
    assert found["original: steps"]["value"] == 3
    assert 0 <= found["original: last example, languages never seen"]["value"] < 0.6
    assert found["original: last example, languages never seen"]["against"] == pytest.approx(1, abs=0.01)
    assert found["original: loss of the last 100 steps"]["value"] == pytest.approx(2.6, abs=0.2)  # ln 14 at first
    assert "languages never seen" in done.stdout


def test_a_checkpoint_of_other_settings_is_refused_and_kept(run, tmp_path):
    path = tmp_path / "run.pt"
    assert run(path, "--steps", 2).exit_code == 0
    before = path.read_bytes()
    done = run(path, "--steps", 4, "--seed", 1)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == (
        f"error: {path} was trained with seed 0: give the same options, or name another file"
    )
    assert path.read_bytes() == before


def test_a_file_that_is_no_checkpoint_is_refused_and_kept(run, tmp_path):
    path = tmp_path / "run.pt"
    path.write_text("notes", encoding="utf-8")
    done = run(path, "--steps", 4)
    assert done.exit_code == 2
    assert "is no checkpoint of this program" in done.stderr and "Traceback" not in done.stderr
    assert path.read_text(encoding="utf-8") == "notes"


def test_a_device_that_is_not_there_ends_with_one_line(run, tmp_path):
    done = run(tmp_path / "run.pt", "--device", "abacus")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: ") and "Traceback" not in done.stderr
