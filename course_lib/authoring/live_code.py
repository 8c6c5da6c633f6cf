"""Finding what would run or load in a page, of what a student put there."""

from __future__ import annotations

from html.parser import HTMLParser

LOADING = ("src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href")
CALLING = ("javascript:", "url(", "image-set(", "expression(")
HARMLESS_LINKS = ("http://", "https://", "mailto:", "#")  # they do nothing until somebody follows them


def live_code(page: str, mark: str) -> list[str]:
    """Each place where `mark` stands in something that runs or loads; that it stands in text is no harm.

    >>> live_code('<p>mark</p><img src="x" onerror="mark()">', "mark")
    ['onerror of <img>']
    >>> live_code('<script>mark()</script><a href="javascript:mark()">x</a>', "mark")
    ['code in <script>', 'href of <a>']
    """
    parser = _Parser(mark)
    parser.feed(page)
    parser.close()
    if parser.inside is not None and mark in parser.rawdata:  # an element that is never closed
        parser.found.append(f"code in <{parser.inside}>")
    return parser.found


class _Parser(HTMLParser):
    def __init__(self, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self.mark = mark
        self.found: list[str] = []
        self.inside: str | None = None  # the element whose text is code

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in ("script", "style") else None
        for name, value in attrs:
            if value is not None and self.mark in value and _acts(tag, name, value.strip()):
                self.found.append(f"{name} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None and self.mark in data:
            self.found.append(f"code in <{self.inside}>")


def _acts(tag: str, name: str, value: str) -> bool:
    value = value.lower()
    if any(word in value for word in CALLING):
        return True
    if name == "href":
        return tag != "a" or not value.startswith(HARMLESS_LINKS)
    return name.startswith("on") or name in LOADING or tag in ("meta", "iframe", "object", "embed")
