"""How the course's pictures look and are shown: colours, styles of lines, and a text for those who do not see them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
from IPython.core.getipython import get_ipython
from IPython.display import display
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

# Far enough apart for eyes that lack one kind of cone; a test measures it.
ORANGE, BLUE, GREY, GREEN, PURPLE, BROWN = "#c4500c", "#2f6690", "#808b9e", "#1a7f5a", "#962bd8", "#4c3816"
COLOURS = (ORANGE, BLUE, GREY, GREEN, PURPLE, BROWN)
PALE, INK = "#e3e7eb", "#5c677d"  # what is not there; grey writing
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCHES = ("", "//", "..", r"\\")  # of bars that stand side by side
MARKS_ON_A_LINE = 12

INLINE = ("inline", "module://matplotlib_inline.backend_inline")


def styles(colours: Sequence[Any] = COLOURS) -> Iterator[dict[str, Any]]:
    """Without end: one style for each line, with a marker for those who do not see the colour; dashes mean levels."""
    for colour, marker in zip(cycle(colours), cycle(MARKERS)):
        yield {"color": colour, "marker": marker, "markersize": 4.5}


def curve(axes: plt.Axes, xs: Any, ys: Any, name: str, style: dict[str, Any]) -> None:
    """A line with a name for the legend; xs, ys: of one length (N,). A long one has few markers."""
    axes.plot(xs, ys, label=name, markevery=max(1, len(ys) // MARKS_ON_A_LINE), **style)


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read on a colour."""
    red, green, blue = to_rgb(colour)
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.5 else "black"


def clean(axes: plt.Axes) -> None:
    """No frame above and to the right."""
    axes.spines[["top", "right"]].set_visible(False)


def show(figure: Figure, alt: str) -> None:
    """Show a figure with a text in its place for who does not see it, and close it; a script without a window does not.

    JupyterLab does not read out the text of a picture yet: with COURSE_ALT=1 it is printed below.
    """
    backend = str(matplotlib.get_backend())
    formatter = getattr(get_ipython(), "display_formatter", None)
    if backend in INLINE and formatter is not None:
        data, metadata = formatter.format(figure)
        data["text/plain"] = alt
        metadata.setdefault("image/png", {})["alt"] = alt
        display(data, metadata=metadata, raw=True)
        plt.close(figure)
    elif backend.lower() == "agg":
        plt.close(figure)
    else:
        plt.show()
    if os.environ.get("COURSE_ALT") == "1":
        print(alt)
