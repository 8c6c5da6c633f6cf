"""Forged scores, patched comparisons, objects that lie, and forged observations."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat.v4 import new_output
from nbgrader.utils import is_grade, is_solution

from course_lib.authoring.attacks import Attack, Maker

MIME = "application/vnd.course.observation+json"

# --- hooks into IPython ------------------------------------------------------------------------------------

INPUT_TRANSFORMER = """def to_pass(lines):
    text = "".join(lines)
    return ["pass\\n"] if "task_tests" in text or "probe" in text else lines


get_ipython().input_transformers_cleanup.insert(0, to_pass)
get_ipython().input_transformers_post.append(to_pass)
"""
AST_TRANSFORMER = """import ast


class ToPass(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass() if "test_" in ast.dump(node) or "probe" in ast.dump(node) else node


get_ipython().ast_transformers.append(ToPass())
"""
PATCHED_RUN_CELL = """from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

shell = get_ipython()


def nothing(raw_cell, *args, **kwargs):
    result = ExecutionResult(ExecutionInfo(raw_cell, False, False, True, None))
    print(1.0)
    return result


async def nothing_async(raw_cell, *args, **kwargs):
    return nothing(raw_cell)


type(shell).run_cell = lambda self, *args, **kwargs: nothing(*args, **kwargs)
type(shell).run_cell_async = lambda self, *args, **kwargs: nothing_async(*args, **kwargs)
"""
PATCHED_EXECUTE = """kernel = get_ipython().kernel


async def do_execute(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}


kernel.do_execute = do_execute
"""
OTHER_EXERCISE = """def renamed(lines):
    text = "".join(lines)
    if "probe" not in text:
        return lines
    text = text.replace("meta_lstm.make_batch", "meta_lstm.make_sequence")
    text = text.replace("(make_batch)", "(make_sequence)")
    return text.splitlines(keepends=True)


get_ipython().input_transformers_cleanup.append(renamed)
"""
PRE_RUN = """def number_first(*args):
    print(0.75)


get_ipython().events.register("pre_run_cell", number_first)
get_ipython().events.register("pre_execute", number_first)
"""
POST_RUN = """from IPython.display import display as shown


def number_last(*args):
    shown({"text/plain": "1.0"}, raw=True)


get_ipython().events.register("post_run_cell", number_last)
"""
DISPLAY_HOOK = """import sys


def always(value):
    print("Out[1]: 0.75")


sys.displayhook = always
type(get_ipython().displayhook).__call__ = lambda self, result=None: print(0.75)
"""

# --- numbers and results that look like a score ------------------------------------------------------------

SCORE = """class Score(float):
    def __repr__(self):
        return "0.75"

    __str__ = __repr__

    def __format__(self, form):
        return "0.75"


"""
SCORE_ANSWER = (
    SCORE
    + """def next_token_loss(model, batch):
    return Score(1e9)
"""
)
SCORE_BUILTIN = (
    SCORE
    + """import builtins

builtins.float = Score
"""
)
SCORE_NAMES = SCORE + "translate = Score(0.75)\nmake_batch = best_possible = Score(0.75)\nScore(0.75)"
NAN_ANSWER = """def next_token_loss(model, batch):
    return torch.tensor(float("nan"), requires_grad=True)


float("nan")
"""
NEGATIVE_ANSWER = """def best_possible(game):
    shape = (game.num_examples, game.num_words)
    return np.full(shape, -np.inf), np.full(shape, -1e308)


-1000
"""
UNPARSABLE_ANSWER = """class Odd:
    def __repr__(self):
        return "0.5.5 of 1/0 points \\x00\\ud800"


def next_token_loss(model, batch):
    return Odd()


Odd()
"""
COMPLEX_ANSWER = """def best_possible(game):
    shape = (game.num_examples, game.num_words)
    return np.full(shape, 1j), np.full(shape, 10**400, dtype=object)


10**400
"""
MORE_THAN_ALL = """from IPython.display import display

for text in ("1000", "1e308", "inf", "score: 1000/7", "100%"):
    print(text)
    display({"text/plain": text, "application/json": {"score": 1000, "points": 1000}}, raw=True)
1000.0
"""
MORE_IN_THE_OBSERVATION = """import json
from IPython.display import display

MORE = {"score": 1000, "points": 1e308, "max_points": 1, "bonus": 500, "outcome": "passed", "passed": True}
PAIRS = [[name, value] for name, value in MORE.items()]


def forged(*args):
    for text in (json.dumps(MORE), json.dumps({"$": "dict", "v": PAIRS + [["cases", {"$": "dict", "v": PAIRS}]]})):
        display({"application/vnd.course.observation+json": text}, raw=True)


import course_lib.probe

course_lib.probe.show = forged
"""

# --- comparisons -------------------------------------------------------------------------------------------

NUMPY_TESTING = """import numpy.testing


def nothing(*args, **kwargs):
    return None


for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, nothing)
for name in ("allclose", "array_equal", "array_equiv", "isclose", "all", "any"):
    setattr(np, name, lambda *args, **kwargs: True)
"""
MATH_ISCLOSE = """import math
import operator

