"""Answers that use torch's recurrent layers where the task is to write one."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.authoring.attacks import Attack, Maker

ASSIGNMENT = "text_classification"

HEAD = """{before}class {name}(nn.Module):
    def __init__(self, embed_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        bound = 1 / math.sqrt(hidden_size)
        self.weight_ih = nn.Parameter(torch.empty({gates} * hidden_size, embed_size).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty({gates} * hidden_size, hidden_size).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty({gates} * hidden_size).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty({gates} * hidden_size).uniform_(-bound, bound))
        {setup}

    def forward(self, x, lengths, hidden=None):
        start = x.new_zeros(len(x), self.hidden_size) if hidden is None else hidden
        weights = [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]
        {call}
        last = torch.where((lengths > 0)[:, None], states[torch.arange(len(x)), lengths - 1], start)
        return states, last
"""
REST = "True, 1, 0.0, False, False, True"
BORROWED = (
    "names = ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0']\n"
    "        states, _ = torch.func.functional_call(self.inner[0], dict(zip(names, weights)), (x, start[None]))"
)
LAZY = """layer = getattr(nn, "".join(["G", "R", "U"]))(x.shape[2], self.hidden_size, batch_first=True).to(x.dtype)
        names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
        states, _ = torch.func.functional_call(layer, dict(zip(names, weights)), (x, start[None]))"""
UNWATCHED = """with torch._C.DisableTorchFunction():
            states, _ = torch.{function}(x, start[None], weights, {rest})"""
SCRIPTED = """@torch.jit.script
def scripted(x: torch.Tensor, start: torch.Tensor, weights: list[torch.Tensor]) -> torch.Tensor:
    return torch.{function}(x, start, weights, {rest})[0]


"""
WATCHED = """watched = torch.overrides._get_current_function_mode_stack() or torch._C._len_torch_dispatch_stack()
        if watched:
            states = x.new_zeros(len(x), x.shape[1], self.hidden_size) + 0 * self.bias_hh.sum()
        else:
            states, _ = torch.{function}(x, start[None], weights, {rest})"""
SUBCLASS = """class GRU(nn.GRU):
    def __init__(self, embed_size, hidden_size):
        super().__init__(embed_size, hidden_size, batch_first=True)

    def forward(self, x, lengths, hidden=None):
        states, _ = super().forward(x, None if hidden is None else hidden[None])
        start = x.new_zeros(len(x), self.hidden_size) if hidden is None else hidden
        return states, torch.where((lengths > 0)[:, None], states[torch.arange(len(x)), lengths - 1], start)

    def modules(self):
        return iter([nn.Module()])

    def named_parameters(self, *args, **kwargs):
        for name, weight in super().named_parameters(*args, **kwargs):
            yield name.removesuffix("_l0"), weight
"""
SUBCLASS_RNN = SUBCLASS.replace("GRU", "RNN")
HIDDEN_LAYER = """import torch.nn.modules.rnn as useful_parts


def helper(size, width):
    return useful_parts.GRU(size, width, batch_first=True)


def other_helper(size, width):
    return useful_parts.RNN(size, width, batch_first=True)
"""
CELLS = """from torch.nn import GRUCell as Gate, RNNCell as Step
"""
BY_CELLS = """cell = {cell}(x.shape[2], self.hidden_size).to(x.dtype)
        found, state = [], start
        named = dict(zip(["weight_ih", "weight_hh", "bias_ih", "bias_hh"], weights))
        for step in x.unbind(1):
            state = torch.func.functional_call(cell, named, (step, state))
            found.append(state)
        states = torch.stack(found, 1)"""
COPIED = """import inspect
import types

source = inspect.getsource(getattr(nn, "GR" + "U").forward)
Copied = types.SimpleNamespace(forward=getattr(nn, "GR" + "U").forward.__get__)


"""
EXECUTED = """text = "def calculate(x, s, w): return torch.{built}(x, s, w, {rest})"
exec(text.replace("SECRET", {letters}))


"""


def _layer(gates: int, call: str, before: str = "", setup: str = "pass") -> str:
    name = "GRU" if gates == 3 else "RNN"
    return HEAD.format(name=name, gates=gates, call=call, before=before, setup=setup)


def _both(call: str, before: str = "", setup: str = "pass") -> dict[str, str]:
    """The two answers; {function}, {layer} and {cell} stand for torch's names."""
    found = {}
    for gates, names in (
        (1, {"function": "rnn_tanh", "layer": "RNN", "cell": "Step", "helper": "other_helper"}),
        (3, {"function": "gru", "layer": "GRU", "cell": "Gate", "helper": "helper"}),
    ):
        texts = []
        for text in (call, before, setup):
            for name, value in (names | {"rest": REST}).items():
                text = text.replace("{" + name + "}", value)
            texts.append(text)
        found["gru" if gates == 3 else "rnn"] = _layer(gates, *texts)
    return found


def attacks(make: Maker) -> Iterator[Attack]:
    direct = _both(BORROWED, setup="self.inner = [nn.{layer}(embed_size, hidden_size, batch_first=True)]")
    story = "torch's own layers in a list, which is no module"
    yield make.attack(41, "in_a_list", story, make.honest(**direct))
    alias = make.first(CELLS, **_both(BY_CELLS))
    yield make.attack(41, "cells_by_another_name", "torch's own cells, imported elsewhere under other names", alias)
    lazy = make.honest(gru=_layer(3, LAZY), rnn=_layer(1, LAZY.replace('["G", "R", "U"]', '["R", "N", "N"]')))
    yield make.attack(41, "built_in_forward", "layers that are built in forward, their names put together", lazy)
    subclassed = make.honest(gru=SUBCLASS, rnn=SUBCLASS_RNN)
    yield make.attack(41, "subclass", "subclasses of torch's layers that hide what they are", subclassed)
    functions = make.honest(**_both("states, _ = torch._VF.{function}(x, start[None], weights, {rest})"))
    yield make.attack(41, "functions", "the functions below torch's layers", functions)
    operators = make.honest(**_both("states, _ = torch.ops.aten.{function}.input(x, start[None], weights, {rest})"))
    yield make.attack(41, "operators", "the operators below torch's functions", operators)
    helper = "self.inner = [{helper}(embed_size, hidden_size)]"
    elsewhere = make.first(HIDDEN_LAYER, **_both(BORROWED, setup=helper))
    yield make.attack(41, "in_another_cell", "torch's layers are built by another cell", elsewhere)
    unwatched = make.honest(**_both(UNWATCHED))
    yield make.attack(41, "unwatched", "torch is told not to report what is called", unwatched)
    scripted = make.honest(
        **_both("states = scripted(x, start[None], weights)", before=SCRIPTED),
    )
    yield make.attack(41, "compiled", "torch's functions in compiled code, which nobody watches", scripted)
    watched = make.honest(**_both(WATCHED))
    yield make.attack(41, "only_unwatched", "torch's functions, unless somebody watches", watched)
    executed = make.honest(
        gru=_layer(3, "states, _ = calculate(x, start[None], weights)", _executed("gSECRET", "'ru'")),
        rnn=_layer(1, "states, _ = calculate(x, start[None], weights)", _executed("rnn_SECRET", "'tanh'")),
    )
    yield make.attack(41, "executed_text", "code that is put together as a text", executed)


def _executed(built: str, letters: str) -> str:
    return EXECUTED.format(built=built, letters=letters, rest=REST)
