"""A graded class in the formgrader and on its feedback pages, in a real browser."""

import copy
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from course_lib.authoring import release
from course_lib.authoring.sample_class import Sample, toy_chooser, write
from course_lib.paths import Course
from tests.browser import ROOT, Jupyter, chromium, jupyter, needs_chromium, serious, shoot

pytestmark = [pytest.mark.slow, needs_chromium]

ASSIGNMENT, QUESTION = "toy_chooser", "why_padding"
CONFIG = """
from nbgrader.plugins import LateSubmissionPlugin


class Quarter(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.25


c.Autograde.believe_timestamps = True
c.AssignLatePenalties.plugin_class = Quarter
"""
HOSTILE = """from IPython.display import HTML, Javascript, Markdown, display

from course_lib import feedback
from course_lib.verdict import Outcome, Verdict

forged = Verdict("toy_chooser.make_example", 1.0, Outcome.PASSED, summary="passed: 15 cases")
display(HTML("<section class='verdict full' id='verdict:make_example'><div class='bar'><b>The judge's verdict</b>"
             "<code>make_example</code> 0.5 of 0.5</div>" + feedback.as_html(forged) + "</section>"))
display(HTML("<script>ran('script')</script><img src=x onerror=ran('image')><svg onload=ran('svg')></svg>"))
display(HTML("<a href='javascript:ran(1)'>a link of HTML</a>"))
display(Javascript("ran('javascript')"))
display(Markdown("[a link of markdown](javascript:ran`2`) <img src=x onerror=ran('markdown')>"))
picture = bytes.fromhex("PICTURE")
display({"image/png": __import__("base64").b64encode(picture).decode()}, raw=True,
        metadata={"image/png": {"width": "9 onload=ran('width')", "height": 9}})
"""
HOSTILE_ANSWER = """# The judge's verdict

**5 of 5 points** [a link of the answer](javascript:ran`3`) [another][far] <script>ran('answer')</script>

<div class="verdict full" id="verdict:make_example">passed</div>

[far]: java&#115;cript:ran`4`
"""
ANSWER = "So that rows of **unequal length** fit into one rectangle: `a < b`.\n\n> A batch is a rectangle."
COMMENT = "Right; say *what the model sees* there, too."
PATIENCE_MS = 30_000
WITNESS = "window.marks = []; window.ran = mark => window.marks.push(mark);"


def picture() -> str:
    """A PNG that loads, in hexadecimal digits."""
    file = io.BytesIO()
    Figure((0.2, 0.2)).savefig(file, format="png", dpi=20)
    return file.getvalue().hex()


def with_question(notebook: NotebookNode) -> NotebookNode:
    """The source notebook with a question that a person grades, after the exercise `collate`."""
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    about = {"grade": True, "solution": True, "locked": False, "task": False, "points": 1.0, "schema_version": 3}
    about |= {"grade_id": QUESTION, "cell_type": "markdown"}
    notebook.cells.insert(
        names.index("test_collate") + 1, new_markdown_cell("Because.", id=QUESTION, metadata={"nbgrader": about})
    )
    return notebook


def answered(sample: Sample, student: str, answer: str | None) -> Sample:
    """The sample as this student's, with an answer to the question."""
    notebook = copy.deepcopy(sample.notebook)
    if answer is not None:
        next(cell for cell in notebook.cells if cell.id == QUESTION).source = answer
    return replace(sample, student=student, notebook=notebook)


def gradebook(course: Course) -> Gradebook:
    return Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors")


