"""What a student sees in a real JupyterLab: a card, a green card, how far one is, and nbgrader's Validate."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from browser import chromium, jupyter, needs_chromium, serious, shoot
from nbconvert import HTMLExporter
from playwright.sync_api import Locator, Page, expect

from course_lib import feedback, progress
from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import Finding, Outcome, Verdict

pytestmark = [pytest.mark.slow, needs_chromium]
EXERCISE, MISTAKE = "to_digits", "from_the_ones_on"
WAIT_MS = 120_000  # on a loaded machine
TRIES, NOTHING_HAPPENS_MS = 5, 5_000
CARDS = ".jp-OutputArea div[style*='border-left']"
RED = "rgb(179, 38, 30)"
# JupyterLab asks about its news in a box that covers what lies below.
SETTINGS = {"notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}}


@pytest.fixture(scope="module")
def folder(course, tmp_path_factory) -> Path:
    """A student's folder: the release, and nothing else."""
    made = tmp_path_factory.mktemp("student") / "toy_chooser"
    shutil.copytree(course.release("toy_chooser"), made)
    return made


@pytest.fixture(scope="module")
def server(folder, tmp_path_factory):
    here = tmp_path_factory.mktemp("jupyter")
    for name, values in SETTINGS.items():
        path = here / "settings" / "@jupyterlab" / "apputils-extension" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    with jupyter(folder, here) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    yield page
    page.close()


def place(notebook: nbformat.NotebookNode, name: str) -> int:
    return [cell.id for cell in notebook.cells].index(name)


def cell(page: Page, index: int) -> Locator:
    return page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{index}']")


def run(page: Page, index: int) -> None:
    """Run a code cell as people do, again where nothing happens (the kernel may not listen yet); wait for its end."""
    prompt = cell(page, index).locator(".jp-InputPrompt")
    before = prompt.inner_text()
    for _ in range(TRIES):
        cell(page, index).locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        try:
            expect(prompt).not_to_have_text(before, timeout=NOTHING_HAPPENS_MS)
            break
        except AssertionError:
            continue
    expect(prompt).to_have_text(re.compile(r"\[\d+\]:"))
    assert prompt.inner_text() != before


def write(page: Page, index: int, code: str) -> None:
    """Replace what stands in a code cell, and run it."""
    cell(page, index).locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    run(page, index)


