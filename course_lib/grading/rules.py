"""Rules on how an answer is written, where its text states one: parts of torch that it may not use.

What an answer calls is watched while it is observed, too, but in the student's own process. Here the syntax tree of
the answer is read, and of all that it reaches by name in the student's other cells. Elsewhere, say to compare, a
student may use what he likes.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

HIDING = frozenset({"exec", "eval", "compile", "__import__", "vars", "globals"})  # calls that hide what is used


def uses(asked: Iterable[str], sources: Iterable[str], excluded: frozenset[str]) -> list[str]:
    """Excluded names of torch that the definitions of `asked` use, wherever in `sources` they and their helpers stand.

    >>> cells = ["import torch.nn as n", "class Mine(n.GRU): pass", "print(n.LSTM)"]
    >>> uses(["Mine"], cells, frozenset({"GRU", "LSTM"}))
    ['GRU']
    """
    statements = [statement for source in sources for statement in _statements(source)]
    torchs = _names_of_torch(statements)
    definitions: dict[str, list[ast.stmt]] = defaultdict(list)
    for statement in statements:
        for name in _defines(statement):
            definitions[name].append(statement)
    found: set[str] = set()
    waiting, seen = list(asked), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in definitions[name]:
            found |= set(_excluded_in(statement, torchs, excluded))
            waiting += [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return sorted(found)


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell, without lines for IPython; none if it is not Python."""
    plain = "\n".join("pass" if line.startswith(("%", "!")) else line for line in source.splitlines())
    try:
        return ast.parse(plain).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _defines(statement: ast.stmt) -> set[str]:
    """Names that a top-level statement defines, or of which it changes a part."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            names.add(_root(node))
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


def _root(node: ast.expr) -> str:
    """The name that an expression such as a.b[c].d starts with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names_of_torch(statements: list[ast.stmt]) -> set[str]:
    """Names under which cells know torch and parts of it."""
    names = {"torch", "nn", "F"}
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                names |= {a.asname for a in node.names if a.asname and a.name.split(".")[0] == "torch"}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
                names |= {a.asname or a.name for a in node.names}
            elif isinstance(node, ast.Assign) and _root(node.value) in names and not isinstance(node.value, ast.Call):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _excluded_in(statement: ast.stmt, torchs: set[str], excluded: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute) and node.attr in excluded | {"__dict__"} and _root(node) in torchs:
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
            yield from (alias.name for alias in node.names if alias.name in excluded)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in HIDING:
                yield node.func.id
            elif node.func.id == "getattr" and node.args and _root(node.args[0]) in torchs:
                yield "getattr"
