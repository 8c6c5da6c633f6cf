"""The Mackey-Glass series: an equation with a delay whose solution is chaotic, and for a while can be forecast."""

from __future__ import annotations

import numpy as np

BETA, GAMMA, POWER = 0.2, 0.1, 10  # the constants that everybody uses
TRANSIENT = 1_000  # units of time that pass before the series begins


def mackey_glass(steps: int, tau: int = 17, seed: int = 0, step: float = 0.1) -> np.ndarray:
    """Values (steps,) of x(t), one for each unit of time, float64.

    dx/dt = 0.2 x(t - tau) / (1 + x(t - tau)^10) - 0.1 x(t)

    Fourth-order Runge-Kutta with a fixed step; delayed values between two steps come from cubic Hermite interpolation,
    so the error falls with the fourth power of the step. With a step of 0.1 it is below 1e-8 after 100 units of time.
    The seed draws a straight line as the history before time 0; the first 1,000 units of time are left out, so that the
    series begins on the attractor. With tau = 17 it is mildly chaotic: small errors grow by e in about 180 units.

    tau: the delay, a whole number. step: of the integration; 1 / step is a whole number.
    Raises: ValueError: tau or 1 / step is not a whole number of at least 1, or steps is below 0.
    Source: Mackey & Glass, Oscillation and chaos in physiological control systems, Science 197 (1977), 287-289.

    >>> mackey_glass(4).round(3)
    array([0.854, 0.91 , 0.96 , 1.003])
    """
    per_unit = round(1 / step) if step > 0 else 0
    if tau < 1 or tau != int(tau) or per_unit < 1 or abs(per_unit * step - 1) > 1e-9 or steps < 0:
        raise ValueError("tau and 1 / step must be whole numbers of at least 1, steps must not be negative")
    delay, h = int(tau) * per_unit, 1 / per_unit
    before, now = np.random.default_rng(seed).uniform(0.5, 1.3, size=2)
    x = np.linspace(before, now, delay + 1).tolist()
    bends = [0.0] * delay  # how far the middle of an interval lies above the chord: the history is straight
    for at in range(delay, delay + (TRANSIENT + steps) * per_unit):
        value, old, new = x[at], x[at - delay], x[at - delay + 1]
        first, middle, last = _production(old), _production((old + new) / 2 + bends[at - delay]), _production(new)
        k1 = first - GAMMA * value
        k2 = middle - GAMMA * (value + h / 2 * k1)
        k3 = middle - GAMMA * (value + h / 2 * k2)
        k4 = last - GAMMA * (value + h * k3)
        x.append(value + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4))
        bends.append(h / 8 * (k1 - (last - GAMMA * x[-1])))
    start = delay + TRANSIENT * per_unit
    return np.array(x[start : start + steps * per_unit : per_unit])


def _production(delayed: float) -> float:
    return BETA * delayed / (1 + delayed**POWER)
