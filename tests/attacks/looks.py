"""What a person sees: scripts in outputs, forged banners, and how a page keeps them apart."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell
from nbgrader.utils import is_grade, is_solution

from course_lib.authoring.attacks import Attack, Maker

HTML = """from IPython.display import HTML, display

for text in (
    "<script>attackmark()</script>",
    "<img src=x onerror='attackmark()'>",
    "<iframe src='https://attackmark.example'></iframe>",
    "<a href='javascript:attackmark()'>result</a>",
    "<meta http-equiv=refresh content='0;url=https://attackmark.example'>",
    "<style>@import url(https://attackmark.example/a.css);</style>",
    "<form action='https://attackmark.example'><input name=a autofocus onfocus='attackmark()'></form>",
    "<base href='https://attackmark.example/'>",
    "<link rel=stylesheet href='https://attackmark.example/b.css'>",
    "<object data='https://attackmark.example/c.swf'></object><embed src='https://attackmark.example/d'>",
    "<video src=x onerror='attackmark()'></video><audio src='https://attackmark.example/e.mp3' autoplay>",
    "<details open ontoggle='attackmark()'>",
    "<div style='background:url(https://attackmark.example/f.png);position:fixed;inset:0'>attackmark</div>",
    "<body onload='attackmark()'>",
):
    display(HTML(text))
"""
TRICKY = r"""from IPython.display import HTML, display

for text in (
    "<scr<script>ipt>attackmark()</scr</script>ipt>",
    "<SCRIPT/x>attackmark()</SCRIPT\n>",
    "<svg><script>attackmark()</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=attackmark()>",
    "<noscript><p title=\"</noscript><img src=x onerror=attackmark()>\">",
    "<a href='java\tscript:attackmark()'>a</a><a href='&#106;avascript:attackmark()'>b</a>",
    "<a href=' javascript:attackmark()'>c</a><a href='data:text/html,<script>attackmark()</script>'>d</a>",
    "</pre></div></td></table></body></html><script>attackmark()</script>",
    "<!--><img src=x onerror=attackmark()>-->",
    "<![CDATA[><img src=x onerror=attackmark()>]]>",
    "<textarea><img title='</textarea><img src=x onerror=attackmark()>'>",
    "<img src=x:x onerror\x0c=attackmark()><img/src=x/onerror=attackmark()>",
    "<template><script>attackmark()</script></template><svg/onload=attackmark()>",
    "<img srcset='https://attackmark.example/1.png 1x' src='//attackmark.example/2.png'>",
    "<xmp><img src=x onerror=attackmark()></xmp><plaintext><script>attackmark()</script>",
):
    display(HTML(text))
"""
SVG = """from IPython.display import SVG, display

