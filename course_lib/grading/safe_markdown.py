"""Markdown that students wrote, as HTML that neither runs nor loads anything.

It is cleaned after it was rendered: before that, a link is still text, and `javascript:` in it is not seen.
"""

from __future__ import annotations

import re

from bleach import ALLOWED_TAGS, clean
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# What markdown itself makes, beside what was allowed anyway; no pictures, which would be loaded from elsewhere.
TAGS = ALLOWED_TAGS | {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "br", "hr", "del", "div", "span"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
LINKS = ("http://", "https://", "mailto:", "#")  # they do nothing until somebody follows them


class _Renderer(IPythonRenderer):
    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture is named only: its file was not handed in, or lies on somebody's server."""
        return f"[picture: {self.escape_html(text)}]"


def render(source: str) -> str:
    """The HTML, in one line: markdown that is rendered once more leaves it as it is.

    >>> render("*a* [b](javascript:alert(1))")
    '<div><p><em>a</em> <a>b</a></p>&#10;</div>'
    """
    rendered = MarkdownWithMath(renderer=_Renderer(escape=False, exclude_anchor_links=True)).render(source)
    safe = clean(rendered, tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto"})
    return f"<div>{'&#10;'.join(safe.splitlines())}&#10;</div>"


def _allowed(tag: str, name: str, value: str) -> bool:
    """Links, and the classes of coloured code: no name by which a page's own styles or links go."""
    if (tag, name) == ("a", "href"):
        return value.lower().startswith(LINKS)
    if (tag, name) == ("div", "class"):
        return value == "highlight"
    return (tag, name) == ("span", "class") and re.fullmatch(r"[a-z]{1,2}", value) is not None
