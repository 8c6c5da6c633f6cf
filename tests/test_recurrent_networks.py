"""Claims that the recurrent_networks notebook makes about its cells, its experiments and its data."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

ASSIGNMENT = "recurrent_networks"
CELLS = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}


@pytest.fixture(scope="module")
def names(references):
    return references(ASSIGNMENT)


# --- hand-written layers against torch ---------------------------------------------------------------------


def as_tuple(hidden):
    return hidden if isinstance(hidden, tuple) else (hidden,)


def largest_difference(ours, theirs):
    return max(float((a - b).detach().abs().max()) for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("given", [False, True], ids=["from zeros", "from a state"])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("cell", CELLS)
def test_layers_equal_those_of_torch_to_ten_digits_gradients_included(names, cell, layers, given):
    batch, steps, size, hidden_size = 5, 23, 4, 7
    torch.manual_seed(0)
    theirs = CELLS[cell](size, hidden_size, layers, batch_first=True).double()
    ours = names["Recurrent"](names["CELLS"][cell], size, hidden_size, layers).double()
    ours.load_state_dict(theirs.state_dict())
    parts = 2 if cell == "LSTM" else 1
    x = torch.randn(batch, steps, size, dtype=torch.float64)
    start = [torch.randn(layers, batch, hidden_size, dtype=torch.float64) for _ in range(parts)]

    def run(layer, pack):
        inputs = [tensor.clone().requires_grad_() for tensor in (x, *(start if given else []))]
        hidden = (pack(inputs[1:]),) if given else ()
        out, last = layer(inputs[0], *hidden)
        results = [out, *as_tuple(last)]
        torch.manual_seed(1)
        sum((result * torch.randn(result.shape, dtype=result.dtype)).sum() for result in results).backward()
        gradients = [tensor.grad for tensor in inputs]
        return results, gradients + [layer.get_parameter(name).grad for name, _ in theirs.named_parameters()]

    ours_results, ours_gradients = run(ours, tuple)
    theirs_results, theirs_gradients = run(theirs, lambda parts: tuple(parts) if cell == "LSTM" else parts[0])
    assert largest_difference(ours_results, theirs_results) <= 1e-10
    assert largest_difference(ours_gradients, theirs_gradients) <= 1e-10


@pytest.mark.parametrize("cell", CELLS)
def test_one_step_at_a_time_gives_what_the_whole_sequence_gives(names, cell):
    torch.manual_seed(0)
    layer = CELLS[cell](3, 4, 2, batch_first=True).double()
    x = torch.randn(2, 11, 3, dtype=torch.float64)
    out, hidden = names["step_by_step"](layer, x)
    expected, last = layer(x)
    assert largest_difference([out, *as_tuple(hidden)], [expected, *as_tuple(last)]) <= 1e-10


# --- the start ---------------------------------------------------------------------------------------------


def test_the_deep_network_starts_as_keras_starts_it(names):
    torch.manual_seed(0)
    model = names["DeepLSTM"](20)
    assert [model.get_submodule(f"lstm{place}").hidden_size for place in (1, 2, 3, 4)] == [400, 300, 200, 100]
    for name, parameter in model.named_parameters():
        weight = parameter.detach()
        if "weight_hh" in name:
            assert torch.allclose(weight.T @ weight, torch.eye(weight.shape[1]), atol=1e-4), name
        elif "weight" in name:
            bound = (6 / sum(weight.shape)) ** 0.5
            assert 0.98 * bound < weight.abs().max() <= bound, name
        elif "bias_ih" in name:
            quarter = len(weight) // 4
            wanted = torch.zeros_like(weight)
            wanted[quarter : 2 * quarter] = 1
            assert torch.equal(weight, wanted), name
        else:
            assert not weight.any(), name
    assert model(torch.randn(2, 5, 20)).shape == (2, 5, 1)


# --- decoders ----------------------------------------------------------------------------------------------


def test_the_schedule_never_overflows_and_falls_from_one_to_zero(names):
    values = [names["teacher_probability"](step, 20.0) for step in (0, 10, 60, 100, 1000, 10**9)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.95 and values[-1] == 0.0


# --- echoes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("radius", [0.3, 0.9, 1.4])
def test_a_reservoir_has_the_spectral_radius_that_was_asked_for(names, radius):
    weights = names["make_reservoir"](80, 0.1, radius, np.random.default_rng(0))
    assert np.abs(np.linalg.eigvals(weights)).max() == pytest.approx(radius, abs=1e-9)


def test_two_runs_of_a_small_radius_forget_where_they_began(names):
    rng = np.random.default_rng(0)
    weights = names["make_reservoir"](80, 0.1, 0.8, rng)
    weight_in = rng.uniform(-0.5, 0.5, size=(80, 2))
    inputs = rng.normal(size=(200, 1))
    one, other = (names["run_reservoir"](weights, weight_in, inputs, state=rng.normal(size=80)) for _ in range(2))
    assert np.abs(one[0] - other[0]).max() > 0.1
    assert np.abs(one[-1] - other[-1]).max() < 1e-6
