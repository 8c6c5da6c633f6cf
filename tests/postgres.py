"""A PostgreSQL server for the tests, from Debian's package: its own folder, a socket in it, no port."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

USER = "postgres"  # made by Debian's package; the server refuses to run as root
DEBIAN = Path("/usr/lib/postgresql")  # a folder for each version; not in PATH


@dataclass(frozen=True)
class Server:
    """A server that runs. folder: its data and its socket."""

    folder: Path
    programs: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg2://{USER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """A new database, as a copy of `template`, to which nothing may be connected; its address."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{database}" TEMPLATE "{template}"'))
        engine.dispose()
        return self.url(database)

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        control(self, "start", "-o", settings, "-l", str(self.folder / "log"))

    def stop(self) -> None:
        control(self, "stop", "-m", "fast")


def missing() -> str | None:
    """What to install before `server` works, if anything."""
    if importlib.util.find_spec("psycopg2") is None:
        return "no driver for PostgreSQL: pip install psycopg2-binary"
    if programs() is None:
        return "no PostgreSQL server: apt-get install postgresql"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as root, and there is no runuser: apt-get install util-linux"
    return None


def programs() -> Path | None:
    """The folder of the server's programs, of the newest version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


@contextmanager
def server() -> Iterator[Server]:
    """A server with nothing in it, stopped and removed afterwards."""
    found = programs()
    assert found is not None, missing()
    folder = Path(tempfile.mkdtemp(prefix="postgres"))  # short: the name of a socket has a limit
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        made = Server(folder, found)
        run(found / "initdb", "-D", str(folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder)


def control(server: Server, *words: str) -> None:
    run(server.programs / "pg_ctl", "-D", str(server.folder / "data"), "-w", *words)


def run(program: Path, *words: str) -> None:
    """Run a program of the server, as its own user where this one is root."""
    other = ["runuser", "-u", USER, "--"] if os.getuid() == 0 else []
    # The server would keep a pipe open, so no output is taken here; it has its log.
    nowhere = subprocess.DEVNULL
    subprocess.run([*other, program, *words], cwd="/", stdin=nowhere, stdout=nowhere, stderr=nowhere, check=True)
