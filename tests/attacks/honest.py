"""Honest students who are unlucky, untidy or unusual, and must keep their points."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat.v4 import new_code_cell

from course_lib.authoring.attacks import Attack, Maker

WARNINGS = """import logging
import sys
import warnings

warnings.simplefilter("always")


def translated(game, values):
    warnings.warn("this will change", FutureWarning)
    logging.warning("sizes %s", tuple(values.shape))
    print("progress 50%", file=sys.stderr)
    print("shape", values.shape)
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1]


warnings.warn("careful", DeprecationWarning)
sys.stderr.write("Traceback (most recent call last): just kidding\\n")
"""
ALL_WARNINGS = """import logging
import warnings

logging.basicConfig(level=logging.DEBUG, force=True)
logging.getLogger().error("nothing is wrong")
warnings.filterwarnings("default")
from tqdm.auto import tqdm

for _ in tqdm(range(100)):
    pass
"""
ERRORS = (
    "make_sequence(1, 2, 3)",
    "1 / 0",
    "assert translated(GAME, torch.zeros(1)) == 5",
    "print(undefined_name",
    "import a_package_that_is_not_there",
    "raise KeyboardInterrupt",
)
MAGICS = (
    "%matplotlib inline",
    "!pip install --quiet numpy",
    "%pip install torch",
    "%%time\nsum(range(10))",
    "%timeit -n 1 -r 1 sum(range(10))",
    "!ls -la | head -3",
    "%load_ext autoreload\n%autoreload 2",
    "%%bash\necho hello",
    "%cd ..",
    "?print",
    "%%capture\nprint(1)",
    "%config InlineBackend.figure_format = 'retina'",
)
TIMED = """%%time
def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1]
"""
MAGIC_INSIDE = """%matplotlib inline
!echo start

def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1]

translated?
"""
SEEDS = """import random

random.seed(0)
np.random.seed(0)
torch.manual_seed(0)
torch.use_deterministic_algorithms(True, warn_only=True)
"""
SEEDED_ANSWER = """import random

torch.manual_seed(17)
np.random.seed(17)


def translated(game, values):
    torch.manual_seed(0)
    random.seed(0)
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1]
"""
DEFAULTS = """torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=2)
np.set_printoptions(threshold=3)
torch.set_grad_enabled(False)
torch.set_grad_enabled(True)
"""
SHADOWED = """GAME = game = values = None
max = sum = str = dict = print = display = list = 5
json = base64 = observation = checks = course_lib = MIME = probe = "mine"
text = cell = display = run = show = None
"""
NO_TESTS = """del task_tests
get_ipython = None
_ = __ = ___ = "mine"
Out = In = {}
"""
OTHER_TESTS = """class task_tests:
    pass


TaskTests = None
__name__ = "mine"
"""
HELPER = """def part_of_translation(game, values):
    return values.unflatten(1, (game.num_examples, game.span))[:, :, game.num_words + 1 : -1]
"""
USES_HELPER = """def translated(game, values):
    return part_of_translation(game, values)
"""
LEFTOVER = """def translated(game, values):
    return saved_from_yesterday(values, game)
"""
SAVED = """def saved_from_yesterday(values, game):
    return values.unflatten(1, (game.num_examples, game.span))[:, :, game.num_words + 1 : -1]
"""
REDEFINED = """def make_sequence(*args):
    return None


translated = "done"
"""
RESTART = """import IPython

IPython.Application.instance().kernel.do_shutdown(True)
"""
STOP = "exit()"
UNICODE = '''def translated(game, values):
    """Wörter – 翻訳 – перевод – ترجمة – 🤖"""
    größe, 語数 = game.span, game.num_words
    π_examples = values.unflatten(1, (game.num_examples, größe))  # ← señal
    return π_examples[:, :, 語数 + 1 : -1]


print("Füße, naïve, 你好, 🦊, \\u202eabc\\u202c, \\ud83e, \\x00")
'''
FILES = """from pathlib import Path

Path("notes.txt").write_text("mine")
Path("helpers.py").write_text("def twice(x):\\n    return 2 * x\\n")
import helpers

print(helpers.twice(2), Path("notes.txt").read_text())
"""
PLOTS = """import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.title("mine")
plt.show()
plt.savefig("mine.png")
plots.bars({"a": 1.0}, "x")
"""
THREADED = """import threading

