"""What an answer uses of torch is found through its text, wherever it stands; who only compares is not accused."""

import time

import pytest

from course_lib import checks
from course_lib.authoring import bank
from course_lib.authoring.reference import check_calls, read_notebook, solution_cells
from course_lib.checks.text_classification.recurrent import EXCLUDED
from course_lib.grading.judging import _within_rules
from course_lib.grading.rules import uses
from course_lib.verdict import Outcome, Verdict

IMPORTS = "import torch\nfrom torch import nn\nimport torch.nn.functional as F"
CLEAN = "class RNN(nn.Module):\n    def forward(self, x):\n        h = torch.tanh(x)\n        return h"
WITH_RULES = [check for its in checks.ASSIGNMENTS.values() for check in its if check.excludes]


def answer(body, base="nn.Module"):
    return f"class RNN({base}):\n    def __init__(self):\n        {body}"


def found(*cells, asked=("RNN",)):
    return uses(asked, [IMPORTS, *cells], EXCLUDED)


# --- found ---------------------------------------------------------------------------------------------------

FOUND = {
    "nn.GRU": (answer("self.own = nn.GRU(3, 4)"), "GRU"),
    "the whole path": (answer("self.own = torch.nn.GRU(3, 4)"), "GRU"),
    "the module": (answer("self.own = nn.modules.rnn.GRUCell(3, 4)"), "GRUCell"),
    "torch._VF": (answer("torch._VF.gru(x)"), "gru"),
    "import in the answer": (answer("from torch.nn import GRU"), "GRU"),
    "subclass": (answer("pass", "nn.GRU"), "GRU"),
    "subclass of a base": (answer("pass", "nn.RNNBase"), "RNNBase"),
    "getattr": (answer("getattr(nn, 'G' + 'RU')"), "getattr"),
    "getattr of a part": (answer("getattr(torch.nn.modules, name)"), "getattr"),
    "exec": (answer("exec('x = nn.' + name)"), "exec"),
    "eval": (answer("eval('nn.' + name)"), "eval"),
    "vars": (answer("vars(torch.nn)['GRU']"), "vars"),
    "__dict__": (answer("torch.__dict__['g' + 'ru']"), "__dict__"),
    "after a magic": ("%time\n" + answer("nn.GRU(3, 4)"), "GRU"),
    "a cell magic": ("%%time\n" + answer("nn.GRU(3, 4)"), "GRU"),
    "inside an if": ("if True:\n    class RNN(nn.GRU): pass", "GRU"),
    "with its own name": ("RNN = nn.GRU", "GRU"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_an_answer_uses_is_found(name):
    cell, used = FOUND[name]
    assert found(cell) == [used]


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        ("import torch.nn as n", "n.GRU(3, 4)"),
        ("from torch import nn as n", "n.GRU(3, 4)"),
        ("import torch as t", "t.nn.GRU(3, 4)"),
        ("from torch.nn import GRU as G", "G(3, 4)"),
        ("from torch.nn.modules import rnn", "rnn.GRU(3, 4)"),
        ("n = torch.nn", "n.GRU(3, 4)"),
        ("n = m = torch.nn", "m.GRU(3, 4)"),
        ("G = nn.GRU", "G(3, 4)"),
        ("parts = [nn.GRU]", "parts[0](3, 4)"),
        ("try:\n    import torch.nn as n\nexcept ImportError:\n    pass", "n.GRU(3, 4)"),
    ],
)
def test_other_names_for_it_are_found(cell, body):
    assert found(cell, answer(body)) == ["GRU"]


def test_functions_of_torch_are_found_by_other_names():
    assert found("from torch import _VF", answer("_VF.gru(x)")) == ["gru"]
    assert found("from torch import lstm_cell", answer("lstm_cell(x)")) == ["lstm_cell"]


@pytest.mark.parametrize("cells", [1, 3])
def test_helpers_are_found_by_name_through_several_cells(cells):
    chain = [f"def helper{place}(): return helper{place + 1}()" for place in range(cells)]
    assert found(answer("helper0()"), *chain, f"class helper{cells}(nn.LSTM): pass") == ["LSTM"]


def test_what_is_assigned_to_a_part_of_the_answer_is_found():
    assert found(CLEAN, "RNN.forward = nn.GRU.forward") == ["GRU"]
    assert found(CLEAN, "RNN.parts['x'] = [nn.GRU]") == ["GRU"]
    assert found(CLEAN, "nn.Module.helper = torch.gru") == ["gru"]


def test_all_that_is_asked_for_is_looked_at():
    assert found("def a(): nn.GRU", "def b(): nn.LSTM", "def c(): nn.RNN", asked=["a", "b"]) == ["GRU", "LSTM"]


@pytest.mark.parametrize(
    "line",
    ["x = (5\n% 3)", "x = 'a\u2028b'", "x = 'a\x0cb'", "files = !ls", "if True:\n    %time", "print?"],
)
def test_nothing_hides_behind_another_line_of_the_cell(line):
    assert found(f"{line}\n{answer('nn.GRU(3, 4)')}") == ["GRU"]


