"""Network namespaces joined by a bridge: machines that reach each other by their addresses alone."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

NET = "10.213.71"  # private addresses (RFC 1918); .1 is the bridge, on this machine's side


@dataclass(frozen=True)
class Host:
    """A namespace with one address. before: the words that run a command there."""

    address: str
    before: tuple[str, ...]


def missing() -> str | None:
    """Why no namespaces can be had here, if so; found out by making one."""
    if os.getuid() != 0:
        return "network namespaces need root"
    for program, package in (("ip", "iproute2"), ("nsenter", "util-linux")):
        if shutil.which(program) is None:
            return f"{program} is missing: apt-get install {package}"
    try:
        with hosts(1):
            return None
    except subprocess.CalledProcessError as error:
        return f"this machine makes no network namespaces: {error.stderr.strip()}"


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """So many namespaces on one bridge, which this machine reaches too; all removed afterwards.

    Raises: subprocess.CalledProcessError: the system does not allow it.
    """
    tag = secrets.token_hex(3)
    bridge = f"br{tag}"
    with ExitStack() as stack:
        _ip("link", "add", bridge, "type", "bridge")
        stack.callback(_ip, "link", "delete", bridge)
        _ip("address", "add", f"{NET}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        found = []
        for number in range(2, count + 2):
            name, ours, theirs = f"course-{tag}-{number}", f"v{tag}o{number}", f"v{tag}t{number}"
            _ip("netns", "add", name)
            stack.callback(_ip, "netns", "delete", name)  # its end of the pair goes with it, and so the other one
            _ip("link", "add", ours, "type", "veth", "peer", "name", theirs)
            _ip("link", "set", theirs, "netns", name)
            _ip("link", "set", ours, "master", bridge, "up")
            _ip("-n", name, "address", "add", f"{NET}.{number}/24", "dev", theirs)
            _ip("-n", name, "link", "set", theirs, "up")
            _ip("-n", name, "link", "set", "lo", "up")
            # Not `ip netns exec`, which hides the control groups.
            found.append(Host(f"{NET}.{number}", ("nsenter", f"--net=/run/netns/{name}")))
        yield found


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
