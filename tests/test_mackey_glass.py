"""Claims about the Mackey-Glass series: that it solves the equation, how exactly, and that it is chaotic."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.data import mackey_glass as module
from course_lib.data.mackey_glass import mackey_glass


@pytest.fixture
def from_the_start(monkeypatch):
    """The series begins at time 0, where the history ends, so that two step sizes start alike."""
    monkeypatch.setattr(module, "TRANSIENT", 0)


def largest_error(steps, step):
    return np.abs(mackey_glass(steps, step=step) - mackey_glass(steps, step=0.01)).max()


def test_a_step_of_a_tenth_is_exact_to_eight_digits_for_100_units_of_time(from_the_start):
    assert largest_error(100, 0.1) < 1e-8


def test_half_the_step_has_a_sixteenth_of_the_error(from_the_start):
    assert largest_error(100, 0.2) / largest_error(100, 0.1) == pytest.approx(16, rel=0.1)


def test_the_first_steps_are_those_of_the_exact_solution(from_the_start):
    """For t <= tau the delayed value is the straight history, and x' + x / 10 = p(t) can be integrated."""
    tau, t = 17, np.linspace(0, 10, 100_001)
    before, now = np.random.default_rng(0).uniform(0.5, 1.3, size=2)
    delayed = before + (now - before) * t / tau
    inner = np.exp(0.1 * t) * 0.2 * delayed / (1 + delayed**10)
    integral = np.sum((inner[1:] + inner[:-1]) / 2 * np.diff(t))
    assert mackey_glass(11)[10] == pytest.approx(np.exp(-1) * (now + integral), abs=1e-9)


def test_values_solve_the_equation_on_the_attractor():
    x = mackey_glass(3000)
    slope = (x[22:-6] - 8 * x[23:-5] + 8 * x[25:-3] - x[26:-2]) / 12  # at 24, 25, ...: five points, error of order 4
    delayed = x[24 - 17 : -4 - 17]
    right = 0.2 * delayed / (1 + delayed**10) - 0.1 * x[24:-4]
    assert np.abs(slope - right).max() < 0.002
    assert slope.std() > 0.03


def test_a_seed_gives_the_same_series_and_another_seed_another_one():
    assert np.array_equal(mackey_glass(50, seed=3), mackey_glass(50, seed=3))
    assert np.abs(mackey_glass(50, seed=3) - mackey_glass(50, seed=4)).max() > 0.05


def test_the_random_numbers_of_others_are_left_alone():
    np.random.seed(0)
    expected = np.random.random()
    np.random.seed(0)
    mackey_glass(5)
    assert np.random.random() == expected


def growth(seed):
    """How fast the logarithm of a small error grows; it is the difference that two step sizes make."""
    error = mackey_glass(2300, seed=seed, step=0.1) - mackey_glass(2300, seed=seed, step=0.2)
    sizes = np.sqrt((error[800:].reshape(-1, 50) ** 2).mean(axis=1))  # of 50 units of time each
    return np.polyfit(50 * np.arange(len(sizes)), np.log(sizes), 1)[0]


def test_small_errors_grow_by_e_in_about_180_units_of_time(from_the_start):
    assert 1 / np.mean([growth(seed) for seed in range(12)]) == pytest.approx(180, abs=30)


@pytest.mark.parametrize("wrong", [{"tau": 0}, {"tau": 1.5}, {"step": 0.3}, {"step": 0}, {"step": 2}, {"steps": -1}])
def test_what_cannot_be_integrated_is_refused(wrong):
    with pytest.raises(ValueError, match="whole numbers"):
        mackey_glass(**({"steps": 5} | wrong))


def test_other_delays_and_no_step_at_all():
    assert mackey_glass(0).shape == (0,)
    assert np.ptp(mackey_glass(500, tau=2)[400:]) < 1e-6  # a short delay: the series comes to rest
    assert np.ptp(mackey_glass(500, tau=30)[400:]) > 0.5
