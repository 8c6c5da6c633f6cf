"""Verdicts as text and as HTML."""

from __future__ import annotations

import html

from course_lib.verdict import Finding, Verdict

# Sanitisers (JupyterLab's, bleach) take <style> away, so all is in style attributes. Text has the page's own colour on
# a faint tint, and so reads in light and dark themes; a badge brings both of its colours, and says its state in words.
_CARD = (
    "border-left:4px solid {colour};background-color:{tint};padding:8px 12px;margin:4px 0;max-width:880px;"
    "font-size:14px;line-height:1.5;text-align:left;overflow-wrap:break-word"
)
_BADGE = (
    "background-color:{colour};color:#ffffff;font-weight:bold;white-space:nowrap;padding:1px 8px;border-radius:3px;"
    "margin-right:6px"
)
# Columns of a fixed layout break long words; JupyterLab's sanitiser lets no other way pass.
_TABLE = "border-collapse:collapse;border:none;margin:6px 0 0 0;font-size:14px;table-layout:fixed;width:100%"
_ROW = "background-color:transparent"
_CELL = "text-align:left;vertical-align:top;padding:2px 8px 2px 0;border:none;white-space:normal;max-width:none"
_LABEL_WIDTH, _COLUMN_WIDTHS = "78px", ("40%", "22%", "38%")
_BAR = "background-color:rgba(128,128,128,0.3);max-width:320px;height:8px;border-radius:4px;margin:6px 0"

PASSED, NOT_YET, NOT_RUN = "✓ passed", "✗ not yet", "– not run"
_COLOURS = {PASSED: "#1a7f37", NOT_YET: "#b3261e", NOT_RUN: "#5f6368"}  # white on each has a contrast above 5
_TINTS = {PASSED: "rgba(26,127,55,0.08)", NOT_YET: "rgba(179,38,30,0.08)", NOT_RUN: "rgba(95,99,104,0.08)"}


def rows(finding: Finding) -> list[tuple[str, str]]:
    """The labelled lines of a finding: expected (unless hidden), got, try."""
    lines = [("got", finding.got), ("try", finding.hint)]
    if finding.expected is not None:
        lines.insert(0, ("expected", finding.expected))
    return lines


def as_text(verdict: Verdict) -> str:
    """The verdict for a terminal: one line on success, a few labelled lines otherwise."""
    if verdict.finding is None:
        return f"[{verdict.exercise}] {verdict.summary or verdict.outcome}"
    lines = [f"[{verdict.exercise}] {verdict.finding.case}"]
    lines += [f"  {label + ':':<10}{text}" for label, text in rows(verdict.finding)]
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The verdict as a small card. Everything that the student's code produced is escaped."""
    state = PASSED if verdict.passed else NOT_YET
    head = f"{badge(state)} <code>{html.escape(verdict.exercise)}</code>"
    if verdict.finding is None:
        said = (verdict.summary or str(verdict.outcome)).removeprefix("passed").removeprefix(": ")
        return card(state, f"{head} {html.escape(said)}".rstrip())
    lines = "".join(_row(label, text) for label, text in rows(verdict.finding))
    return card(state, f'{head} {html.escape(verdict.finding.case)}<table style="{_TABLE}">{lines}</table>')


def card(state: str, body: str) -> str:
    """A card around HTML, in the colour of a state."""
    return f'<div style="{_CARD.format(colour=_COLOURS[state], tint=_TINTS[state])}">{body}</div>'


def badge(state: str) -> str:
    """A state in words, on its colour; what has not run yet is no news, and has none."""
    if state == NOT_RUN:
        return state
    return f'<b style="{_BADGE.format(colour=_COLOURS[state])}">{state}</b>'


def bar(share: float) -> str:
    """A bar that is filled to a share, 0 to 1; what it says must stand beside it in words."""
    inside = f"width:{100 * share:.0f}%;height:8px;background-color:{_COLOURS[PASSED]};border-radius:4px"
    return f'<div style="{_BAR}"><div style="{inside}"></div></div>'


def table(lines: list[tuple[str, str, str]]) -> str:
    """HTML in three columns, under a line of headings."""
    heads, *others = lines
    shown = "".join(
        f'<th scope="col" style="{_CELL};padding:2px 0;width:{width}">{head}</th>'
        for head, width in zip(heads, _COLUMN_WIDTHS, strict=True)
    )
    shown = f'<tr style="{_ROW}">{shown}</tr>'
    for line in others:
        cells = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in line)
        shown += f'<tr style="{_ROW}">{cells}</tr>'
    return f'<table style="{_TABLE};max-width:640px">{shown}</table>'


def _row(label: str, text: str) -> str:
    shown = html.escape(text) if label == "try" else f"<code>{html.escape(text)}</code>"
    cells = f'<td style="{_CELL};width:{_LABEL_WIDTH}"><b>{label}</b></td><td style="{_CELL}">{shown}</td>'
    return f'<tr style="{_ROW}">{cells}</tr>'
