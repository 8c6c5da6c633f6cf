"""A real browser for the tests, the system's Chromium, and Jupyter's real server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / ".screenshots"  # kept for people to look at; git ignores them
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: sudo apt-get install chromium")
START_S = 60.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])  # tests may run as root
        yield browser
        browser.close()


def shoot(page: Page, name: str, whole: bool = True) -> Path:
    """Keep a picture of the page (with `whole`, of all that can be scrolled to) as .screenshots/<name>.png."""
    SHOTS.mkdir(exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    return path


def serious(page: Page, within: str | None = None) -> list[str]:
    """Serious and critical findings of axe on a page, or on what the CSS selector `within` names: rule and place."""
    found = Axe().run(page, context=within)
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found.response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@dataclass(frozen=True)
class Jupyter:
    """A running server. address: with a slash at its end."""

    address: str
    token: str

    def url(self, path: str = "") -> str:
        return f"{self.address}{path}?token={self.token}"


@contextmanager
def jupyter(folder: Path, here: Path) -> Iterator[Jupyter]:
    """JupyterLab's server in `folder`, on a free port; its settings, kernels' files and log lie in `here`."""
    here.mkdir(parents=True, exist_ok=True)
    places = {f"JUPYTER_{kind}_DIR": str(here / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **places, "JUPYTERLAB_SETTINGS_DIR": str(here / "settings")}
    words = ["--no-browser", "--allow-root", "--ServerApp.port=0", f"--ServerApp.root_dir={folder}"]
    with open(here / "server.log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *words], cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        yield _wait_for(server, here)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], here: Path) -> Jupyter:
    """The server's address, from the file that it writes once it listens."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and server.poll() is None:
        for path in (here / "runtime").glob(f"jpserver-{server.pid}.json"):
            try:
                said = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:  # it is being written
                continue
            return Jupyter(said["url"], said["token"])
        time.sleep(0.1)
    raise RuntimeError(f"Jupyter did not start:\n{(here / 'server.log').read_text(errors='replace')[-2000:]}")
