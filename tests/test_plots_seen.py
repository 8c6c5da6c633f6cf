"""What people see: axes with names, lines that can be told apart, and a text for each picture."""

from __future__ import annotations

import base64
import os
import warnings
from itertools import combinations
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from pictures import functions, inputs

from course_lib import alt_texts, figures

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What eyes without one kind of cone see, in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
DEUTERANOPIA = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
PROTANOPIA = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
WHITE = [0.95047, 1, 1.08883]
APART = 20  # of Lab's distance; a step that one can just see is about 2
NAMES = sorted(functions())


def linear(colour: str) -> np.ndarray:
    """RGB as light. Raises: ValueError: no colour."""
    values = np.array(to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """Where a light lies in the space in which distances are those that people see."""
    parts = np.array(XYZ) @ light / WHITE
    parts = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])])


def apart(one: str, other: str, eyes: list[list[float]]) -> float:
    """How far two colours are apart for such eyes."""
    seen = [lab(np.clip(np.array(eyes) @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(colour: str) -> float:
    """With white, as WCAG counts it."""
    return 1.05 / (linear(colour) @ [0.2126, 0.7152, 0.0722] + 0.05)


@pytest.fixture(scope="module")
def all_drawn(tmp_path_factory: pytest.TempPathFactory):
    """What every function draws, by its name: figure and text."""
    arguments = inputs(tmp_path_factory.mktemp("log"))
    found: dict[str, tuple[Figure, str]] = {}
    for name, (module, function) in functions().items():
        shown: list[tuple[Figure, str]] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "show", lambda figure, alt, shown=shown: shown.append((figure, alt)))
            patch.setitem(matplotlib.rcParams, "figure.max_open_warning", 0)
            function(*arguments[name])
        (found[name],) = shown
        found[name][0].canvas.draw()
    yield found
    for figure, _ in found.values():
        plt.close(figure)


@pytest.fixture
def drawn(request: pytest.FixtureRequest, all_drawn: dict[str, tuple[Figure, str]]) -> tuple[Figure, str]:
    """The figure that a function draws, and its text."""
    return all_drawn[request.param]


every_picture = pytest.mark.parametrize("drawn", NAMES, indirect=True)


def says_what(axis: Axis) -> bool:
    """Whether an axis has a name, or ticks that are names themselves, or no ticks."""
    labels = [label.get_text() for label in axis.get_ticklabels()]
    words = bool(labels) and not all(label.replace("−", "-").lstrip("-").replace(".", "").isdigit() for label in labels)
    return bool(axis.get_label_text()) or not len(axis.get_ticklocs()) or words


def test_every_function_is_tried(tmp_path: Path):
    assert set(inputs(tmp_path)) == set(NAMES)
    assert len(NAMES) > 70


@every_picture
def test_axes_have_names(drawn: tuple[Figure, str]):
    figure, _ = drawn
    shown = [axes for axes in figure.axes if axes.axison]
    for axes in shown:
        across = [one for one in shown if one is axes or axes.get_shared_x_axes().joined(axes, one)]
        up = [one for one in shown if one is axes or axes.get_shared_y_axes().joined(axes, one)]
        if axes.get_label() != "<colorbar>":
            assert any(says_what(one.xaxis) for one in across), "no name below"
        assert any(says_what(one.yaxis) for one in up), "no name beside"


@every_picture
def test_it_has_a_text_of_what_is_drawn(drawn: tuple[Figure, str]):
    _, alt = drawn
    assert 25 <= len(alt) <= alt_texts.LONGEST
    assert "\n" not in alt and "Figure size" not in alt
    assert any(sign.isdigit() for sign in alt)


@every_picture
def test_lines_are_told_apart_without_colours(drawn: tuple[Figure, str]):
    figure, _ = drawn
    for axes in figure.axes:
        lines = [line for line in axes.lines if not line.get_label().startswith("_")]
        looks = [(line.get_marker(), line.get_linestyle(), line.get_linewidth()) for line in lines]
        assert len(set(looks)) == len(looks), [line.get_label() for line in lines]
        if len(lines) > 1:
            assert axes.get_legend() or figure.legends or any(one.get_legend() for one in figure.axes)


@every_picture
def test_what_is_written_can_be_read(drawn: tuple[Figure, str]):
    figure, _ = drawn
    written = [text for text in figure.findobj(plt.Text) if text.get_visible() and text.get_text().strip()]
    assert min(text.get_fontsize() for text in written) >= 8


@pytest.mark.parametrize(
    "eyes", [DEUTERANOPIA, PROTANOPIA, np.eye(3).tolist()], ids=["deuteranopia", "protanopia", "all"]
)
def test_colours_are_apart_for_colour_blind_eyes(eyes: list[list[float]]):
    close = {(one, two): apart(one, two, eyes) for one, two in combinations(figures.COLOURS, 2)}
    assert min(close.values()) > APART, close


def test_the_measure_knows_colours_that_are_not():
    assert apart("#8e5ea2", "#2f6690", DEUTERANOPIA) < APART / 2 < apart("#8e5ea2", "#2f6690", np.eye(3).tolist())


def test_colours_stand_out_from_white():
    assert min(contrast(colour) for colour in figures.COLOURS) >= 3  # WCAG 2.2, 1.4.11
    assert min(contrast(colour) for colour in (figures.ORANGE, figures.BLUE, figures.INK)) >= 4.5  # they also write


def test_lines_without_values_have_a_text():
    assert alt_texts.curves("loss", {"none": ([], []), "not a number": ([1], [float("nan")])}) == (
        "loss: none without values; not a number without values"
    )


def test_long_texts_are_cut_and_say_so():
    many = {f"a model with a long name, number {number}": number / 40 for number in range(40)}
    assert "40 bars" in alt_texts.values("accuracy", many)
    text = alt_texts.described("what", list(many))
    assert text.endswith("more") and len(text) <= alt_texts.LONGEST
    assert len(alt_texts.described("what " * 99, ["part"])) == alt_texts.LONGEST


def test_a_script_without_a_window_is_not_disturbed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert matplotlib.get_backend().lower() == "agg"
    open_before = plt.get_fignums()
    for told in ("0", "1"):
        monkeypatch.setitem(os.environ, "COURSE_ALT", told)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figures.show(plt.figure(), "a text")
        assert capsys.readouterr().out == ("a text\n" if told == "1" else "")
    assert plt.get_fignums() == open_before


@pytest.mark.slow
def test_a_notebook_keeps_the_text_with_the_picture():
    code = 'from course_lib import plots\nplots.bars({"<b>": 0.5}, "share")\nprint("after")'
    notebook = new_notebook(cells=[new_code_cell(code), new_code_cell("1")])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    picture, text = notebook.cells[0].outputs
    assert picture.metadata["image/png"]["alt"] == picture.data["text/plain"] == "share: <b> 50%"
    assert base64.b64decode(picture.data["image/png"]).startswith(b"\x89PNG")
    assert text.text == "after\n"
    assert [output.output_type for output in notebook.cells[1].outputs] == ["execute_result"]
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    (image,) = BeautifulSoup(page, "html.parser").select("img")
    assert image["alt"] == "share: <b> 50%"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_pictures_of_lessons_have_their_text_on_the_page(path: Path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    texts = [output.metadata.get("image/png", {}).get("alt", "") for output in pictures]
    assert texts and all(25 <= len(text) <= alt_texts.LONGEST for text in texts)
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    images = BeautifulSoup(page, "html.parser").select("img")
    assert [image.get("alt") for image in images] == texts
