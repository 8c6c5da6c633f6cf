"""What students wrote and displayed is safe on pages, and ours is escaped where it stands between them."""

from typing import Any

import pytest
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from course_lib.authoring.live_code import live_code
from course_lib.grading import safe_markdown
from course_lib.grading.feedback_parts import Comment, Part, Row, Summary
from course_lib.grading.pages import TEMPLATES, FeedbackExporter

CELL = "course_lib.grading.preprocessors.SafeOutputs"
HOSTILE_MARKDOWN = [
    "[x](javascript:mark`1`)",
    "[x](JavaScript:mark`1`)",
    "[x](java&#115;cript:mark`1`)",
    "[x](data:text/html,mark)",
    "[x](//mark)",
    "[x][y]\n\n[y]: javascript:mark`1`",
    "![x](https://mark/a.png)",
    "![x](attachment:mark.png)",
    "<img src=x onerror=mark()>",
    "a <svg onload=mark()> b",
    "<script>mark()</script>",
    "```mermaid\n<img src=x onerror=mark()>\n```",
    "$<img src=x onerror=mark()>$",
    "| <img src=x onerror=mark()> |\n|---|\n| <style>p { background: url(mark) }</style> |",
]
FORGED = "<div class='verdict' id='verdict:add' style='color: green'>**passed**</div>\n\n# verdict:add"


def shown(*cells: NotebookNode) -> str:
    """The cells as the formgrader's exporter shows them."""
    config = Config({"HTMLExporter": {"preprocessors": [CELL], "template_name": "classic"}})
    page, _ = HTMLExporter(config=config).from_notebook_node(new_notebook(cells=list(cells)))
    return page.partition("<body>")[2]


def displayed(data: dict[str, str], metadata: dict[str, Any] | None = None) -> str:
    output = new_output("display_data", data, metadata=metadata or {})
    return shown(new_code_cell("", outputs=[output]))


@pytest.mark.parametrize("text", HOSTILE_MARKDOWN)
def test_hostile_markdown_runs_and_loads_nothing(text):
    for page in (shown(new_markdown_cell(text)), displayed({"text/markdown": text})):
        assert live_code(page, "mark") == []


def test_markdown_takes_no_name_of_ours():
    page = safe_markdown.render(FORGED)
    assert "passed" in page
    assert not any(word in page for word in ("class=", "id=", "style="))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("> a **b**", "<blockquote>&#10;<p>a <strong>b</strong></p>&#10;</blockquote>"),
        ("`a < b` & $x < y$", "<p><code>a &lt; b</code> &amp; $x &lt; y$</p>"),
        ("[x](https://a.org/?b=1&c=2)", '<a href="https://a.org/?b=1&amp;c=2">x</a>'),
        ("```python\na\n\nb\n```", '<pre><span></span><span class="n">a</span>&#10;&#10;<span class="n">b</span>'),
        ("![a picture](attachment:a.png)", "<p>[picture: a picture]</p>"),
        ("&lt;b&gt; <b>bold</b>", "<p>&lt;b&gt; <b>bold</b></p>"),
    ],
)
def test_honest_markdown_is_shown_as_it_was_meant(text, made):
    assert made in safe_markdown.render(text)


@pytest.mark.parametrize(
    "text", [*HOSTILE_MARKDOWN, FORGED, "a\n\nb\u2028c\x85d", "$$\nx\n$$\n\n- a\n\n  b", "</div><p>a"]
)
def test_a_template_that_renders_markdown_again_changes_nothing(text):
    once = safe_markdown.render(text)
    assert "\n" not in once
    assert MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(once).strip() == once


@pytest.mark.parametrize("size", ["1 onload=mark()", '1" onload="mark()', "1><script>mark()</script>", True, None])
def test_sizes_of_pictures_are_numbers(size):
    page = displayed({"image/png": "aaaa"}, {"image/png": {"width": size, "height": 7}})
    assert "data:image/png;base64,aaaa" in page and 'height="7"' in page
    assert "width=" not in page and "mark" not in page


@pytest.mark.parametrize("place", ["filenames", "image/png", "text/html"])
def test_no_other_remark_on_an_output_reaches_the_page(place):
    about = {place: {"image/png": "../mark.png", "isolated": True, "unconfined": True}}
    page = displayed({"image/png": "aaaa"}, about) + displayed({"text/html": "<b>x</b>"}, about)
    assert "mark" not in page and "<iframe" not in page and "unconfined" not in page


def test_the_alternative_text_of_a_picture_is_text():
    assert 'alt="a falling line"' in displayed({"image/png": "aaaa"}, {"image/png": {"alt": "a falling line"}})
    page = displayed({"image/png": "aaaa"}, {"image/png": {"alt": '"><script>mark()</script>'}})
    assert "&gt;&lt;script&gt;mark()&lt;/script&gt;" in page and live_code(page, "mark") == []
    assert "mark" not in displayed({"image/png": "aaaa"}, {"image/png": {"alt": ["mark"]}})


def test_a_picture_is_a_picture():
    page = displayed({"image/png": 'aaaa" onerror="mark()'})
    assert "<img" not in page and "cannot be shown" in page
    assert displayed({"image/jpeg": "aa\naa\n"}).count("<img") == 1


def page_with(summary: Summary, cell: NotebookNode, part: Part) -> str:
    """A feedback page with one cell."""

    def place(notebook: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        notebook.cells[0].metadata["feedback"] = part
        return notebook, resources | {"feedback": summary}

    config = Config({"FeedbackExporter": {"template_name": "course_feedback", "preprocessors": [CELL]}})
    config.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
    exporter = FeedbackExporter(config=config)
    exporter.register_preprocessor(place, enabled=True)
    return exporter.from_notebook_node(new_notebook(cells=[cell]))[0]


def summary_of(*rows: Row, **more: Any) -> Summary:
    given = {"assignment": "toy", "student": "ann", "score": 4.25, "max_score": 5.0, "late": "", "problem": ""}
    given |= {"changes": [], "seconds": 2.0, "dark_code": Markup(""), "rows": list(rows)}
    return Summary(**given | more)


def test_the_head_says_what_counts():
    rows = (Row("add", "verdict:add", 1.0, 1.0), Row("why", "answer:why", None, 0.5), Row("more", "x", 0.0, 0.0, 1.0))
    lost = summary_of(*rows, changes=["restored a cell"], problem="no notebook", late="handed in 2 h late")
    page = page_with(lost, new_markdown_cell("a"), Part("other"))
    for text in ("<b>4.25</b> of 5 points, 1 of them bonus", "0.5 still to be graded", "1 of 1", "0.5 open", "1 bonus"):
        assert text in page
    for text in ("restored a cell", "<b>no notebook</b>", "handed in 2 h late", 'href="#verdict:add"'):
        assert text in page
    assert "cut short" not in page_with(summary_of(*rows), new_markdown_cell("a"), Part("other"))


def test_whatever_stands_in_the_head_and_on_a_verdict_is_escaped():
    bad = "<img src=x onerror=mark()>'\"><script>mark()</script>"
    row = Row(bad, bad, 1.0, 2.0, 0.0, bad, bad, bad, (Comment(bad, bad),))
    summary = summary_of(row, assignment=bad, student=bad, late=bad, problem=bad, changes=[bad])
    error = new_output("error", ename=bad, evalue=bad, traceback=[bad])
    for part in (Part("verdict", bad, bad, row), Part("answer", bad, bad, row)):
        page = page_with(summary, new_code_cell(bad, outputs=[error]), part)
        assert live_code(page, "mark") == []
        assert "&lt;img src=x" in page
