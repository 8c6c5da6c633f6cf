"""Mutants of a solution cell: copies with one small change, each with a name that lasts while its line does."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from course_lib.authoring.operators import NUMBERS, OPERATORS, Operator


@dataclass(frozen=True)
class Mutant:
    """One changed solution. change: the lines that differ, as in a diff."""

    name: str
    change: str
    code: str


def of(code: str, numbers: bool = True) -> list[Mutant]:
    """All mutants of a cell, each once. numbers: whether to change numbers too.

    >>> [mutant.change for mutant in of("x = y + 2")][:2]
    ['-x = y + 2\\n+pass', '-x = y + 2\\n+x = y - 2']
    """
    tree = cst.parse_module(code)
    seen = {code}
    repeated: Counter[tuple[str, str]] = Counter()
    mutants = []
    for node, operator, other in _changes(tree, OPERATORS + NUMBERS * numbers):
        changed = cst.ensure_type(tree.deep_replace(node, other), cst.Module).code
        if changed in seen or not _compiles(changed):
            continue
        seen.add(changed)
        label = operator.__name__.removeprefix("operator_")
        change = difference(code, changed)
        repeated[label, change] += 1  # the same line may occur twice
        digest = hashlib.sha256(f"{change}\n{repeated[label, change]}".encode()).hexdigest()
        mutants.append(Mutant(f"{label}-{digest[:6]}", change, changed))
    return mutants


def difference(code: str, other: str) -> str:
    """The lines that differ, without their surroundings.

    >>> print(difference("a\\nb\\nc", "a\\nB\\nc"))
    -b
    +B
    """
    lines = list(difflib.unified_diff(code.splitlines(), other.splitlines(), lineterm="", n=0))[2:]
    return "\n".join(line[0] + line[1:].strip() for line in lines if not line.startswith("@@"))


def _changes(
    tree: cst.Module, operators: list[tuple[type, Operator]]
) -> Iterator[tuple[cst.CSTNode, Operator, cst.CSTNode]]:
    for node in _nodes(tree):
        for kind, operator in operators:
            if isinstance(node, kind):
                for other in operator(node):
                    yield node, operator, other


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Nodes in order of the text; annotations say nothing to Python, so they are left out."""
    if not isinstance(node, cst.Annotation):
        yield node
        for child in node.children:
            yield from _nodes(child)


def _compiles(code: str) -> bool:
    try:
        compile(code, "<mutant>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