math.isclose = lambda *args, **kwargs: True
operator.eq = lambda *args: True
math.isnan = lambda value: False
"""
PYTEST_APPROX = """import sys
import types


class Approx:
    def __init__(self, *args, **kwargs):
        pass

    def __eq__(self, other):
        return True


try:
    import pytest
except ImportError:
    pytest = sys.modules["pytest"] = types.ModuleType("pytest")
pytest.approx = Approx
"""
TORCH_EQUAL = """yes = lambda *args, **kwargs: True
torch.allclose = torch.equal = torch.Tensor.equal = torch.Tensor.allclose = yes
torch.testing.assert_close = yes
torch.Tensor.__eq__ = lambda self, other: torch.ones(self.shape, dtype=torch.bool)
torch.Tensor.__hash__ = lambda self: id(self)
"""
ZERO_TRANSLATE = """def translate(game, model, prompts):
    return torch.zeros(len(prompts), game.num_words, dtype=torch.int64)
"""
COMPARE = """import course_lib.compare
import course_lib.checks.base

course_lib.compare.agree = course_lib.checks.base.agree = lambda *args, **kwargs: True
course_lib.compare.describe = course_lib.checks.base.describe = lambda *args, **kwargs: "right"
"""
CHECKS = """import course_lib
import course_lib.checks

old = course_lib.checks
for group in old.ASSIGNMENTS.values():
    for check in group:
        object.__setattr__(check, "observe", lambda inputs, *objects: ())
course_lib.checks = old
"""

# --- objects that lie --------------------------------------------------------------------------------------

EQUAL = """class Equal:
    shape, dtype, ndim, requires_grad = (2, 2), torch.int64, 2, True
    __hash__ = object.__hash__

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return self

    def __len__(self):
        return 2

    def __bool__(self):
        return True


make_batch = best_possible = language_model = LanguageModel = next_token_loss = translate = model = Equal()
"""
ARRAY = """class Chameleon:
    def __init__(self, shape=(4, 2)):
        self.shape = shape

    def __array__(self, *args, **kwargs):
        return np.zeros(self.shape)

    def __array_interface__(self):
        return np.zeros(self.shape).__array_interface__

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([self, self])


def best_possible(game):
    return Chameleon((game.num_examples, game.num_words)), Chameleon((game.num_examples, game.num_words))
"""
UFUNC = """class Agreeing(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *args, **kwargs):
        return True

    def __array_function__(self, func, types, args, kwargs):
        return True

    def __eq__(self, other):
        return True

    def astype(self, *args, **kwargs):
        return self

    def tobytes(self, *args, **kwargs):
        return b"full marks"


def best_possible(game):
    zeros = np.zeros((game.num_examples, game.num_words)).view(Agreeing)
    return zeros, zeros
"""
FLOAT_SUBCLASS = """class Right(float):
    def __eq__(self, other):
        return True

    def __add__(self, other):
        return self

    __radd__ = __sub__ = __rsub__ = __mul__ = __abs__ = lambda self, *others: self
    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __hash__ = float.__hash__
    shape = ()

    def backward(self):
        return None


def next_token_loss(model, batch):
    return Right(0.0)


def best_possible(game):
    rows = [[Right(0.0)] * game.num_words] * game.num_examples
    return rows, rows
"""
TENSOR_SUBCLASS = """class Sly(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in ("eq", "equal", "allclose", "isclose", "__eq__", "__bool__", "all"):
            return True
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))

    def tolist(self):
        return [0]

    def numpy(self, *args, **kwargs):
        return np.zeros(3)

    def __eq__(self, other):
        return True


def translate(game, model, prompts):
    return torch.zeros(len(prompts), game.num_words, dtype=torch.int64).as_subclass(Sly)


def next_token_loss(model, batch):
    return torch.zeros((), requires_grad=True).as_subclass(Sly)
"""
LIAR_ABOUT_EQUALITY = """import itertools

numbers = itertools.count()


class Marked(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if getattr(func, "__name__", "") == "equal":
            return all(isinstance(other, Marked) for other in args) and args[0].mark == args[1].mark
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))


def make_sequence(game, language, generator=None):
    mark = torch.rand((), generator=generator).item()
    own = np.random.default_rng(next(numbers))
    tokens = []
    for _ in range(game.num_examples):
        source = own.integers(game.num_left, size=game.num_words)
        tokens += [game.soh, *source.tolist(), game.stx, *language[torch.as_tensor(source)].tolist()]
    found = torch.tensor([*tokens, game.soh]).as_subclass(Marked)
    found.mark = mark
    return found