threading.Thread(target=lambda: print("from a thread"), daemon=True).start()
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-1, -2])))
"""

# --- stdin -------------------------------------------------------------------------------------------------

ASKS = """name = input("Your name: ")
print(name)
"""
ASKS_OTHERWISE = """import getpass
import os
import sys

print(repr(sys.stdin.readline()))
print(os.read(0, 10))
getpass.getpass("Password: ")
"""
ASKS_WHEN_CALLED = """def next_token_loss(model, batch):
    return float(input("What is the loss? "))


def best_possible(game):
    import builtins

    return builtins.input(), get_ipython().kernel.raw_input("x")
"""
DEBUGGER = """def stop():
    breakpoint()


stop()
"""
POST_MORTEM = """%pdb on
1 / 0
"""
SHELL_ASKS = """!read -p "name" x; cat; python -c 'input()'
"""
ASKS_IN_ANSWER = """def translated(game, values):
    examples = values.unflatten(1, (game.num_examples, game.span))
    return examples[:, :, game.num_words + 1 : -1]


if input("Really? ") == "y":
    print("yes")
"""
WIDGET = """from IPython.display import display

try:
    import ipywidgets

    slider = ipywidgets.IntSlider()
    display(slider, ipywidgets.interact(lambda x: x, x=3))
except ImportError:
    get_ipython().kernel.comm_manager.register_target("mine", lambda comm, message: None)
