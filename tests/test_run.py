"""What a run keeps of a kernel's messages, and what it runs before a check."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.authoring.reference import read_notebook
from course_lib.check_cell import parse
from course_lib.grading.run import FRESH, _given_functions, _sound
from course_lib.paths import Course

STREAM = {"output_type": "stream", "name": "stdout", "text": "x"}


@pytest.mark.parametrize(
    "output",
    [
        STREAM,
        {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
    ],
)
def test_an_output_is_kept_as_it_is(output: dict):
    assert _sound(from_dict(output)) == output


@pytest.mark.parametrize(
    "output",
    [
        STREAM | {"name": 1},
        STREAM | {"text": {"a": 1}},
        STREAM | {"more": 1},
        {"output_type": "forged"},
        {},
        {"output_type": "display_data", "data": [], "metadata": {}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": "t"},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": -1},
    ],
    ids=repr,
)
def test_an_output_that_no_notebook_can_hold_is_dropped(output: dict):
    assert _sound(from_dict(output)) is None


def test_half_characters_of_an_output_become_question_marks():
    kept = _sound(from_dict(STREAM | {"text": "a\ud800b"}))
    assert kept == STREAM | {"text": "a?b"}
    nbformat.writes(new_notebook(cells=[new_code_cell(outputs=[kept])])).encode("utf-8")


def test_an_output_that_is_nested_too_deeply_is_dropped():
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    assert _sound(NotebookNode(output_type="display_data", data={"application/json": deep}, metadata={})) is None


def test_functions_of_the_release_that_a_check_is_given_are_defined_once_more(course: Course):
    release = read_notebook(course.release_notebook("meta_lstm"))
    source = _given_functions(release, parse("task_tests.test_train_language_model(partial(translations, model))"))
    assert "def translations(" in source
    assert "def new_model(" not in source  # no name that the check is given
    assert _given_functions(release, parse("task_tests.test_make_batch(make_batch)")) == ""  # an answer is never given


def test_outputs_stay_json(course: Course):
    assert json.loads(json.dumps(_sound(new_output("stream", text="ä")))) == STREAM | {"text": "ä"}


def test_before_a_check_nothing_is_left_of_what_a_cell_patched():
    patched = """import sys
import course_lib.probe, course_lib.checks.base
course_lib.checks.find = course_lib.observation.encode = course_lib.checks.base.run_observer = None
"""
    found = "p = __import__('course_lib.probe').probe; print(p.checks.find, p.observation.encode, p.run_observer)"
    # One module must know the others' new classes, not those of their former selves.
    same = "; print(p.checks.find('meta_lstm.make_batch').observe.__globals__['bare'].__globals__['Recorder'])"
    same += "; print(p.run_observer.__globals__['Recorder'] is sys.modules['course_lib.checks.replay'].Recorder)"
    same += "; print(p.checks is sys.modules['course_lib.checks'])"
    done = subprocess.run([sys.executable, "-c", patched + FRESH + found + same], capture_output=True, text=True)
    assert done.stderr == ""
    assert "None" not in done.stdout
    assert done.stdout.splitlines()[-2:] == ["True", "True"]
