"""What was killed is graded once and whole when the same command has run again."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from kills import VICTIMS, Differences, State, differences, plan

ROOT = Path(__file__).resolve().parents[1]
ENTRY = {"student": "ann", "fingerprint": "a", "score": 1.0}


def one_student() -> State:
    rows = {"submissions": [["ann", None, None]], "notebooks": [], "grades": [["ann", "x", 1.0]], "comments": []}
    return State({"ann": {"cells": {"x": 1.0}}}, rows, {"ann": [ENTRY]})


def test_equal_states_have_no_difference():
    assert differences(one_student(), one_student()) == Differences()


def test_each_kind_of_damage_is_found():
    wanted = one_student()
    found = copy.deepcopy(wanted)
    found.notebooks, found.torn = {}, 1
    assert differences(wanted, found) == Differences(lost=["ann"], torn=1)
    found = copy.deepcopy(wanted)
    found.journal["ann"].append(ENTRY)
    assert differences(wanted, found).doubled == ["ann in the journal"]
    found = copy.deepcopy(wanted)
    found.journal["ann"] = []
    assert differences(wanted, found).lost == ["ann"]
    found = copy.deepcopy(wanted)
    found.rows["submissions"].append(["ann", None, None])
    assert differences(wanted, found).doubled == ["('ann',) in submissions"]
    found = copy.deepcopy(wanted)
    found.rows["grades"] = []
    assert differences(wanted, found).lost == ["('ann', 'x') in grades"]
    found = copy.deepcopy(wanted)
    found.rows["grades"] = [["ann", "x", 0.0]]
    assert differences(wanted, found).differ == ["['ann', 'x'] in grades"]
    found = copy.deepcopy(wanted)
    found.notebooks["ann"] = "unreadable: cut off"
    assert differences(wanted, found).differ == ["ann"]


def test_a_seed_says_what_is_killed_and_when():
    usual = {"all": 30.0, "start": 8.0}
    made = [plan(number, 1, usual) for number in range(30)]
    assert made == [plan(number, 1, usual) for number in range(30)]
    assert made != [plan(number, 2, usual) for number in range(30)]
    assert {one.kills[0].victim for one in made} == set(VICTIMS)
    assert {kill.phase for one in made for kill in one.kills} == {"anywhere", "start", "write"}
    assert all(one.remote for one in made if any(kill.victim == "scheduler" for kill in one.kills))


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_left_whatever_is_killed(tmp_path: Path):
    killed = kills_in(tmp_path, "--from", "6", "--rounds", "2")  # together they aim at one of each kind
    for kind in sorted(set(VICTIMS) - killed):  # it came too late: moments are shares of an undisturbed run's time
        killed |= kills_in(tmp_path, "--kind", kind, "--rounds", "2")
    assert killed == set(VICTIMS)


def kills_in(folder: Path, *words: str) -> set[str]:
    """What was killed in rounds in which all held."""
    figures = folder / "figures.json"
    command = [sys.executable, "-m", "tests.kills", "--seed", "1", "--size", "8", *words, "--json", figures]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return {victim for one in json.loads(figures.read_text()) for victim in one["killed"]}