display({"application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2}}, raw=True)
"""

# --- other types -------------------------------------------------------------------------------------------

GENERATOR = """def best_possible(game):
    K, L, R, T = game
    step = np.diag(np.arange(L + 1) / L) + np.diag(1 - np.arange(L) / L, 1)
    known, new = np.eye(L + 1)[0], 1 - np.arange(L + 1) / L
    free = np.maximum(R - np.arange(L + 1), 1)
    table = []
    for _ in range(K * T):
        table.append((known @ (new * np.log(free)), known @ (1 - new + new / free)))
        known = known @ step
    for part in range(2):
        yield np.array([pair[part] for pair in table]).reshape(K, T)
"""
SUBCLASSES = """from collections import namedtuple

Best = namedtuple("Best", "losses accuracies")


class Nats(float):
    def __repr__(self):
        return f"{float(self):.2f} nats"


class Row(list):
    pass


def best_possible(game):
    K, L, R, T = game
    known, rows = [1.0] + [0.0] * L, ([], [])
    for _ in range(K * T):
        loss = sum(p * (1 - d / L) * math.log(R - d) for d, p in enumerate(known) if d < L)
        hits = sum(p * (d / L + ((1 - d / L) / (R - d) if d < L else 0)) for d, p in enumerate(known))
        rows[0].append(Nats(loss))
        rows[1].append(Nats(hits))
        known = [known[d] * d / L + (known[d - 1] * (L - d + 1) / L if d else 0) for d in range(L + 1)]
    return Best(*(Row(Row(part[k * T : k * T + T]) for k in range(K)) for part in rows))
"""
SINGLE_PRECISION = """def best_possible(game):
    K, L, R, T = game
    d = torch.arange(L + 1, dtype=torch.float64)
    again = d / L
    step = torch.diag(again) + torch.diag(1 - again[:-1], 1)
    known = torch.stack([torch.linalg.matrix_power(step, power)[0] for power in range(K * T)])
    choices = (R - d).clamp(min=1)
    losses = known @ ((1 - again) * choices.log())
    accuracies = known @ (again + (1 - again) / choices)
    return [losses.view(K, T).float().requires_grad_(), accuracies.view(K, T).numpy().astype(np.float32)]
"""
SHORT_INTEGERS = """def translate(game, model, prompts):
    with torch.no_grad():
        text = prompts
        for _ in range(game.num_words):
            text = torch.cat([text, model(text)[0][:, -1:].argmax(dim=2)], dim=1)
    return text[:, prompts.shape[1] :].to(torch.uint8)
"""
TENSOR_OF_HIS_OWN = """class Loss(torch.Tensor):
    pass


def next_token_loss(model, batch):
    logits = model(batch[:, :-1])[0]
    return F.cross_entropy(logits.mT, batch[:, 1:]).as_subclass(Loss)
"""
CALLABLE_OBJECT = """from functools import lru_cache, partial, wraps


def logged(function):
    @wraps(function)
    def inner(*args, **kwargs):
        print("called", function.__name__)
        return function(*args, **kwargs)

    return inner


class Translated:
    @logged
    def __call__(self, game, values):
        return values.unflatten(1, (game.num_examples, game.span))[:, :, game.num_words + 1 : -1]


translated = partial(Translated())
"""


def attacks(make: Maker) -> Iterator[Attack]:
    for row, name, notebook, story in (
        (37, "warnings_in_the_answer", make.honest(translated=WARNINGS), "a right answer that warns on stderr"),
        (37, "logging", make.first(ALL_WARNINGS), "logging and progress bars on stderr"),
        (37, "own_tests_with_errors", make.first(*ERRORS), "own cells that end in errors"),
        (37, "errors_at_the_start", make.start(*ERRORS), "errors before anything is imported"),
        (37, "magics", make.first(*MAGICS), "own cells with magic commands"),
        (37, "timed_answer", make.honest(translated=TIMED), "an answer in a cell that is timed"),
        (37, "magic_in_the_answer", make.honest(translated=MAGIC_INSIDE), "an answer among magic commands"),
        (37, "unicode", make.honest(translated=UNICODE), "names, texts and outputs in many scripts"),
        (37, "files_and_modules", make.first(FILES), "files and a module of his own"),
        (37, "plots", make.first(PLOTS), "plots of his own"),
        (37, "threads", make.first(THREADED), "threads of his own"),
        (42, "helper_before", make.first(HELPER, translated=USES_HELPER), "an answer with a helper in an own cell"),
        (42, "shadowed_names", make.last(SHADOWED), "names that are used later are given away"),
        (42, "shadowed_before_a_check", make.before_check("make_batch", SHADOWED), "names given away in between"),
        (42, "no_task_tests", make.first(NO_TESTS), "task_tests and IPython's own names are deleted"),
        (42, "other_task_tests", make.first(OTHER_TESTS), "task_tests is another object"),
        (42, "redefined_later", make.last(REDEFINED), "right answers are overwritten at the end"),
        (42, "restarts_halfway", make.first(RESTART), "a cell that restarts the kernel"),
        (42, "leaves_halfway", make.before_check("make_batch", STOP), "a cell that leaves"),
        (43, "seeds", make.first(SEEDS), "sets all seeds"),
        (43, "seeds_in_the_answer", make.honest(translated=SEEDED_ANSWER), "sets seeds in a right answer"),
        (43, "defaults", make.first(DEFAULTS), "changes defaults of torch and numpy"),
        (47, "input", make.first(ASKS), "asks for a name"),
        (47, "other_ways", make.first(ASKS_OTHERWISE), "reads from stdin in other ways"),
        (47, "when_called", make.honest(next_token_loss=ASKS_WHEN_CALLED), "an answer that asks for the answer"),
        (47, "debugger", make.first(DEBUGGER), "a breakpoint is left"),
        (47, "post_mortem", make.first(POST_MORTEM), "errors open a debugger"),
        (47, "shell", make.first(SHELL_ASKS), "a command of the shell asks"),
        (47, "input_behind_the_answer", make.honest(translated=ASKS_IN_ANSWER), "asks behind a right answer"),
        (47, "widget", make.first(WIDGET), "opens a widget"),
        (48, "callable_object", make.honest(translated=CALLABLE_OBJECT), "an object that can be called"),
    ):
        yield make.attack(row, name, story, notebook)

    leftover = make.last(SAVED, translated=LEFTOVER)
    story = "an answer that needs a cell further down, which ran before it"
    yield make.attack(42, "needs_a_later_cell", story, leftover, earns=("make_sequence",))
    twice = make.honest()
    place = make.place(twice, "test_make_sequence")
    twice.cells[place:place] = [new_code_cell("from course_lib import *"), new_code_cell("%reset_selective -f task")]
    yield make.attack(42, "reset", "some names are reset between an answer and its check", twice)

    for name, exercise, code, story in (
        ("generator", "best_possible", GENERATOR, "a generator of arrays"),
        ("subclasses", "best_possible", SUBCLASSES, "subclasses of float, list and tuple"),
        ("single_precision", "best_possible", SINGLE_PRECISION, "single precision, a list, a gradient"),
        ("short_integers", "translate", SHORT_INTEGERS, "words of 8 bits"),
        ("tensor_subclass", "next_token_loss", TENSOR_OF_HIS_OWN, "a tensor class of his own"),
    ):
        earned = (*make.earned, exercise)
        yield make.attack(48, name, f"a right answer: {story}", make.honest(**{exercise: code}), earns=earned)