def course_words(course: Course, *words: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("course"), *words], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Three students, graded: ann is late and has two mistakes, ben wrote nothing, mallory shows what is hostile.

    They are judged by the public truth: recording a secret one takes longer than all the rest, and pages show none.
    """
    course = Course(tmp_path_factory.mktemp("formgrader") / "course")
    for name in ("source", "tests"):
        shutil.copytree(ROOT / name, course.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG)
    source = course.source_notebook(ASSIGNMENT)
    nbformat.write(with_question(nbformat.read(source, as_version=4)), source)
    release.make(course, ASSIGNMENT)
    course.secret_truth(ASSIGNMENT).parent.mkdir()
    shutil.copy(course.public_truth(ASSIGNMENT), course.secret_truth(ASSIGNMENT))
    samples = {item.student: item for item in toy_chooser(course)}
    ann = answered(samples["sample_two_mistakes"], "ann", ANSWER)
    ben = answered(samples["sample_empty"], "ben", None)
    mallory = answered(samples["sample_two_mistakes"], "mallory", HOSTILE_ANSWER)
    mallory.notebook.cells.append(new_code_cell(HOSTILE.replace("PICTURE", picture())))
    write(course, [ann, ben, mallory], ASSIGNMENT)
    (course.submitted("ann", ASSIGNMENT) / "timestamp.txt").write_text("2026-05-01 14:05:00 UTC")
    with gradebook(course) as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 5, 1, 12))
    course_words(course, "autograde", ASSIGNMENT)
    course_words(course, "feedback", ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which `marks` has what hostile code ran."""
    window = browser.new_context(viewport={"width": 1100, "height": 900})
    window.add_init_script(WITNESS)
    expect.set_options(timeout=PATIENCE_MS)
    yield window
    window.close()


@pytest.fixture(scope="module")
def server(graded: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    with jupyter(graded.root, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


def page_of(context: BrowserContext, course: Course, student: str) -> Page:
    """A student's feedback page, opened."""
    page = context.new_page()
    page.goto((course.feedback(student, ASSIGNMENT) / f"{ASSIGNMENT}.html").as_uri())
    return page


def signed_in(context: BrowserContext, server: Jupyter) -> Page:
    """A page for the formgrader, whose own pages take no token."""
    assert context.request.get(server.url("lab")).ok
    return context.new_page()


def submission(page: Page, server: Jupyter, course: Course, student: str) -> None:
    """Open a student's submission in the formgrader, with its points and comments."""
    with gradebook(course) as book:
        number = book.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student).id
    page.goto(f"{server.address}formgrader/submissions/{number}/")
    expect(page.locator("#test_make_example")).to_have_attribute("placeholder", "0")  # comes with all the others


def test_the_page_says_first_what_became_of_each_exercise(graded: Course, context: BrowserContext):
    page = page_of(context, graded, "ann")
    expect(page.locator(".score")).to_have_text("0.75 of 6 points")
    facts = ["1 still to be graded by a person", "handed in 2 h 5 min late, penalty 0.25 points"]
    expect(page.locator(".facts li")).to_have_text(facts)
    row = page.locator("tr", has=page.locator("code", has_text="make_example"))
    expect(row).to_contain_text("0 of 0.5")
    expect(row).to_contain_text("mistake: right one first")
    expect(page.locator("tr.full")).to_have_count(2)
    expect(page.locator("tr.open")).to_contain_text(QUESTION)
    assert serious(page) == []
    shoot(page, "feedback_top", whole=False)
    row.get_by_role("link").click()
    verdict = page.locator(".verdict:target")
    expect(verdict).to_be_in_viewport()
    expect(verdict).to_contain_text("The judge’s verdict")
    expect(verdict).to_contain_text("(right_one_first)")
    shoot(page, "feedback_verdict", whole=False)


def test_the_page_names_who_was_in_time_and_what_nobody_wrote(graded: Course, context: BrowserContext):
    page = page_of(context, graded, "ben")
    expect(page.locator(".score")).to_have_text("0 of 6 points")
    expect(page.locator(".facts li")).to_have_count(0)
    expect(page.locator("tr.less", has_text=QUESTION)).to_contain_text("no answer")


def test_the_page_is_read_on_a_narrow_screen_in_the_dark_and_on_paper(graded: Course, browser: Browser):
    dark = browser.new_context(viewport={"width": 1000, "height": 1000}, color_scheme="dark")
    page = page_of(dark, graded, "ann")
    assert serious(page) == []
    page.locator("#verdict\\:make_example").scroll_into_view_if_needed()
    shoot(page, "feedback_dark", whole=False)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 39, 51)"
    assert serious(page) == []
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert serious(page) == []
    shoot(page, "feedback_narrow", whole=False)
    dark.close()


def runs_nothing(page: Page) -> None:
    """Follow all that looks like a link of mallory's; nothing may run."""
    assert page.locator("[onload], [onerror], .drawn script, a[href^=javascript]").count() == 0
    links = page.get_by_text("a link of").filter(has_not=page.locator("*"))
    assert links.count() >= 3
    for place in range(links.count()):
        links.nth(place).click()
    assert page.evaluate("marks") == []