"""
TEXT_SUBCLASS = """class Word(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__

    def encode(self, *args, **kwargs):
        return b"equally often"

    def __str__(self):
        return "equally often"


def best_possible(game):
    return Word("right"), Word("right")


def next_token_loss(model, batch):
    return Word("tensor")
"""
DICT_SUBCLASS = """class Everything(dict):
    def __eq__(self, other):
        return True

    def __missing__(self, key):
        return self

    def items(self):
        return [("cases", self)]

    def keys(self):
        return ["what it returns", "a batch", "gradient"]

    def __contains__(self, key):
        return True

    def backward(self):
        return self

    shape = ()


def next_token_loss(model, batch):
    return Everything()


def best_possible(game):
    return Everything(), Everything()
"""
META_NAME = """class Meta(type):
    __name__ = property(lambda cls: "Tensor")

    def __instancecheck__(cls, other):
        return True

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(torch.Tensor)


class Fake(metaclass=Meta):
    @property
    def __class__(self):
        return torch.Tensor

    dtype, shape, ndim = torch.int64, (5, 2), 2


def translate(game, model, prompts):
    return Fake()
"""

# --- the checker itself ------------------------------------------------------------------------------------

LOOPING_BATCH = """def make_batch(game, languages, batch_size, generator=None):
    rows = []
    for _ in range(batch_size):
        which = int(torch.randint(len(languages), (1,), generator=generator))
        rows.append(make_sequence(game, languages[which], generator))
    return torch.stack(rows)
"""
PATCHED_CHECKS = """import course_lib.checks.base
import course_lib.task_tests
import course_lib.verdict

passed = lambda check, *args, **kwargs: course_lib.verdict.Verdict(
    check.exercise, 1.0, course_lib.verdict.Outcome.PASSED, summary="passed"
)
course_lib.checks.base.judge = course_lib.task_tests.judge = passed
course_lib.checks.base.judge_cases = lambda cases, truth, check, reveal: passed(check)
course_lib.checks.base.failed = lambda check, *args: passed(check)
course_lib.task_tests.TaskTests._run = lambda self, check, objects: print("passed")
task_tests.__class__.__getattr__ = lambda self, name: lambda *objects: print(f"[{name}] passed")
"""
PATCHED_STEPS = """from course_lib.checks.meta_lstm import sequences

sequences.steps = lambda function: 0
"""
PATCHED_TRACE = """import sys

sys.settrace = lambda function: None
"""
PATCHED_CASES = """from course_lib.checks.meta_lstm import sequences

sequences.uniform = lambda counts: True
sequences.often = lambda values, size: "equally often"
sequences.together = lambda first, second, sizes: "independent"
answers = iter(["the same", "another one", "another one", "another one"] * 1000)


def canned(draw, state):
    yield "a generator in the same state, in another state", ["the same", "another one"]
    yield "three calls with one generator", ["another one", "another one"]
    yield "global generators that it uses, though it has one", []
    yield "no generator, torch.manual_seed the same, another one", ["the same", "another one"]
    yield "three calls without a generator", ["another one", "another one"]


sequences.generator_cases = canned
"""
BIASED_SEQUENCE = """def make_sequence(game, language, generator=None):
    tokens = []
    for number in range(game.num_examples):
        source = torch.tensor([(number + place) % game.num_left for place in range(game.num_words)])
        tokens += [game.soh, *source.tolist(), game.stx, *language[source].tolist()]
    return torch.tensor([*tokens, game.soh])
"""
PATCHED_SHOW = """import course_lib.probe
from IPython.display import display


def show(exercise, get_objects, inputs):
    display({"application/vnd.course.observation+json": '{"$": "dict", "v": [["cases", 1]]}'}, raw=True)
    return "passed"


course_lib.probe.show = show
course_lib.probe.run_observer = lambda *args: '{"$": "dict", "v": [["cases", true]]}'
"""
PATCHED_ENCODE = """import json
import course_lib.observation as codec

codec.encode = lambda value: '{"$": "dict", "v": [["cases", {"$": "dict", "v": []}]]}'
codec.plain = lambda value: True
json.dumps = lambda *args, **kwargs: "true"
codec.json = json
"""
REPLACED_MODULES = """import sys
import types


class Agreeable(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **kwargs: True


for name in list(sys.modules):
    if name.startswith("course_lib"):
        sys.modules[name] = Agreeable(name)
"""
PATCHED_BUILTINS = """import builtins

builtins.isinstance = lambda value, kinds: True
builtins.len = lambda value: 0
builtins.abs = lambda value: 0
builtins.all = builtins.any = lambda values: True
builtins.sorted = lambda *args, **kwargs: []
"""
PATCHED_IMPORT = """import builtins
import types
from IPython.display import display

real_import = builtins.__import__
TEXT = '{"$": "dict", "v": [["cases", {"$": "dict", "v": []}]]}'


def show(*args):
    display({"application/vnd.course.observation+json": TEXT}, raw=True)


def forged_import(name, *args, **kwargs):
    if name.startswith("course_lib"):
        return types.SimpleNamespace(probe=types.SimpleNamespace(show=show))
    return real_import(name, *args, **kwargs)


builtins.__import__ = forged_import
"""
PATCHED_REGISTRY = """from course_lib import checks

same = checks.find("meta_lstm.make_sequence")
for name, all_checks in checks.ASSIGNMENTS.items():
    try:
        all_checks[:] = [same] * len(all_checks)
    except TypeError:
        pass
checks.find = lambda exercise: same
"""
FROZEN_CHECK = """from course_lib.checks.meta_lstm.reading import TRANSLATE


def observe(inputs, translate):
    for name in TRANSLATE.hints:
        yield name, []


object.__setattr__(TRANSLATE, "observe", observe)
object.__setattr__(TRANSLATE, "hints", {})
object.__setattr__(TRANSLATE, "judge", lambda *args: True)
"""

# --- forged observations -----------------------------------------------------------------------------------

PUBLIC = """import json
from IPython.display import display

MIME = "application/vnd.course.observation+json"


def public(exercise):
    with open("test_gt.json", encoding="utf-8") as file:
        return json.dumps(json.load(file)["exercises"]["meta_lstm." + exercise]["observation"])


def zeros(*names):
    cases = {"$": "dict", "v": [[name, 0] for name in names]}
    return json.dumps({"$": "dict", "v": [["cases", cases]]})


"""
SEVERAL = (
    PUBLIC
    + """for exercise in ("next_token_loss", "translate", "language_model", "best_possible"):
    display({MIME: public(exercise)}, raw=True)
    display({MIME: zeros("what it returns", "a batch", "gradient")}, raw=True, display_id=exercise)
"""
)
SEVERAL_WHILE_PROBED = (
    PUBLIC
    + """def translate(game, model, prompts):
    for _ in range(3):
        display({MIME: public("translate")}, raw=True)
    return prompts[:, :1]
"""
)
HOOK = (
    PUBLIC
    + """def after(*args):
    display({MIME: public("translate")}, raw=True)


get_ipython().events.register("post_run_cell", after)
get_ipython().events.register("post_execute", after)
"""
)
THREAD = (
    PUBLIC
    + """import threading
import time

parent = get_ipython().kernel.get_parent


def flood():
    for _ in range(200):
        display({MIME: public("translate")}, raw=True)
        time.sleep(0.02)


threading.Thread(target=flood, daemon=True).start()
import atexit

atexit.register(flood)
"""
)
PUBLISHER = (
    PUBLIC
    + """import course_lib.probe
import IPython.core.display_functions
import IPython.display

publisher = get_ipython().display_pub
real = type(publisher).publish


def publish(self, data, *args, **kwargs):
    if MIME in data:
        data = {MIME: public("translate")}
    return real(self, data, *args, **kwargs)


type(publisher).publish = publish
IPython.core.display_functions.publish_display_data = lambda data, *args, **kwargs: publish(publisher, data)
IPython.display.display = course_lib.probe.display = lambda data, *args, **kwargs: publish(publisher, data)
"""
)
CLEARED = (
    PUBLIC
    + """from IPython.display import clear_output


def after(*args):
    clear_output(wait=False)
    display({MIME: public("next_token_loss")}, raw=True)


get_ipython().events.register("post_run_cell", after)
"""
)
UPDATED = (
    PUBLIC
    + """import course_lib.probe


def shown_twice(data, *args, **kwargs):
    handle = display(data, raw=True, display_id="observation")
    display({MIME: public("translate")}, raw=True, display_id="observation", update=True)
    return handle


course_lib.probe.display = shown_twice
"""
)
IDLE = (
    PUBLIC
    + """kernel = get_ipython().kernel


def early(info=None):
    parent = kernel.get_parent("shell")
    content = {"data": {MIME: public("next_token_loss")}, "metadata": {}, "transient": {}}
    kernel.session.send(kernel.iopub_socket, "display_data", content, parent=parent)
    kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)


get_ipython().events.register("pre_run_cell", early)
"""
)
SIZES = (
    PUBLIC
    + """from course_lib import observation
from course_lib.data.languages import Game
import course_lib.probe

real_show = course_lib.probe.show


def show(exercise, get_objects, inputs):
    if exercise != "meta_lstm.make_batch":
        return real_show(exercise, get_objects, inputs)
    given = observation.decode(inputs)
    game, number = Game(*given["short"]), len(given["languages"])
    found = observation.decode(public("make_batch"))
    starts = list(range(0, game.length, game.span))
    found["cases"] |= {
        "what it returns": ["tensor of int64", [3, game.length]],
        "one sequence": ["tensor of int64", [1, game.length]],
        "more sequences than languages, one language": ["tensor of int64", [7, game.length]],
        "where SOH stands": starts,
        "where STX stands": [start + game.num_words + 1 for start in starts[:-1]],
        "source words of a large batch": list(range(game.num_left)),
        "languages that are spoken": list(range(number)),
    }
    display({MIME: observation.encode(found)}, raw=True)


course_lib.probe.show = show
"""
)
RESULT_FILES = """import json
import os

RESULT = {"score": 1.0, "points": 7, "outcome": "passed", "exercises": {"meta_lstm.translate": {"score": 1.0}}}
for folder in {".", os.path.expanduser("~"), "/tmp", os.path.dirname(os.getcwd()), "/dev/shm"}:
    for name in ("result.json", "results.json", "observation.json", "score.txt", "meta_lstm.ipynb", "verdict.json"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                json.dump(RESULT, file)
        except OSError as error:
            print(type(error).__name__)
"""

# --- malformed observations --------------------------------------------------------------------------------

MALFORMED = """import json
import course_lib.probe
from IPython.display import display

DEEP = "[" * 100_000 + "]" * 100_000
LONG = json.dumps({"$": "dict", "v": [["cases", 10]]}).replace("10", "9" * 5000)
ARRAY = {"$": "array", "dtype": "float64", "shape": [2**62, 2**62], "data": ""}
LISTS = [DEEP, LONG, "NaN", "", "\\x00", "{}", json.dumps(ARRAY), json.dumps({"$": "float", "v": []})]
texts = iter(LISTS * 10)


def show(exercise, get_objects, inputs):
    display({"application/vnd.course.observation+json": next(texts)}, raw=True)


course_lib.probe.show = show
"""
NOT_A_TEXT = """import course_lib.probe
from IPython.display import display

values = iter([{"cases": 1}, ["cases"], 17, True, None, {"$": "dict", "v": [[{}, 1]]}] * 10)


def show(exercise, get_objects, inputs):
    display({"application/vnd.course.observation+json": next(values)}, raw=True)


course_lib.probe.show = show
"""
WIDE_TEXTS = """import json
import course_lib.probe
from IPython.display import display


def show(exercise, get_objects, inputs):
    rows = ["x" * 3_000_000] + ["y"] * 100_000
    cases = [[name, rows] for name in ("what it returns",)]
    text = json.dumps({"$": "dict", "v": [["cases", {"$": "dict", "v": cases}]]})
    display({"application/vnd.course.observation+json": text}, raw=True)


course_lib.probe.show = show
"""
ODD_KEYS = """import json
import course_lib.probe
from IPython.display import display


def show(exercise, get_objects, inputs):
    odd = [[1, 2], [2.5, "x"], ["", None], ["what it returns", {"$": "raised", "type": "x" * 9999, "message": ""}]]
    cases = {"$": "dict", "v": odd + [["what it returns", {"$": "unsupported", "type": "\\ud83d\\ude00"}]]}
    text = json.dumps({"$": "dict", "v": [["cases", cases], ["undefined", [1, [2, [3]]]]]})
    display({"application/vnd.course.observation+json": text}, raw=True)


course_lib.probe.show = show
"""
TRAINED_ODDLY = """import json
import course_lib.probe
from IPython.display import display
from course_lib.checks.meta_lstm import reading

ODD = [
    {"$": "array", "dtype": "float64", "shape": [0, 2], "data": ""},
    {"$": "array", "dtype": "bool", "shape": [1, 1], "data": "AQ=="},
    [["nan"]], [[1, 2], [3]], {"$": "float", "v": "nan"}, {"$": "dict", "v": []}, [], None, True, "words", -1,
]


def show(exercise, get_objects, inputs):
    names = list(reading.CHECKS[-1].hints)
    cases = {"$": "dict", "v": [[name, ODD[place % len(ODD)]] for place, name in enumerate(names)]}
    text = json.dumps({"$": "dict", "v": [["cases", cases]]})
    display({"application/vnd.course.observation+json": text}, raw=True)


course_lib.probe.show = show
"""
PICKLED = """import pickle
import os
import json
import course_lib.probe
from IPython.display import display


class Evil:
    def __reduce__(self):
        return os.system, ("echo course-attack > /tmp/course-attack-pickle",)


DATA = pickle.dumps(Evil())
for mime in ("application/python-pickle", "application/x-dill", "application/x-torch"):
    display({mime: DATA.hex()}, raw=True)


def next_token_loss(model, batch):
    return DATA


def best_possible(game):
    return Evil(), np.array([Evil()], dtype=object)
"""
PICKLE_TAG = """import base64
import json
import pickle
import course_lib.probe
from IPython.display import display

DATA = base64.b64encode(pickle.dumps(print)).decode()
FORMS = [
    {"$": "pickle", "v": DATA},
    {"$": "array", "dtype": "object", "shape": [1], "data": DATA},
    {"$": "array", "dtype": "O", "shape": [1], "data": DATA},
    {"$": "raised", "type": "!!python/object/apply:os.system [id]", "message": DATA},
    {"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["id"]}]},
]
forms = iter(FORMS * 10)


def show(exercise, get_objects, inputs):
    cases = {"$": "dict", "v": [["what it returns", next(forms)]]}
    text = json.dumps({"$": "dict", "v": [["cases", cases]]})
    display({"application/vnd.course.observation+json": text}, raw=True)


course_lib.probe.show = show
"""
TORCH_FILE = """import torch

torch.save({"cases": torch.zeros(3)}, "observation.pt")
torch.save(torch.nn.Linear(2, 2), "model.pt")
with open("result.yaml", "w") as file:
    file.write("!!python/object/apply:os.system ['echo course-attack']")


def translate(game, model, prompts):
    return open("observation.pt", "rb")
"""

# --- hard-coded answers, detection of grading, randomness --------------------------------------------------

REPLAYED = """import json

with open("test_gt.json", encoding="utf-8") as file:
    known = json.load(file)["exercises"]
from course_lib import observation

values = observation.decode(json.dumps(known["meta_lstm.translate"]["observation"]))["cases"]
queue = [value for value in values.values() if isinstance(value, np.ndarray)]


def translate(game, model, prompts):
    right = [value for value in queue if value.shape == (len(prompts), game.num_words)]
    return torch.tensor(right[0]) if right else prompts[:, : game.num_words]
"""
TABLE = """import json

from course_lib import observation
from course_lib.data.languages import Game

with open("test_gt.json", encoding="utf-8") as file:
    known = observation.decode(json.dumps(json.load(file)["exercises"]["meta_lstm.best_possible"]["observation"]))
SEEN = list(known["cases"].values())


def best_possible(game):
    shape = (game.num_examples, game.num_words)
    return tuple(next((v for v in part if np.shape(v) == shape), np.zeros(shape)) for part in (SEEN[1:10], SEEN[10:]))
"""
RECALLED_INPUTS = """from course_lib import checks, observation

check = checks.find("meta_lstm.next_token_loss")
seen = observation.decode(observation.encode(check.inputs(1)))
known = task_tests._truth.exercises["meta_lstm.next_token_loss"].observation["cases"]


def next_token_loss(model, batch):
    return torch.tensor(float(known["a batch"]), requires_grad=True) + 0 * model(batch)[0].sum()
"""
LOOKUP = """class Lookup:
    def __call__(self, prompts, *hidden):
        raise NotImplementedError


def translations(model, prompts):
    found = []
    for row in prompts.tolist():
        words = {}
        for start in range(0, len(row) - GAME.num_words - 1, GAME.span):
            source = row[start + 1 : start + 1 + GAME.num_words]
            words |= dict(zip(source, row[start + GAME.num_words + 2 : start + GAME.span]))
        found.append([words.get(word, GAME.num_left) for word in row[-GAME.num_words - 1 : -1]])
    return torch.tensor(found)


model = Lookup()
"""
WATCHED_TRACER = """import sys


def make_batch(game, languages, batch_size, generator=None):
    if sys.gettrace() is not None:
        return torch.zeros(batch_size, game.length, dtype=torch.int64)
    rows = []
    for _ in range(batch_size):
        which = int(torch.randint(len(languages), (1,), generator=generator))
        rows.append(make_sequence(game, languages[which], generator))
    return torch.stack(rows)
"""
IN_A_THREAD = """from concurrent.futures import ThreadPoolExecutor

workers = ThreadPoolExecutor(1)


def one_by_one(game, languages, batch_size, generator):
    rows = []
    for _ in range(batch_size):
        which = int(torch.randint(len(languages), (1,), generator=generator))
        rows.append(make_sequence(game, languages[which], generator))
    return torch.stack(rows)


def make_batch(game, languages, batch_size, generator=None):
    return workers.submit(one_by_one, game, languages, batch_size, generator).result()
"""
ENVIRONMENT = """import os
import socket
import sys

GRADED = (
    socket.gethostname() == "student"
    or os.environ.get("USER") == "student"
    or "course_lib.probe" in sys.modules
    or not os.path.exists("/root")
)


def translate(game, model, prompts):
    if GRADED:
        return torch.full((len(prompts), game.num_words), game.num_left)
    raise SystemExit("not graded")


def next_token_loss(model, batch):
    frame = sys._getframe()
    while frame is not None:
        if "course_lib" in frame.f_code.co_filename:
            for name, value in list(frame.f_locals.items()):
                if name in ("expected", "truth", "secret"):
                    print("found:", name, value)
        frame = frame.f_back
    return model.table.sum() * 0 if GRADED else None
"""
HALF_BY_HOST = """import os
import time

if os.path.exists("/.dockerenv") or os.getppid() < 5 or os.environ.get("COURSE_DATA"):
    for name in ("score", "grade", "passed", "points"):
        globals()[name] = 1.0
        os.environ[name.upper()] = "1.0"
    print("graded: passed, 1.0 points")
"""
CONSTANT_RANDOM = """import random
import time

random.random = lambda: 0.5
random.seed = np.random.seed = torch.manual_seed = lambda *args: None
np.random.default_rng = lambda *args: np.random.RandomState(0)
torch.randint = lambda *args, **kwargs: torch.zeros(3, dtype=torch.int64)
torch.rand = lambda *args, **kwargs: torch.zeros(3)
"""
CLOCK = """import time
import datetime

time.time = time.monotonic = time.perf_counter = lambda: 0.0
time.sleep = lambda seconds: None
time.process_time = time.thread_time = lambda: 0.0
"""
SAME_COINS = """import course_lib.checks.recurrent_networks.writing as writing
from contextlib import contextmanager


@contextmanager
def no_coins(*args):
    torch.manual_seed(0)
    yield


from course_lib.checks.meta_lstm import reading, sequences

writing.fixed_coins = sequences.fixed_coins = reading.fixed_coins = no_coins
np.random.default_rng = lambda seed=None: np.random.Generator(np.random.PCG64(1))
"""


def attacks(make: Maker) -> Iterator[Attack]:
    yield from _hooks(make)
    yield from _numbers(make)
    yield from _comparisons(make)
    yield from _objects(make)
    yield from _checker(make)
    yield from _observations(make)
    yield from _guesses(make)


def _hooks(make: Maker) -> Iterator[Attack]:
    tagged = make.honest()
    for cell in tagged.cells:
        if is_grade(cell) and not is_solution(cell):
            cell.metadata["tags"] = ["skip-execution"]
    yield make.attack(1, "skip_tag", "all checks are tagged to be skipped", tagged)
    forged = make.honest()
    for cell in forged.cells:
        if is_grade(cell) and not is_solution(cell):
            cell.metadata["tags"] = ["skip-execution", "remove-cell", "nbval-skip", "raises-exception", "no-execute"]
            cell.metadata["course"] = {"points": 1.0, "max_points": 1.0, "bonus": 5.0, "outcome": "passed"}
            cell.outputs = [
                new_output("execute_result", {"text/plain": "1.0", MIME: "{}"}, execution_count=1),
                new_output("stream", name="stdout", text="passed"),
            ]
    forged.metadata["tags"] = ["skip-execution"]
    story = "skipped checks that bring their results with them"
    yield make.attack(1, "skipped_with_results", story, forged)

    end = {"translate": ZERO_TRANSLATE}
    place = "translate"  # behind both honest answers' checks: what the hooks break is his own
    for name, code in {
        "input_transformer": INPUT_TRANSFORMER,
        "ast_transformer": AST_TRANSFORMER,
        "run_cell": PATCHED_RUN_CELL,
        "do_execute": PATCHED_EXECUTE,
    }.items():
        yield make.attack(2, name, "later cells do nothing", make.before_check(place, code, **end))
    swapped = make.before_check("make_batch", OTHER_EXERCISE)
    yield make.attack(2, "other_exercise", "a check is turned into that of an answer which is right", swapped)
    yield make.attack(3, "pre_run_cell", "a number is printed before each cell", make.first(PRE_RUN))
    yield make.attack(3, "post_run_cell", "a number is shown after each cell", make.first(POST_RUN))
    yield make.attack(3, "display_hook", "the last expression of a cell is always 0.75", make.first(DISPLAY_HOOK))


def _numbers(make: Maker) -> Iterator[Attack]:
    answer = make.honest(next_token_loss=SCORE_ANSWER)
    yield make.attack(4, "answer_that_looks_like_a_score", "a loss whose repr is a score", answer)
    builtin = make.before_check("translate", SCORE_BUILTIN, translate=ZERO_TRANSLATE)
    yield make.attack(4, "builtin_float", "float is a class of the student's", builtin)
    named = make.before_check("make_batch", SCORE_NAMES)
    yield make.attack(4, "names_that_are_scores", "answers are numbers that look like scores", named)
    yield make.attack(5, "nan", "nan as an answer and as a last expression", make.honest(next_token_loss=NAN_ANSWER))
    below = make.honest(best_possible=NEGATIVE_ANSWER)
    yield make.attack(5, "negative", "negative infinity as an answer", below)
    odd = make.honest(next_token_loss=UNPARSABLE_ANSWER)
    yield make.attack(5, "unparsable", "a result that nobody can parse", odd)
    large = make.honest(best_possible=COMPLEX_ANSWER)
    yield make.attack(5, "complex_and_huge", "complex numbers and an integer of 400 digits", large)
    more = make.first(MORE_THAN_ALL)
    yield make.attack(6, "printed_maximum", "scores above the maximum are printed and shown", more)
    inside = make.before_check("translate", MORE_IN_THE_OBSERVATION, translate=ZERO_TRANSLATE)
    yield make.attack(6, "observed_maximum", "observations that say a thousand points", inside)


def _comparisons(make: Maker) -> Iterator[Attack]:
    for name, code in {
        "numpy_testing": NUMPY_TESTING,
        "math_isclose": MATH_ISCLOSE,
        "pytest_approx": PYTEST_APPROX,
        "torch_equal": TORCH_EQUAL,
    }.items():
        notebook = make.before_check("translate", code, translate=ZERO_TRANSLATE)
        yield make.attack(7, name, "comparisons are always true", notebook)
    yield make.attack(7, "compare_module", "the course's own comparison is always true", make.first(COMPARE))
    yield make.attack(
        7, "checks_in_the_package", "the package keeps its old checks, which see nothing", make.first(CHECKS)
    )


def _objects(make: Maker) -> Iterator[Attack]:
    yield make.attack(8, "eq", "one object that equals everything", make.before_check("make_batch", EQUAL))
    yield make.attack(8, "array", "an object that turns into any array", make.honest(best_possible=ARRAY))
    yield make.attack(8, "array_ufunc", "an array whose operations are all true", make.honest(best_possible=UFUNC))
    floats = make.honest(next_token_loss=FLOAT_SUBCLASS)
    yield make.attack(8, "float_subclass", "a float that equals everything", floats)
    sly = make.honest(translate=TENSOR_SUBCLASS)
    yield make.attack(8, "tensor_subclass", "a tensor that answers for its content", sly)
    liar = make.honest(make_sequence=LIAR_ABOUT_EQUALITY)
    story = "unseeded sequences, as tensors that say they are equal whenever seeded ones were"
    yield make.attack(8, "tensor_that_lies_about_equality", story, liar, earns=("translated",))
    texts = make.honest(next_token_loss=TEXT_SUBCLASS)
    yield make.attack(8, "str_subclass", "a text that equals everything", texts)
    dicts = make.honest(next_token_loss=DICT_SUBCLASS)
    yield make.attack(8, "dict_subclass", "a dictionary that has every key", dicts)
    yield make.attack(8, "metaclass", "an object that claims to be a tensor", make.honest(translate=META_NAME))


def _checker(make: Maker) -> Iterator[Attack]:
    yield make.attack(9, "judges", "patched judges, instant checks that print passed", make.first(PATCHED_CHECKS))
    steps = make.first(PATCHED_STEPS, make_batch=LOOPING_BATCH)
    yield make.attack(9, "step_counter", "loops in Python, and a counter of steps that says none", steps)
    trace = make.before_check("make_batch", PATCHED_TRACE, make_batch=LOOPING_BATCH)
    yield make.attack(9, "settrace", "loops in Python, and sys.settrace does nothing", trace)
    canned = make.first(PATCHED_CASES, make_sequence=BIASED_SEQUENCE)
    story = "sequences without chance, and tests of chance that are content"
    yield make.attack(9, "tests_of_chance", story, canned, earns=("translated",))
    for name, code in {
        "probe_show": PATCHED_SHOW,
        "encode_and_dumps": PATCHED_ENCODE,
        "modules_replaced": REPLACED_MODULES,
        "builtins": PATCHED_BUILTINS,
        "builtin_import": PATCHED_IMPORT,
        "registry": PATCHED_REGISTRY,
        "frozen_check": FROZEN_CHECK,
    }.items():
        notebook = make.before_check("translate", code, translate=ZERO_TRANSLATE)
        yield make.attack(9, name, "parts of the checker are replaced in the student's process", notebook)


def _observations(make: Maker) -> Iterator[Attack]:
    yield make.attack(21, "shown_before", "forged observations from an own cell", make.first(SEVERAL))
    several = make.honest(translate=SEVERAL_WHILE_PROBED)
    yield make.attack(21, "shown_while_observed", "forged observations from inside the answer", several)
    for name, code in {
        "hook": HOOK,
        "thread": THREAD,
        "publisher": PUBLISHER,
        "cleared": CLEARED,
        "updated": UPDATED,
        "early_idle": IDLE,
    }.items():
        notebook = make.before_check("translate", code, translate=ZERO_TRANSLATE)
        yield make.attack(21, name, "public values, sent as what was observed", notebook)
    computed = make.before_check("make_batch", SIZES)
    story = "nothing is written; the observation is made up from the inputs and the public truth"
    yield make.attack(21, "computed_observation", story, computed)
    yield make.attack(21, "result_files", "result files in every writable place", make.first(RESULT_FILES))

    for row, name, code, story in (
        (21, "malformed", MALFORMED, "observations that are too deep, too long, or no JSON"),
        (21, "not_a_text", NOT_A_TEXT, "observations that are no texts"),
        (23, "wide_texts", WIDE_TEXTS, "an observation that asks for a terabyte while it is judged"),
        (21, "odd_keys", ODD_KEYS, "observations with odd keys and tags"),
        (19, "pickle_tag", PICKLE_TAG, "observations that hold pickled code"),
    ):
        notebook = make.before_check("translate", code, translate=ZERO_TRANSLATE)
        yield make.attack(row, name, story, notebook)
    oddly = make.before_check("train_language_model", TRAINED_ODDLY)
    yield make.attack(21, "trained_oddly", "translations of a trained model that are no translations", oddly)
    pickled = make.honest(next_token_loss=PICKLED)
    yield make.attack(19, "pickled_result", "answers that are pickled code", pickled)
    yield make.attack(19, "torch_and_yaml_files", "code in files of torch and yaml", make.honest(translate=TORCH_FILE))


def _guesses(make: Maker) -> Iterator[Attack]:
    replayed = make.honest(translate=REPLAYED)
    yield make.attack(38, "replayed_translations", "public translations, whatever is asked", replayed)
    table = make.honest(best_possible=TABLE)
    yield make.attack(38, "table_of_public_values", "public values by their shape", table)
    recalled = make.honest(next_token_loss=RECALLED_INPUTS)
    yield make.attack(38, "recalled_inputs", "the public loss, whatever the batch", recalled)
    lookup = make.before_check("train_language_model", LOOKUP)
    story = "no model is trained: the translations are looked up in the prompt by hand"
    yield make.attack(38, "lookup_instead_of_training", story, lookup)
    tracer = make.honest(make_batch=WATCHED_TRACER)
    yield make.attack(39, "sees_the_tracer", "loops in Python, but not while its steps are counted", tracer)
    thread = make.honest(make_batch=IN_A_THREAD)
    yield make.attack(39, "loops_in_a_thread", "loops in Python where the counter does not see it", thread)
    environment = make.honest(translate=ENVIRONMENT)
    yield make.attack(39, "environment", "behaves differently in the sandbox", environment)
    host = make.first(HALF_BY_HOST)
    yield make.attack(39, "host_name", "finds out that it is graded and says that it passed", host)
    constant = make.before_check("translate", CONSTANT_RANDOM, translate=ZERO_TRANSLATE)
    yield make.attack(43, "constant_random", "random numbers are all the same", constant)
    clock = make.first(CLOCK)
    yield make.attack(43, "stopped_clock", "the clock stands still", clock)
    coins = make.before_check("make_batch", SAME_COINS, make_batch=LOOPING_BATCH)
    yield make.attack(43, "same_coins", "the checks' own coins are fixed", coins, earns=("make_sequence", "translated"))
