"""Mutation operators: each gives a node of a solution other forms, each form a mistake that somebody could make.

The general ones are mutmut's; those for tensors, statements and slices are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation import mutators

Operator = Callable[[Any], Iterable[cst.CSTNode]]

ANOTHER_NAME = {
    "all": "any",
    "any": "all",
    "append": "extend",
    "extend": "append",
    "argmax": "argmin",
    "argmin": "argmax",
    "cat": "stack",
    "stack": "cat",
    "log_softmax": "softmax",
    "softmax": "log_softmax",
    "max": "min",
    "min": "max",
    "amax": "amin",
    "maximum": "minimum",
    "minimum": "maximum",
    "mean": "sum",
    "sum": "mean",
    "ones": "zeros",
    "zeros": "ones",
    "ones_like": "zeros_like",
    "zeros_like": "ones_like",
    "randn": "rand",
    "rand": "randn",
    "relu": "tanh",
    "sigmoid": "tanh",
    "tanh": "sigmoid",
    "train": "eval",
    "eval": "train",
    "add": "discard",
    "xavier_uniform_": "orthogonal_",
    "orthogonal_": "xavier_uniform_",
}
# What is easily forgotten. Methods leave what they are called on, functions their first argument.
FORGOTTEN_METHODS = {
    *("detach", "clone", "copy", "item", "tolist", "cpu", "contiguous", "float", "double", "long", "bool", "int", "to"),
    *("t", "transpose", "permute", "flip", "unsqueeze", "squeeze", "flatten", "reshape", "view", "sort", "unique"),
    *("masked_fill", "masked_fill_", "where", "clamp", "clamp_min", "clip", "abs", "exp", "log", "sqrt", "square"),
    *("cumsum", "mean", "sum", "any", "all", "softmax", "log_softmax", "sigmoid", "tanh", "relu", "requires_grad_"),
    *("lower", "strip", "items", "rstrip", "lstrip", "eval", "train", "repeat", "expand", "normal_", "uniform_"),
}
FORGOTTEN_FUNCTIONS = {
    *("normalize", "dropout", "tanh", "sigmoid", "relu", "softplus", "softmax", "log_softmax", "exp", "log", "sqrt"),
    *("sorted", "reversed", "set", "list", "tuple", "int", "float", "abs", "flip", "sort", "unique", "cumsum", "clip"),
    *("copy", "deepcopy", "len", "min", "max", "minimum", "maximum", "any", "all", "sum", "mean", "square", "log1p"),
    *("clamp", "where", "triu", "tril", "transpose", "logical_not", "enumerate", "tqdm", "stack", "cat", "concatenate"),
}
ONE, ZERO = cst.Integer("1"), cst.Integer("0")


def smaller_number(node: cst.Integer) -> Iterator[cst.CSTNode]:
    """`n` -> `n - 1`; mutmut has `n + 1`."""
    if node.evaluated_value > 0:
        yield cst.Integer(str(node.evaluated_value - 1))


def another_name(node: cst.Attribute | cst.Call) -> Iterator[cst.CSTNode]:
    """`x.mean()` -> `x.sum()`, `max(x)` -> `min(x)`, and so on."""
    if isinstance(node, cst.Attribute) and node.attr.value in ANOTHER_NAME:
        yield node.with_changes(attr=cst.Name(ANOTHER_NAME[node.attr.value]))
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in ANOTHER_NAME:
        yield node.with_changes(func=cst.Name(ANOTHER_NAME[node.func.value]))


def forgotten_call(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`x.detach()` -> `x`; `F.normalize(x, dim=1)` -> `x`."""
    module = m.Name("torch") | m.Name("np") | m.Name("F") | m.Name("nn") | m.Name("functional")
    if isinstance(node.func, cst.Attribute) and not m.matches(node.func.value, module):
        if node.func.attr.value in FORGOTTEN_METHODS:
            yield node.func.value
    elif node.args and not node.args[0].star and _name(node.func) in FORGOTTEN_FUNCTIONS:
        yield node.args[0].value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def forgotten_transposition(node: cst.Attribute) -> Iterator[cst.CSTNode]:
    """`x.T` -> `x`."""
    if node.attr.value in {"T", "mT"}:
        yield node.value


