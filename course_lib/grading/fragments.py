"""What an answer is made of, for comparing it with others: fragments that stay the same under other names.

A fragment is LENGTH steps in a row of a walk through the syntax tree. Names that the answer itself binds are numbered
within it; comments, layout, descriptions, annotations and the words of strings are no part of it, and are kept as text.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

LENGTH = 9  # steps of a fragment
WORDS = 4  # words of a fragment of prose
LONGEST = 20_000  # characters of an answer that are looked at
REPAIRS = 20  # broken lines that are left out, one after the other
LEFT_OUT = {"annotation", "returns", "type_comment", "type_ignores", "kind", "ctx", "simple", "conversion"}
SILENT = ast.Expr | ast.arguments | ast.Module  # say nothing that their parts do not say
NAMED = (ast.Attribute, ast.keyword, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.alias, ast.ImportFrom)
LONGEST_TEXT = 200

# Strings first, so that no comment is found in one; an open string goes on to the end of its line, or of the answer.
COMMENT = re.compile(
    r""""{3}(?:[^\\]|\\.)*?(?:"{3}|\Z)|'{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)"""
    r"""|"(?:[^\\\n"]|\\.)*|'(?:[^\\\n']|\\.)*|\#([^\n]*)""",
    re.DOTALL,
)

Fragment = int | tuple[str, str]  # of a form, or a text with its kind: comment, string or name
_Step = tuple[str, bool, int]  # what, whether it is a name that the answer binds, and its line


def of_code(source: str) -> set[Fragment]:
    """The fragments of code; of code that is not Python, those of the rest without its broken lines."""
    steps, texts = _read_code(source)
    return {form for form, _ in _forms(steps, LENGTH)} | {text for text, _ in texts}


def of_prose(source: str) -> set[Fragment]:
    """The fragments of an answer in words."""
    return {form for form, _ in _forms(_read_prose(source), WORDS)}


def lines_with(source: str, prose: bool, wanted: set[Fragment]) -> set[int]:
    """The lines of an answer, counted from 1, in which these fragments stand."""
    steps, texts = (_read_prose(source), []) if prose else _read_code(source)
    length = WORDS if prose else LENGTH
    found = {line for text, line in texts if text in wanted}
    for form, start in _forms(steps, length):
        if form in wanted:
            found.update(line for _, _, line in steps[start : start + length])
    return found


def _read_prose(source: str) -> list[_Step]:
    return [
        (word.lower(), False, number)
        for number, line in enumerate(source[:LONGEST].split("\n"), 1)
        for word in re.findall(r"\w+", line)
    ]


def _read_code(source: str) -> tuple[list[_Step], list[tuple[tuple[str, str], int]]]:
    """The steps of the walk, and the texts with their lines."""
    tree, text = _parsed(source[:LONGEST])
    nodes = _walk(tree)
    bound = _bound(nodes)
    steps = [(what, what in bound, line) for node, line in nodes for what in _own_steps(node)]
    return steps, [*_comments(text), *_words(nodes, bound)]


def _forms(steps: list[_Step], length: int) -> Iterator[tuple[int, int]]:
    """Each form with its place. Forms are equal where only own names differ."""
    words = [what for what, _, _ in steps]
    own = [is_own for _, is_own, _ in steps]
    for start in range(len(steps) - length + 1):
        window: list[str | int] = list(words[start : start + length])
        numbers: dict[str, int] = {}
        for at in range(length):
            if own[start + at]:
                window[at] = numbers.setdefault(words[start + at], len(numbers))
        yield hash(tuple(window)), start


def _parsed(source: str) -> tuple[ast.Module, str]:
    """The syntax tree of what can be read, and its text, with all lines in their places."""
    text = re.sub(r"\r\n?", "\n", source).replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    lines = text.split("\n")
    for _ in range(REPAIRS):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about a student's escapes and comparisons
                return ast.parse("\n".join(lines)), "\n".join(lines)
        except SyntaxError as error:
            at = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
            while at > 0 and not lines[at].strip():
                at -= 1
            bare = lines[at].strip() in ("pass", "")
            lines[at] = "" if bare else re.match(r"\s*", lines[at])[0] + "pass"  # type: ignore[index]
        except (ValueError, RecursionError, MemoryError):
            break
    return ast.Module([], []), "\n".join(lines)


def _walk(tree: ast.Module) -> list[tuple[ast.AST, int]]:
    """All nodes that say something, each before its parts, with their lines."""
    found: list[tuple[ast.AST, int]] = []
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, line = waiting.pop()
        line = getattr(node, "lineno", line)
        found.append((node, line))
        if not _says_nothing(node):
            parts: list[tuple[ast.AST, int]] = []
            for name in node._fields:
                if name not in LEFT_OUT:
                    value = getattr(node, name, None)
                    values = value if isinstance(value, list) else (value,)
                    parts += [(part, line) for part in values if isinstance(part, ast.AST)]
            waiting += reversed(parts)
    return found


def _says_nothing(node: ast.AST) -> bool:
    """Whether a statement is a description, or an annotation alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return isinstance(node, ast.AnnAssign) and node.value is None


def _bound(nodes: list[tuple[ast.AST, int]]) -> set[str]:
    """Names that the answer gives: of variables, arguments, functions, classes, and attributes of its objects."""
    names: set[str] = set()
    for node, _ in nodes:
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                names.add(node.id)
        elif isinstance(node, ast.Attribute):
            if isinstance(node.ctx, ast.Store):
                names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


def _own_steps(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.Constant):
        return [_constant(node.value)]
    if isinstance(node, SILENT):
        return []
    kind = "Assign" if isinstance(node, ast.AnnAssign) else type(node).__name__
    if not isinstance(node, NAMED):
        return [kind]
    said = [getattr(node, name, None) for name in ("name", "attr", "arg", "module", "asname")]
    return [kind, *(word for word in said if isinstance(word, str))]


def _constant(value: object) -> str:
    if isinstance(value, str | bytes):
        return type(value).__name__
    return "a long number" if isinstance(value, int) and abs(value) > 10**30 else repr(value)


def _comments(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    line, last = 1, 0
    for match in COMMENT.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match[1] and (said := " ".join(match[1].strip("# \t").split())):
            yield ("comment", said[:LONGEST_TEXT]), line


def _words(nodes: list[tuple[ast.AST, int]], bound: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Strings, and the names that the answer gives."""
    for node, line in nodes:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and (said := " ".join(value.split())):
            yield ("string", said[:LONGEST_TEXT]), line
        elif isinstance(node, ast.Name | ast.arg):
            name = node.id if isinstance(node, ast.Name) else node.arg
            if name in bound and len(name) > 1:
                yield ("name", name), line