def choose(page: Page, name: str) -> None:
    """Choose a theme in the menu."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    for label in ("Theme", name):
        page.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True).click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", name)


def narrow(page: Page, card: Locator, name: str) -> None:
    """Look at a card in a window of 400 pixels without side bars; nothing of it may lie beyond its edge."""
    page.keyboard.press("ControlOrMeta+b")
    page.set_viewport_size({"width": 400, "height": 800})
    card.scroll_into_view_if_needed()
    shoot(page, name, whole=False)
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.keyboard.press("ControlOrMeta+b")


def test_a_student_sees_a_failed_check_mends_it_and_sees_progress(course, folder, server, page):
    released = nbformat.read(folder / "toy_chooser.ipynb", as_version=4)
    answer, check = place(released, EXERCISE), place(released, f"test_{EXERCISE}")
    wrong = next(a for a in bank.read(course.mistakes("toy_chooser"), True) if a.name == MISTAKE)
    right = solution_cells(read_notebook(course.source_notebook("toy_chooser")))[EXERCISE]

    # The notebook is opened and run from the top.
    page.goto(server.url("lab/tree/toy_chooser.ipynb"))
    cell(page, 0).click()
    expect(page.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle")
    for index in range(answer):
        if released.cells[index].cell_type == "code":
            run(page, index)
    write(page, answer, wrong.code)
    run(page, check)
    failed = cell(page, check).locator(CARDS)
    for words in ("✗ not yet", "toy_chooser.to_digits", "expected", "got", "try", wrong.hint):
        expect(failed).to_contain_text(words)
    assert failed.locator("b").first.evaluate("badge => getComputedStyle(badge).backgroundColor") == RED
    shoot(page, "student_failed_light", whole=False)
    assert serious(page, CARDS) == []
    choose(page, "JupyterLab Dark")
    shoot(page, "student_failed_dark", whole=False)
    assert serious(page, CARDS) == []
    narrow(page, failed, "student_failed_narrow")

    # The right answer, and what it counts.
    write(page, answer, right)
    run(page, check)
    passed = cell(page, check).locator(CARDS)
    expect(passed).to_contain_text("✓ passed")
    expect(passed).not_to_contain_text("expected")
    shoot(page, "student_passed", whole=False)
    last = place(released, "show-progress")
    run(page, last)
    counted = cell(page, last).locator(CARDS)
    expect(counted).to_contain_text("1 of 10 exercises, 0.25 of 5 points")
    assert counted.locator("tr").count() == 11
    assert serious(page, CARDS) == []
    narrow(page, counted, "student_progress_narrow")
    choose(page, "JupyterLab Light")
    counted.scroll_into_view_if_needed()
    shoot(page, "student_progress", whole=False)
    assert serious(page, CARDS) == []

    # nbgrader's button runs the saved notebook from the top.
    page.get_by_role("button", name="Validate", exact=True).click()
    answer_of_nbgrader = page.locator(".jp-Dialog")
    expect(answer_of_nbgrader).to_contain_text("[toy_chooser.make_example] not implemented yet")
    shoot(page, "student_validate", whole=False)
    assert "[toy_chooser.to_digits]" not in answer_of_nbgrader.inner_text()


@pytest.fixture(scope="module")
def stored(course) -> nbformat.NotebookNode:
    """A notebook with cards among its outputs, as somebody sends it: JupyterLab trusts none of it."""
    names = [f"toy_chooser.{name}" for name in ("to_digits", "make_example", "collate")]
    long = "array([" + ", ".join(["-0.1234"] * 40) + "]), shape (40,)"
    verdicts = {
        names[0]: Verdict(names[0], 1.0, Outcome.PASSED, summary="passed: 13 cases"),
        names[1]: Verdict(names[1], 0.0, Outcome.FAILED, Finding("a row of numbers", long, "look at it", "x" * 300)),
        names[2]: Verdict(names[2], 0.0, Outcome.FAILED, Finding("a case", "<script>alert(1)</script>", "try & try")),
    }
    cards = [feedback.as_html(verdict) for verdict in verdicts.values()]
    cards.append(progress.of(GroundTruth.load(course.public_truth("toy_chooser")), verdicts).as_html())
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for card in cards:
        output = nbformat.v4.new_output("display_data", {"text/html": card, "text/plain": "a card"})
        notebook.cells.append(nbformat.v4.new_code_cell("# shown", outputs=[output]))
    return notebook


def test_cards_are_the_same_where_jupyterlab_sanitises_them(stored, folder, server, page):
    nbformat.write(stored, folder / "sent.ipynb")
    page.goto(server.url("lab/workspaces/sent/tree/sent.ipynb"))  # without the tabs of the test before
    cards = page.locator(CARDS)
    expect(cards).to_have_count(4)
    wanted = stored.cells[1].outputs[0].data["text/html"]
    kept = cards.nth(1).evaluate("card => card.outerHTML")
    assert set(styles(kept)) == set(styles(wanted))
    shoot(page, "student_untrusted", whole=False)
    assert serious(page, CARDS) == []
    narrow(page, cards.nth(1), "student_untrusted_narrow")


def styles(page: str) -> list[str]:
    """All declarations in a page's style attributes, without blanks."""
    return [
        one.replace(" ", "") for text in re.findall(r'style="([^"]*)"', page) for one in text.split(";") if one.strip()
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cards_read_well_in_a_page_of_nbconvert(stored, browser, tmp_path, theme):
    path = tmp_path / "page.html"
    path.write_text(HTMLExporter(theme=theme).from_notebook_node(stored)[0], encoding="utf-8")
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    expect(page.locator(CARDS)).to_have_count(4)
    shoot(page, f"student_nbconvert_{theme}")
    assert serious(page, CARDS) == []
    page.close()
