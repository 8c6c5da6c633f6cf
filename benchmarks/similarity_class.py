"""Made-up classes for the similarity benchmark: people who write by themselves, and copies in disguise among them.

Each draws answers from the solutions and the bank, by skill, and rewrites them by own habits: names, order of
independent statements, sides of comparisons, names for results, branches the other way round, comments.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping
from dataclasses import dataclass

from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.grading.similarity import Answer
from course_lib.paths import Course

CHANGES = ("flip", "swap_sides", "unfold", "name_result", "turn_if", "reorder", "rename")
NAMES = (
    "res result out output tmp total vals items arr data cur val idx index pos count num left right row col mask keep "
    "seq part piece chunk ans buf state feats scores probs weights batch size width new prev aux a b c d x1 x2 q s u w"
).split()
WORDS = (
    "first compute then take values of each word result for all sum mean over tokens check if empty zero otherwise "
    "loop through batch remember shape pad right mask out order careful off by one edge case trick see lecture notes"
).split()
KINDS = ("verbatim", "names", "names, order, comments", "rewritten by all means", "half of it", "all but one exercise")

TURNED = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq}

Code = dict[str, str]  # exercise -> code


@dataclass(frozen=True)
class Material:
    """What made-up people draw from. others: right answers of the bank; wrong: its mistakes."""

    solution: Code
    stub: Code
    others: Mapping[str, list[str]]
    wrong: Mapping[str, list[str]]

    @classmethod
    def of(cls, course: Course, assignment: str) -> Material:
        """Raises: CourseError: a notebook or a bank is missing."""
        solution = solution_cells(read_notebook(course.source_notebook(assignment)))
        bare = {
            name: "\n".join(line for line in code.splitlines() if "SOLUTION" not in line)
            for name, code in solution.items()
        }
        stub = solution_cells(read_notebook(course.release_notebook(assignment)))
        others, wrong = (
            _by_exercise(bank.read(path, hints))
            for path, hints in ((course.styles(assignment), False), (course.mistakes(assignment), True))
        )
        return cls(bare, stub, others, wrong)

    @property
    def given(self) -> list[dict[str, Answer]]:
        """What counts nothing."""
        return [{name: Answer(code) for name, code in codes.items()} for codes in (self.solution, self.stub)]


def _by_exercise(answers: list[bank.Answer]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for answer in answers:
        found.setdefault(answer.exercise, []).append(answer.code)
    return found


def answers_of(people: Mapping[str, Code]) -> dict[str, dict[str, Answer]]:
    """A class as `similarity.compare` takes it."""
    return {name: {exercise: Answer(code) for exercise, code in codes.items()} for name, codes in people.items()}


def people(material: Material, size: int, seed: int, own: bool = True) -> dict[str, Code]:
    """A class of people who write by themselves. own: whether they rewrite what they draw."""
    rng = random.Random(f"class {size} {seed} {own}")
    found: dict[str, Code] = {}
    for number in range(size):
        habits = {change: rng.choice([0, 0, 0.2, 0.6, 1]) for change in CHANGES}
        skill = rng.choice([0.95, 0.8, 0.6])
        done = len(material.solution) if rng.random() < 0.8 else rng.randint(2, len(material.solution))
        codes = {}
        for exercise in list(material.solution)[:done]:
            right = [material.solution[exercise], *material.others.get(exercise, [])]
            code = rng.choice(right if rng.random() < skill else material.wrong.get(exercise, right))
            codes[exercise] = rewritten(code, material.stub[exercise], habits, NAMES, 0.15, rng) if own else code
        found[f"student_{number:04d}"] = codes
    return found


def with_copies(
    material: Material, independent: Mapping[str, Code], seed: int
) -> tuple[dict[str, Code], dict[frozenset[str], str]]:
    """The class after one copied for each of KINDS; the copying pairs and how they did it."""
    rng = random.Random(f"copies {seed}")
    able = [name for name, codes in independent.items() if len(codes) == len(material.solution)]
    rng.shuffle(able)
    found, planted = dict(independent), {}
    for at, kind in enumerate(KINDS):
        source, target = able[2 * at], able[2 * at + 1]
        copied = {
            exercise: disguised(code, material.stub[exercise], kind, rng)
            for exercise, code in independent[source].items()
        }
        if kind == "half of it":
            taken = rng.sample(sorted(copied), len(copied) // 2)
            copied = {**independent[target], **{exercise: copied[exercise] for exercise in taken}}
        elif kind == "all but one exercise":
            exercise = rng.choice(sorted(copied))
            copied[exercise] = independent[target][exercise]
        found[target] = copied
        planted[frozenset((source, target))] = kind
    return found, planted


def disguised(code: str, stub: str, kind: str, rng: random.Random) -> str:
    """A copy that means the same. kind: one of KINDS."""
    if kind == "verbatim":
        return code
    habits: dict[str, float] = dict.fromkeys(CHANGES, 0.0) | {"rename": 1.0}
    if kind != "names":
        habits["reorder"] = 0.5
    if kind == "rewritten by all means":
        habits = dict.fromkeys(CHANGES, 0.5) | {"rename": 1.0}
    names = [f"my{number}" for number in range(200)]
    return rewritten(code, stub, habits, names, 0.0 if kind == "names" else 0.3, rng)


def rewritten(
    code: str, stub: str, habits: Mapping[str, float], names: list[str], comments: float, rng: random.Random
) -> str:
    """The answer with the same meaning in other words; as it is if it is not Python."""
    try:
        tree = _Rewriter(habits, rng).visit(ast.parse(code))
        given = {node.id for node in ast.walk(ast.parse(stub)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return code
    _reorder(tree, habits["reorder"], rng)
    _rename(tree, given, habits["rename"], names, rng)
    lines = []
    for line in ast.unparse(ast.fix_missing_locations(tree)).splitlines():
        if line.strip() and rng.random() < comments:
            said = " ".join(rng.sample(WORDS, rng.randint(2, 5)))
            lines.append(line[: len(line) - len(line.lstrip())] + "# " + said)
        lines.append(line)
    return "\n".join(lines)


class _Rewriter(ast.NodeTransformer):
    """Writes expressions and statements another way, each with the probability of that habit."""

    def __init__(self, habits: Mapping[str, float], rng: random.Random) -> None:
        self.habits, self.rng = habits, rng

    def _does(self, habit: str) -> bool:
        return self.rng.random() < self.habits[habit]

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """`a < b` as `b > a`."""
        self.generic_visit(node)
        turned = TURNED.get(type(node.ops[0])) if len(node.ops) == 1 else None
        return ast.Compare(node.comparators[0], [turned()], [node.left]) if turned and self._does("flip") else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """`2 * n` as `n * 2`."""
        self.generic_visit(node)
        plain = all(isinstance(side, ast.Name | ast.Constant) for side in (node.left, node.right))
        if plain and isinstance(node.op, ast.Mult | ast.Add) and self._does("swap_sides"):
            node.left, node.right = node.right, node.left
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """`n += 1` as `n = n + 1`."""
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and self._does("unfold"):
            return ast.Assign([node.target], ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value))
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        """`return f(x)` as `res = f(x)`, `return res`."""
        self.generic_visit(node)
        if node.value is None or isinstance(node.value, ast.Name | ast.Constant) or not self._does("name_result"):
            return node
        name = self.rng.choice(["res", "result", "out", "ans", "answer", "ret"])
        return [ast.Assign([ast.Name(name, ast.Store())], node.value), ast.Return(ast.Name(name, ast.Load()))]

    def visit_If(self, node: ast.If) -> ast.AST:
        """The branches the other way round."""
        self.generic_visit(node)
        if node.orelse and not isinstance(node.orelse[0], ast.If) and self._does("turn_if"):
            return ast.If(ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body)
        return node


def _reorder(tree: ast.AST, share: float, rng: random.Random) -> None:
    """Exchange neighbouring assignments that do not depend on each other."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for at in range(len(body) - 1 if isinstance(body, list) else 0):
            one, two = body[at : at + 2]
            both = isinstance(one, ast.Assign) and isinstance(two, ast.Assign)
            if both and not _set(one) & _used(two) and not _set(two) & _used(one) and rng.random() < share:
                body[at : at + 2] = [two, one]


def _used(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _set(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def _rename(tree: ast.AST, given: set[str], share: float, names: list[str], rng: random.Random) -> None:
    used, chosen = _used(tree), {}
    for name in sorted(_set(tree) - given):
        new = rng.choice(names)
        if rng.random() < share and new not in used and new not in chosen.values():
            chosen[name] = new
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = chosen.get(node.id, node.id)
