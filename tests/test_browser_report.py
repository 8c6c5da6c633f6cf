"""The class report in a real browser: sorted, filtered, printed, read by machines that help people read."""

from __future__ import annotations

import re

import pytest
from browser import chromium, needs_chromium, serious, shoot
from made_up_class import made_up
from playwright.sync_api import expect
from test_report import NAMES, alike, hostile_class

from course_lib.grading import report
from course_lib.grading.parts import Outline
from course_lib.grading.report_figures import figures
from course_lib.paths import Course

pytestmark = [pytest.mark.slow, needs_chromium]
PAIR = alike("ann", "bob")
WIDTHS = {"light": 1280, "dark": 1280, "narrow": 390}


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def made():
    found = made_up(40)
    return figures("ranking", found.records, found.grades, found.outline)


@pytest.fixture(scope="module")
def address(made, tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("report"))
    report.write_page(course, made, [PAIR])
    return course.report("ranking").as_uri()


@pytest.fixture
def opened(browser):
    """Opens an address; at the end nothing may have been complained about, nor fetched."""
    problems, contexts = [], []

    def open_it(address, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(address) else problems.append(request.url))
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert problems == []


def column(page, number):
    """Texts of a column, of the rows that are shown, in their order."""
    return page.eval_on_selector_all(
        "#cells tbody tr:not([hidden])", f"rows => rows.map(row => row.cells[{number}].firstChild?.textContent ?? '')"
    )


def states(page, number):
    return page.eval_on_selector_all(
        "#cells tbody tr:not([hidden])", f"rows => rows.map(row => row.cells[{number}].className)"
    )


def heading(page, name):
    return page.locator("#cells thead th", has_text=re.compile(name)).first


@pytest.mark.parametrize("look", WIDTHS)
def test_it_pleases_in_light_dark_and_narrow_windows(opened, address, look):
    scheme = "dark" if look == "dark" else "light"
    page = opened(address, color_scheme=scheme, viewport={"width": WIDTHS[look], "height": 900})
    shoot(page, f"report_{look}")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[look]
    assert serious(page) == []


def test_a_click_sorts_and_another_turns_the_order(opened, address, made):
    page = opened(address)
    points = [float(text) for text in column(page, 1)]
    assert len(points) == 40 and points == sorted(points, reverse=True)
    assert heading(page, "points").get_attribute("aria-sort") == "descending"
    heading(page, "points").get_by_role("button").click()
    assert [float(text) for text in column(page, 1)] == sorted(points)
    assert heading(page, "points").get_attribute("aria-sort") == "ascending"
    heading(page, "student").get_by_role("button").click()
    names = column(page, 0)
    assert len(set(names)) == 40 and [name[0] for name in names] == sorted(name[0] for name in names)
    assert page.locator("#cells thead [aria-sort]").count() == 1
    heading(page, "student").get_by_role("button").click()
    assert column(page, 0) == names[::-1]


def test_the_keyboard_sorts_an_exercise_by_its_states(opened, address):
    page = opened(address)
    heading(page, "scorer").get_by_role("button").focus()
    page.keyboard.press("Enter")
    place = page.eval_on_selector_all("#cells thead th", "all => all.findIndex(one => one.ariaSort === 'ascending')")
    found = states(page, place)
    order = ["f", "p", "w", "s", "u", "h", ""]
    assert set(found) >= {"f", "w", "u", ""} and found == sorted(found, key=order.index)
    page.keyboard.press("Space")
    assert states(page, place) == sorted(found, key=order.index, reverse=True)


def test_what_is_late_or_cut_short_comes_together(opened, address):
    page = opened(address)
    heading(page, "to look at").get_by_role("button").click()
    found = column(page, 2)
    filled = [text for text in found if text]
    assert 0 < len(filled) < 40 and found == filled + [""] * (40 - len(filled))


def test_text_and_states_hide_rows(opened, address, made):
    page = opened(address)
    name = made.rows[7].record.student
    page.get_by_label("Student, outcome or mistake").fill(name.upper())
    assert column(page, 0) == [name]
    assert page.locator("#shown").inner_text() == "1 of 40 shown"
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#cells tbody tr[hidden]")).to_have_count(0)
    scorer = next(item for item in made.exercises if item.name == "ranking.scorer")
    page.get_by_role("combobox", name="Exercise").select_option(label=f"{scorer.number} scorer")
    page.get_by_role("combobox", name="is", exact=True).select_option(label="wrong")
    assert len(column(page, 0)) == scorer.counts["wrong"] > 0
    page.get_by_role("combobox", name="Exercise").select_option(label="any")
    wrong = [row for row in made.rows if any(item.outcome == "failed" for item in row.record.exercises.values())]
    assert sorted(column(page, 0)) == sorted(row.record.student for row in wrong)


def test_a_mistake_leads_to_those_who_made_it(opened, address, made):
    page = opened(address)
    most = next(item for item in made.mistakes if item.mistake)
    page.get_by_role("button", name=f"Show who made: {most.mistake.replace('_', ' ')}", exact=True).first.click()
    expect(page.locator("#cells tbody tr[hidden]")).not_to_have_count(0)
    assert set(most.students) <= set(column(page, 0)) and len(column(page, 0)) < 40


def test_a_link_to_a_hidden_row_shows_it(opened, address, made):
    page = opened(address)
    student = made.late[0][0].student
    page.get_by_label("Student, outcome or mistake").fill("nobody is called so")
    assert column(page, 0) == []
    page.get_by_role("link", name=student, exact=True).first.click()
    expect(page.locator("#cells tbody tr[hidden]")).to_have_count(0)
    assert page.locator("tr:target th").inner_text().startswith(student)


def test_without_its_script_the_page_is_whole(opened, address, made):
    page = opened(address, java_script_enabled=False)
    assert page.locator("#cells tbody tr:visible").count() == 40
    assert page.locator("#tools").is_hidden()
    assert page.get_by_role("button").count() == 0


def test_a_hostile_class_runs_nothing(opened, tmp_path):
    report.write_page(Course(tmp_path), figures("ranking", hostile_class(), {}, Outline()), [alike(NAMES[0], NAMES[1])])
    page = opened(Course(tmp_path).report("ranking").as_uri(), viewport={"width": 1280, "height": 900})
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    heading(page, "student").get_by_role("button").click()
    page.get_by_role("button", name=re.compile("Show who made")).first.click()
    assert len(column(page, 0)) == len(hostile_class())
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_it_prints_on_paper(opened, address, made):
    page = opened(address, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("#tools").is_hidden()
    shoot(page, "report_print")
    page.emulate_media(media=None)
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)}
    upright, lying = sorted(boxes)
    assert upright[2:] == pytest.approx((595, 842), abs=1) and lying[2:] == pytest.approx((842, 595), abs=1)
    assert 5 < len(re.findall(rb"/Type /Page\b", pdf)) < 16


def test_a_class_of_two_thousand_opens_sorts_and_filters(opened, tmp_path):
    many = made_up(2000)
    counted = figures("ranking", many.records, many.grades, many.outline)
    report.write_page(Course(tmp_path), counted, [])
    page = opened(Course(tmp_path).report("ranking").as_uri())
    assert column(page, 0) == [row.record.student for row in counted.rows[:300]]
    heading(page, "points").get_by_role("button").click()
    assert float(column(page, 1)[0]) == min(row.points for row in counted.rows)
    page.get_by_label("Student, outcome or mistake").fill("çelik")
    found = column(page, 0)
    assert 0 < len(found) < 300 and page.locator("#shown").inner_text() == f"{len(found)} of 2000 shown"
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Show the rest").click()
    assert len(column(page, 0)) == 2000