def forgotten_keyword(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`f(x, mode="sum")` -> `f(x)`."""
    for place, argument in enumerate(node.args):
        if argument.keyword is not None:
            yield node.with_changes(args=_without(node.args, place))


def swapped_arguments(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`f(x, y)` -> `f(y, x)`."""
    for place, (one, other) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if not (one.keyword or other.keyword or one.star or other.star):
            swapped = [one.with_changes(value=other.value), other.with_changes(value=one.value)]
            yield node.with_changes(args=[*node.args[:place], *swapped, *node.args[place + 2 :]])


def another_axis(node: cst.Arg) -> Iterator[cst.CSTNode]:
    """`dim=1` -> `dim=0`, `axis=0` -> `axis=-1`."""
    if node.keyword is not None and node.keyword.value in {"dim", "axis"}:
        first = m.matches(node.value, m.Integer("0"))
        yield node.with_changes(value=cst.UnaryOperation(cst.Minus(), ONE) if first else ZERO)


def swapped_operands(node: cst.BinaryOperation) -> Iterator[cst.CSTNode]:
    """`a - b` -> `b - a`, where the order matters."""
    if not isinstance(node.operator, cst.Add | cst.Multiply | cst.BitAnd | cst.BitOr):
        yield node.with_changes(left=_safe(node.right), right=_safe(node.left))


def elementwise_product(node: cst.BinaryOperation) -> Iterator[cst.CSTNode]:
    """`a @ b` -> `a * b`."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


def forgotten_operand(node: cst.BinaryOperation) -> Iterator[cst.CSTNode]:
    """`n + 1` -> `n`, `x / norm` -> `x`, `mask * x` -> `mask` and `x`."""
    yield _safe(node.left)
    if isinstance(node.operator, cst.Add | cst.Multiply | cst.BitAnd | cst.BitOr):
        yield _safe(node.right)


def forgotten_condition(node: cst.BooleanOperation) -> Iterator[cst.CSTNode]:
    """`a and b` -> `a` and `b`."""
    yield _safe(node.left)
    yield _safe(node.right)


def forgotten_sign(node: cst.UnaryOperation) -> Iterator[cst.CSTNode]:
    """`-x` -> `x`."""
    if isinstance(node.operator, cst.Minus):
        yield node.expression


def forgotten_filter(node: cst.CompFor) -> Iterator[cst.CSTNode]:
    """`[x for x in xs if good(x)]` -> `[x for x in xs]`."""
    for place in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:place], *node.ifs[place + 1 :]])


def forgotten_slice(node: cst.Subscript) -> Iterator[cst.CSTNode]:
    """`x[1:]` -> `x`."""
    if any(isinstance(element.slice, cst.Slice) for element in node.slice):
        yield node.value


def shorter_range(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`range(n)` -> `range(1, n)` and `range(n - 1)`."""
    if m.matches(node, m.Call(m.Name("range"), [m.Arg()])):
        yield node.with_changes(args=[cst.Arg(ONE), *node.args])
        yield node.with_changes(args=[cst.Arg(cst.BinaryOperation(_safe(node.args[0].value), cst.Subtract(), ONE))])


def forgotten_statement(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """A statement -> `pass`; imports and texts stay."""
    text = m.SimpleStatementLine([m.Expr(m.SimpleString() | m.ConcatenatedString())])
    if not m.matches(node, text) and not isinstance(node.body[0], cst.Import | cst.ImportFrom | cst.Pass):
        yield node.with_changes(body=[cst.Pass()])


def other_branch(node: cst.If) -> Iterator[cst.CSTNode]:
    """`if a:` -> `if True:` and `if False:`."""
    yield node.with_changes(test=cst.Name("True"), whitespace_before_test=cst.SimpleWhitespace(" "))
    yield node.with_changes(test=cst.Name("False"), whitespace_before_test=cst.SimpleWhitespace(" "))


def forgotten_context(node: cst.With) -> Iterator[cst.CSTNode]:
    """`with torch.no_grad():` -> its body alone."""
    if all(item.asname is None for item in node.items):
        yield cst.If(cst.Name("True"), node.body)


def forgotten_decorator(node: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """`@torch.no_grad()` -> nothing."""
    for place in range(len(node.decorators)):
        yield node.with_changes(decorators=[*node.decorators[:place], *node.decorators[place + 1 :]])


# What a node may be -> the operator. NUMBERS are kept apart: where a check judges what a training reaches, sizes and
# rates are the student's choice.
NUMBERS: list[tuple[type, Operator]] = [(cst.BaseNumber, mutators.operator_number), (cst.Integer, smaller_number)]
OPERATORS: list[tuple[type, Operator]] = [
    (cst.Name, mutators.operator_name),
    (cst.AugAssign, mutators.operator_augmented_assignment),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.Call, mutators.operator_symmetric_string_methods_swap),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.IfExp, mutators.operator_if_exp),
    (cst.Attribute, another_name),
    (cst.Call, another_name),
    (cst.Call, forgotten_call),
    (cst.Attribute, forgotten_transposition),
    (cst.Call, forgotten_keyword),
    (cst.Call, swapped_arguments),
    (cst.Arg, another_axis),
    (cst.BinaryOperation, swapped_operands),
    (cst.BinaryOperation, elementwise_product),
    (cst.BinaryOperation, forgotten_operand),
    (cst.BooleanOperation, forgotten_condition),
    (cst.UnaryOperation, forgotten_sign),
    (cst.CompFor, forgotten_filter),
    (cst.Subscript, forgotten_slice),
    (cst.Call, shorter_range),
    (cst.SimpleStatementLine, forgotten_statement),
    (cst.If, other_branch),
    (cst.With, forgotten_context),
    (cst.FunctionDef, forgotten_decorator),
]


def _name(function: cst.BaseExpression) -> str:
    last = function.attr if isinstance(function, cst.Attribute) else function
    return last.value if isinstance(last, cst.Name) else ""


def _without(arguments: Any, place: int) -> list[cst.Arg]:
    kept = [*arguments[:place], *arguments[place + 1 :]]
    if kept:
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return kept


def _safe(node: Any) -> Any:
    """The expression in brackets, so that it keeps its meaning in another place."""
    simple = isinstance(node, cst.Name | cst.BaseNumber | cst.Call | cst.Attribute | cst.Subscript)
    return node if simple or node.lpar else node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
