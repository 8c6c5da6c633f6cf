"""Lessons as pages in a browser: every picture is named, and none is wider than its page."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from browser import chromium, needs_chromium, serious, shoot
from nbconvert import HTMLExporter

pytestmark = [pytest.mark.slow, needs_chromium]
LESSONS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def test_pictures_on_the_pages_of_lessons(tmp_path: Path):
    assert LESSONS
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route("http*://**", lambda route: route.abort())  # fonts and MathJax of others: not needed here
        for lesson in LESSONS:
            written, _ = HTMLExporter(template_name="classic").from_notebook_node(nbformat.read(lesson, as_version=4))
            path = tmp_path / f"{lesson.stem}.html"
            path.write_text(written, encoding="utf-8")
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            shoot(page, f"lesson_{lesson.stem}")
            assert serious(page, "img") == [], lesson.stem
            told = page.eval_on_selector_all("img", "images => images.map(image => image.alt)")
            assert told and not any(text.startswith("No description") for text in told), lesson.stem
            wide = "images => images.filter(image => image.getBoundingClientRect().right > innerWidth).length"
            assert page.eval_on_selector_all("img", wide) == 0, lesson.stem
            drawn = "images => images.every(image => image.naturalWidth > 100)"
            assert page.eval_on_selector_all("img", drawn), lesson.stem