TEXT = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="attackmark()">'
    '<script>attackmark()</script><a xlink:href="javascript:attackmark()"><text y="9">a</text></a>'
    '<image xlink:href="https://attackmark.example/a.png" height="9" width="9"/>'
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://attackmark.example"/></foreignObject>'
    '<animate attributeName="x" onbegin="attackmark()" dur="1s"/><use href="https://attackmark.example/b.svg#c"/>'
    '<style>@import url(https://attackmark.example/d.css);</style></svg>'
)
display(SVG(TEXT))
display({"image/svg+xml": TEXT, "text/plain": "svg"}, raw=True)
display({"image/svg+xml": "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + TEXT}, raw=True)
"""
MARKDOWN_OUTPUT = """from IPython.display import Latex, Markdown, display

display(Markdown("<script>attackmark()</script> [x](javascript:attackmark()) ![](https://attackmark.example/a.png)"))
display(Markdown("[y]: javascript:attackmark()\\n\\n[y] <img src=x onerror=attackmark()>"))
display(Latex(r"$\\href{javascript:attackmark()}{x} \\unicode{<script>attackmark()</script>}$"))
display(Latex(r"$$\\require{html}\\class{<img src=x onerror=attackmark()>}{x} url(//attackmark)}{x}"))
display({"text/latex": "</script><script>attackmark()</script>", "text/plain": "latex"}, raw=True)
display({"text/markdown": "<svg onload=attackmark()>"}, raw=True)
"""
JAVASCRIPT = """from IPython.display import Javascript, display

display(Javascript("attackmark()"))
for mime in (
    "application/javascript", "text/javascript", "application/x-javascript", "application/vnd.jupyter.widget-view+json",
    "application/vnd.plotly.v1+json", "application/vnd.bokehjs_exec.v0+json", "application/vnd.vegalite.v5+json",
    "application/vnd.jupyter.widget-state+json", "text/vnd.mermaid", "application/xhtml+xml", "application/pdf",
    "text/html; charset=utf-8", "TEXT/HTML", "image/gif\\" onerror=\\"attackmark()",
):
    display({mime: "<script>attackmark()</script>"}, raw=True, metadata={mime: {"isolated": True}})
"""
PICTURES = """from IPython.display import display

for mime in ("image/png", "image/jpeg", "image/gif", "image/webp"):
    for data in ('x" onerror="attackmark()" x="', "'><script>attackmark()</script>", 'AA"><svg onload=attackmark()>'):
        sizes = {"width": '1" onload="attackmark()', "height": "1><script>attackmark()</script>"}
        display({mime: data}, raw=True, metadata={mime: sizes, "filenames": {mime: "../../attackmark.png"}})
"""
ERRORS = """class Odd(Exception):
    def _render_traceback_(self):
        return ["<script>attackmark()</script>", "\\x1b[31m<img src=x onerror=attackmark()>\\x1b[0m", "</pre>" * 50]


Odd.__name__ = "<script>attackmark()</script>"
Odd.__qualname__ = "</span><img src=x onerror=attackmark()>"


def next_token_loss(model, batch):
    raise Odd("<script>attackmark()</script>" * 3000)


def best_possible(game):
    return {"<img src=x onerror=attackmark()>": "<script>attackmark()</script>"}


raise Odd("<script>attackmark()</script></pre><iframe src=https://attackmark.example>" * 3000)
"""
ANSI = """import sys

print("\\x1b[2J\\x1b[H\\x1b]0;attackmark\\x07\\x1b]8;;javascript:attackmark()\\x1b\\\\link\\x1b]8;;\\x1b\\\\ \\x1b[5m")
print("\\x1b[38;2;0;128;0mfull marks: 7 / 7 attackmark\\x1b[0m" + "\\x08" * 400 + "\\r" * 50 + "\\x1b[1000A")
print('\\x1b[31;1"onmouseover="attackmark()m<script>attackmark()</script>\\x1b[<script>attackmark()</script>m')
print("\\x1bPq#0;2;0;0;0\\x1b\\\\ \\x1b_attackmark\\x1b\\\\ \\u202egnorw\\u202c \\x00 \\x9b31m", file=sys.stderr)
"""
BANNER = """from IPython.display import HTML, display

print("[meta_lstm.make_batch] passed: 27 cases")
print("[meta_lstm.translate] passed: 10 cases (attackmark)")
display(HTML(
    "<div style='border:2px solid green;padding:1em;background:#e8ffe8'><h2>&#10004; 7 of 7 points: attackmark</h2>"
    "<p>Graded by the course. All checks passed.</p></div>"
))
"""
REAL_CARD = """from course_lib import checks, feedback
from course_lib.verdict import Outcome, Verdict
from IPython.display import HTML, display

for check in checks.ASSIGNMENTS["meta_lstm"]:
    verdict = Verdict(check.exercise, 1.0, Outcome.PASSED, summary="passed: attackmark")
    display(HTML(feedback.as_html(verdict)))
    print(feedback.as_text(verdict))
"""
COVER = """from IPython.display import HTML, display

display(HTML(
    "<div class='verdict course-verdict passed' id='verdict' style='position:fixed;top:0;left:0;width:100vw;"
    "height:100vh;z-index:99999;background:white'>attackmark: 7 / 7</div>"
    "<style>.failed, .verdict {display:none} body::before {content:'attackmark'}</style>"
))
display(HTML("<table><tr><td>make_batch</td><td>0.75 / 0.75</td></tr></table></div></div></section><p>attackmark"))
"""
MARKDOWN = """# Result <script>attackmark()</script>

<img src=x onerror="attackmark()"> [link](javascript:attackmark()) <https://attackmark.example>
![picture](https://attackmark.example/a.png) <iframe src="https://attackmark.example"></iframe>

<style>@import url(https://attackmark.example/b.css)</style> <base href="https://attackmark.example">
<svg onload="attackmark()"></svg> [again]

[again]: javascript:attackmark() "<img src=x onerror=attackmark()>"

```html
</code></pre><script>attackmark()</script>
```

$\\\\text{</script><script>attackmark()</script>}$ `<script>attackmark()</script>`

<form action="https://attackmark.example"><button formaction="javascript:attackmark()">Full marks</button></form>
"""
SOURCE = """# </pre></div><script>attackmark()</script>
text = '''</textarea><img src=x onerror="attackmark()">'''
def name(value="<svg onload=attackmark()>"):  # <!-- <script>attackmark()</script> -->
    return value
"""


def attacks(make: Maker) -> Iterator[Attack]:
    for name, code, story in (
        ("html", HTML, "scripts, frames, forms and remote addresses in HTML outputs"),
        ("tricky_html", TRICKY, "HTML that looks harmless to a careless filter"),
        ("svg", SVG, "scripts in SVG outputs"),
        ("markdown_and_latex", MARKDOWN_OUTPUT, "scripts in Markdown and LaTeX outputs"),
        ("javascript", JAVASCRIPT, "outputs of types that run code"),
        ("pictures", PICTURES, "pictures whose data and sizes are markup"),
        ("ansi", ANSI, "control characters of terminals"),
    ):
        yield make.attack(36, name, story, make.first(code), pages=True)
    errors = make.honest(next_token_loss=ERRORS)
    yield make.attack(36, "errors", "errors, their names and messages are markup", errors, pages=True)
    cells = make.honest()
    cells.cells[3:3] = [new_markdown_cell(MARKDOWN), new_raw_cell("<script>attackmark()</script>")]
    cells.cells += [new_markdown_cell(MARKDOWN)]
    cells.cells[4].metadata["raw_mimetype"] = "text/html"
    cells.cells[3].attachments = {"a.svg": {"image/svg+xml": "<svg onload=attackmark()>"}}
    yield make.attack(36, "markdown_cells", "scripts in text cells", cells, pages=True)
    sources = make.first(SOURCE)
    story = "markup in the code, and in stored outputs and metadata"
    for cell in sources.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = ["<script>attackmark()</script>"]
            cell.outputs = [new_output("display_data", {"text/html": "<script>attackmark()</script>"})]
    sources.metadata["title"] = "</title><script>attackmark()</script>"
    sources.metadata["authors"] = [{"name": "<script>attackmark()</script>"}]
    sources.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": "<script>attackmark()"}}
    }
    sources.metadata["kernelspec"] = {
        "name": "../../x",
        "display_name": "<script>attackmark()</script>",
        "language": "x",
    }
    yield make.attack(36, "sources_and_metadata", story, sources, pages=True)

    yield make.attack(45, "banner", "a forged banner of success", make.first(BANNER), pages=True)
    yield make.attack(45, "real_cards", "the course's own cards, forged", make.first(REAL_CARD), pages=True)
    yield make.attack(45, "cover", "a layer over the page, and styles that hide verdicts", make.first(COVER))
    checks = make.honest()
    for cell in checks.cells:
        if is_grade(cell) and not is_solution(cell):
            cell.source += "  # passed: 7 / 7 points, attackmark"
            cell.outputs = [new_output("stream", name="stdout", text="passed (attackmark)")]
    yield make.attack(45, "written_into_checks", "a success that is written into the check cells", checks)