@pytest.mark.parametrize(
    ("cell", "body", "name"),
    [
        ("from torch.nn import *", "GRU(3, 4)", "GRU"),
        ("n: object = torch.nn", "n.GRU(3, 4)", "GRU"),
        ("(n := torch.nn)", "n.GRU(3, 4)", "GRU"),
        ("n, one = torch.nn, 1", "n.GRU(3, 4)", "GRU"),
        ("def setup():\n    global G\n    G = nn.GRU", "G(3, 4)", "GRU"),
        ("setattr(RNN, 'forward', nn.GRU.forward)", "pass", "GRU"),
        ("async def helper(): return nn.GRU", "helper()", "GRU"),
        ("pass", "__builtins__.eval('nn.' + name)", "__builtins__"),
        ("import sys", "sys.modules['torch.nn'].GRU", "sys.modules"),
    ],
)
def test_rarer_names_for_it_are_found(cell, body, name):
    assert found(cell, answer(body)) == [name]


# --- not found -----------------------------------------------------------------------------------------------

FINE = {
    "an own class of that name": "class GRU(nn.Module): pass\nclass RNN(GRU): pass",
    "an own part of that name": answer("self.gru = self.LSTM = RNN.rnn_tanh"),
    "a comparison after it": f"{CLEAN}\nprint(nn.GRU(3, 4))\nother = nn.RNN(3, 4)",
    "strings and comments": answer("'nn.GRU and torch.gru'  # nn.GRU"),
    "getattr of something else": answer("getattr(self, name)"),
    "the __dict__ of something else": answer("self.__dict__"),
    "methods of those names": answer("self.eval(); re.compile('x'); torch.compile(x)"),
    "other layers": answer("self.own = nn.Linear(3, 4)"),
    "a name that is never defined": answer("undefined.GRU"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_no_use_is_not_found(name):
    assert found(FINE[name]) == []


@pytest.mark.parametrize(
    "cell",
    [
        "nn.GRU(3, 4)",
        "expected = nn.GRU(3, 4)(torch.zeros(1, 2, 3))",
        "from torch.nn import GRU\nassert GRU(3, 4)",
        "def compare(own=RNN()): return nn.GRU(3, 4)",
        "RNN().load_state_dict(nn.RNN(3, 4).state_dict())",
        "exec('nn.GRU'); getattr(nn, 'GRU')",
        "%%bash\necho nn.GRU",
        "this is not Python: RNN = nn.GRU",
        "RNN = nn.GRU\x00",
        "(" * 5000,
    ],
)
def test_what_stands_in_other_cells_is_not_the_answers(cell):
    assert found(CLEAN, cell) == []


@pytest.mark.parametrize("cell", ["out, h = nn.GRU(3, 4)(torch.zeros(1, 2, 3))", "for x in [nn.GRU(3, 4)]: print(x)"])
def test_who_compares_under_a_name_that_is_local_in_the_answer_is_not_accused(cell):
    assert found(CLEAN, cell) == []


def test_definitions_that_name_each_other_end():
    assert found(answer("one()"), "def one(): return two()", "def two(): return one() or RNN()") == []


def test_one_statement_that_defines_many_names_takes_no_time():
    chain = "if True:\n" + "".join(f"    a{place} = a{place + 1}\n" for place in range(600))
    started = time.process_time()
    assert found(answer("a0"), chain) == []
    assert time.process_time() - started < 0.5


# --- the checks ----------------------------------------------------------------------------------------------


def test_the_rules_are_those_of_the_texts():
    assert [check.exercise for check in WITH_RULES] == [
        "text_classification.rnn",
        "text_classification.gru",
        "recurrent_networks.lstm_step",
        "recurrent_networks.other_steps",
    ]


@pytest.mark.parametrize("check", WITH_RULES, ids=lambda check: check.exercise)
def test_the_reference_and_every_right_answer_keep_to_the_rules(course, check):
    assignment, _, exercise = check.exercise.partition(".")
    notebook = read_notebook(course.source_notebook(assignment))
    call, solution = check_calls(notebook)[exercise], solution_cells(notebook)[exercise]
    answers = [one.code for one in bank.read(course.styles(assignment), with_hints=False) if one.exercise == exercise]
    assert len(answers) >= 2
    passed = Verdict(check.exercise, 1.0, Outcome.PASSED)
    for code in (solution, *answers):
        sources = [code if cell.source == solution else cell.source for cell in notebook.cells]
        assert code in sources
        assert _within_rules(passed, call, sources) == passed, code


def test_a_right_answer_that_breaks_a_rule_has_zero_and_the_reason(course):
    call = check_calls(read_notebook(course.source_notebook("text_classification")))["gru"]
    verdict = _within_rules(
        Verdict("text_classification.gru", 1.0, Outcome.PASSED), call, [IMPORTS, "class GRU(nn.GRU): pass"]
    )
    assert (verdict.score, verdict.outcome, verdict.finding.got) == (0.0, Outcome.FAILED, "GRU")
