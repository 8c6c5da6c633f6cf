"""Rules on how an answer is written, where its text states one: parts of torch that it may not use.

What an answer calls is watched while it is observed, too, but in the student's own process. Here the syntax tree of
the answer is read, and of all that it reaches by name in the student's other cells. Elsewhere, say to compare, a
student may use what he likes.
"""

from __future__ import annotations

import ast
import symtable
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from IPython.core.inputtransformer2 import TransformerManager

LONGEST, PARSED = 20_000, 1_000_000  # characters of a cell, and of all, that are parsed
# Calls and names that hide what is used.
HIDING = frozenset({"exec", "eval", "compile", "__import__", "vars", "globals"})
HIDDEN = frozenset({"__builtins__", "builtins"})


def uses(asked: Sequence[str], sources: Iterable[str], excluded: frozenset[str]) -> list[str]:
    """Excluded names of torch that the definitions of `asked` use, wherever in `sources` they and their helpers stand.

    >>> cells = ["import torch.nn as n", "class Mine(n.GRU): pass", "print(n.LSTM)"]
    >>> uses(["Mine"], cells, frozenset({"GRU", "LSTM"}))
    ['GRU']
    """
    statements = _statements_of(sources)
    torchs, starred = _names_of_torch(statements)
    definitions: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for name in _defines(statement):
            definitions[name].append(number)
    if not definitions.keys() >= set(asked):
        return ["code that cannot be read"]
    if starred:  # from torch.nn import *: its names are torch's where no cell defines them
        torchs |= {"*"} | (excluded - definitions.keys())
    found: set[str] = set()
    waiting, seen, read = list(asked), set(), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for number in definitions[name]:
            if number not in read:
                read.add(number)
                found |= set(_excluded_in(statements[number], torchs, excluded))
                waiting += _globals_of(statements[number])
    return sorted(found)


def _statements_of(sources: Iterable[str]) -> list[ast.stmt]:
    """The statements of all cells but those that are longer than any answer."""
    statements, left = [], PARSED
    for source in sources:
        if len(source) <= min(LONGEST, left):
            left -= len(source)
            statements += _statements(source)
    return statements


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell as IPython runs them; none if it is not Python."""
    if source.lstrip().startswith("%%"):  # %%time: the rest is run all the same
        source = source.lstrip().partition("\n")[2]
    try:
        return ast.parse(TransformerManager().transform_cell(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _defines(statement: ast.stmt) -> set[str]:
    """Names that a top-level statement defines, or of which it changes a part."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        shared = [name for node in ast.walk(statement) if isinstance(node, ast.Global) for name in node.names]
        return {statement.name, *shared}
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            names.add(_root(node))
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Call) and _root(node.func) == "setattr" and node.args:
            names.add(_root(node.args[0]))
    return names


def _globals_of(statement: ast.stmt) -> set[str]:
    """Names of other cells that a statement reads: not its local ones."""
    try:
        tables = [symtable.symtable(ast.unparse(statement), "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError):
        return set()
    names = set()
    while tables:
        table = tables.pop()
        top = table.get_type() == "module"
        names |= {symbol.get_name() for symbol in table.get_symbols() if top or symbol.is_global()}
        tables += table.get_children()
    return names


def _root(node: ast.expr) -> str:
    """The name that an expression such as a.b[c].d starts with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names_of_torch(statements: list[ast.stmt]) -> tuple[set[str], bool]:
    """Names under which cells know torch and parts of it, and whether all names of a part were imported."""
    names, starred = {"torch", "nn", "F"}, False
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                names |= {a.asname for a in node.names if a.asname and a.name.split(".")[0] == "torch"}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
                names |= {a.asname or a.name for a in node.names} - {"*"}
                starred = starred or any(a.name == "*" for a in node.names)
            elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and _is_part(node.value, names):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return names, starred


def _is_part(value: ast.expr | None, names: set[str]) -> bool:
    """Whether an expression, or an item of a tuple, is torch or a part of it."""
    items = value.elts if isinstance(value, ast.Tuple | ast.List) else [value]
    return any(isinstance(item, ast.Name | ast.Attribute) and _root(item) in names for item in items)


def _excluded_in(statement: ast.stmt, torchs: set[str], excluded: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute) and node.attr in excluded | {"__dict__"} and _root(node) in torchs:
            yield node.attr
        elif isinstance(node, ast.Attribute) and node.attr == "modules" and _root(node) == "sys":
            yield "sys.modules"
        elif isinstance(node, ast.Name) and (node.id in HIDDEN or ("*" in torchs and node.id in torchs & excluded)):
            yield node.id
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
            yield from (alias.name for alias in node.names if alias.name in excluded)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in HIDING:
                yield node.func.id
            elif node.func.id == "getattr" and node.args and _root(node.args[0]) in torchs:
                yield "getattr"
