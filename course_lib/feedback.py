"""Verdicts as text and as HTML."""

from __future__ import annotations

import html

from course_lib.verdict import Finding, Verdict

# Colours are mixed from the page's own, so the card reads in light and dark themes.
_CARD = (
    "border-left:4px solid {colour};padding:.4em .8em;margin:.2em 0;max-width:60em;"
    "font-family:sans-serif;font-size:14px;overflow-wrap:anywhere"
)
_LABEL = "text-align:left;vertical-align:top;white-space:nowrap;padding:.1em .8em .1em 0"
_GREEN, _RED = "#2e8b57", "#c0392b"


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
    colour = _GREEN if verdict.passed else _RED
    name = f"<code>{html.escape(verdict.exercise)}</code>"
    if verdict.finding is None:
        body = f"{name} {html.escape(verdict.summary or str(verdict.outcome))}"
        return f'<div style="{_CARD.format(colour=colour)}">{body}</div>'
    cells = "".join(_row(label, text) for label, text in rows(verdict.finding))
    head = f"{name} {html.escape(verdict.finding.case)}"
    return f'<div style="{_CARD.format(colour=colour)}">{head}<table>{cells}</table></div>'


def _row(label: str, text: str) -> str:
    shown = html.escape(text) if label == "try" else f"<code>{html.escape(text)}</code>"
    return f'<tr><td style="{_LABEL}"><b>{label}</b></td><td style="text-align:left">{shown}</td></tr>'