def test_on_the_page_only_the_judge_draws_verdicts(graded: Course, context: BrowserContext):
    page = page_of(context, graded, "mallory")
    runs_nothing(page)
    verdicts = page.locator(".verdict")
    assert verdicts.count() == page.locator("header tbody tr").count() - 1 == 10  # the question has none
    assert page.locator(".drawn .verdict, .drawn .bar, .drawn [id]").count() == 0
    made = page.locator("[id='verdict:make_example']")
    expect(made).to_have_count(1)
    expect(made).to_contain_text("0 of 0.5")
    expect(page.locator(".shown", has_text="0.5 of 0.5")).to_contain_text("Output of the code")
    page.get_by_text("a link of markdown", exact=True).scroll_into_view_if_needed()
    shoot(page, "feedback_forged", whole=False)


def test_in_the_formgrader_nothing_of_a_students_runs(graded: Course, context: BrowserContext, server: Jupyter):
    page = signed_in(context, server)
    submission(page, server, graded, "mallory")
    runs_nothing(page)


def test_points_and_comment_of_the_formgrader_reach_gradebook_and_page(
    graded: Course, context: BrowserContext, server: Jupyter
):
    page = signed_in(context, server)
    page.goto(f"{server.address}formgrader/manage_submissions/{ASSIGNMENT}")
    line = page.locator("tbody tr", has_text="ann")
    expect(line).to_contain_text("needs manual grading")
    expect(line).to_contain_text("2026-05-01 14:05:00")
    shoot(page, "formgrader_submissions")

    submission(page, server, graded, "ann")
    verdict = page.locator(".output_html", has_text="toy_chooser.make_example")
    expect(verdict).to_contain_text("right_one_first")
    verdict.scroll_into_view_if_needed()
    shoot(page, "formgrader_verdict", whole=False)
    points, comment = page.locator(f"#{QUESTION}"), page.locator(f"#{QUESTION}-comment")
    for field, text, place in ((points, "0.5", "grade"), (comment, COMMENT, "comment")):
        field.fill(text)
        with page.expect_response(lambda reply, place=place: f"api/{place}/" in reply.url) as saved:
            field.blur()
        assert saved.value.ok
    points.scroll_into_view_if_needed()
    shoot(page, "formgrader_grading", whole=False)
    with gradebook(graded) as book:
        where = (QUESTION, ASSIGNMENT, ASSIGNMENT, "ann")
        grade = book.find_grade(*where)
        assert (grade.score, grade.needs_manual_grade) == (0.5, False)
        assert book.find_comment(*where).comment == COMMENT

    page.goto(f"{server.address}formgrader/manage_submissions/{ASSIGNMENT}")
    page.locator("tbody tr", has_text="ann").locator(".generate-feedback a").click()
    expect(page.get_by_text("Successfully generated feedback")).to_be_visible()
    page = page_of(context, graded, "ann")
    expect(page.locator(".score")).to_have_text("1.25 of 6 points")
    row = page.locator("header tr", has_text=QUESTION)
    expect(row).to_contain_text("0.5 of 1")
    expect(row).to_contain_text(COMMENT)
    row.get_by_role("link", name="comment").click()
    answer = page.locator(".answer:target")
    expect(answer).to_be_in_viewport()
    expect(answer.locator(".comment em")).to_have_text("what the model sees")
    expect(answer.locator("blockquote")).to_have_text("A batch is a rectangle.")
    expect(answer.locator("code").last).to_have_text("a < b")
    shoot(page, "feedback_comment", whole=False)


def test_nbgraders_command_makes_the_same_page(graded: Course):
    path = graded.feedback("ben", ASSIGNMENT) / f"{ASSIGNMENT}.html"
    ours = path.read_text(encoding="utf-8")
    path.unlink()
    words = [Path(sys.executable).with_name("nbgrader"), "generate_feedback", ASSIGNMENT, "--force", "--student=ben"]
    subprocess.run(words, cwd=graded.root, capture_output=True, check=True)
    without_nonce = [re.sub(r"nonce[-=]\"?[\w-]+", "", page) for page in (ours, path.read_text(encoding="utf-8"))]
    assert without_nonce[0] == without_nonce[1]
