"""One Prefect server for the session (a run of its own server costs 12 s), one inbox, one finished home."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.engine import prepare_environment
from flows.home import Home
from tests.flows.running import run


@pytest.fixture(scope="session")
def engine(tmp_path_factory) -> Iterator[str]:
    """A real Prefect server, as `jixiao serve` starts it; gives its address."""
    from flows.serving import prefect_server

    home = Home.at(tmp_path_factory.mktemp("engine")).make()
    home.prefect.mkdir()
    kept = dict(os.environ)
    prepare_environment(home, wait_seconds=120)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with prefect_server(home, port, wait_seconds=120) as address:
        os.environ["PREFECT_API_URL"] = address
        from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_LEVEL, temporary_settings

        with temporary_settings({PREFECT_API_URL: address, PREFECT_LOGGING_LEVEL: "CRITICAL"}):
            yield address
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> Path:
    """An inbox as on deadline day: reports in many formats, a bundle, a duplicate, damaged and other files."""
    from flows.demo import date_files
    from flows.samples.demo import write_demo

    folder = tmp_path_factory.mktemp("samples") / "inbox"
    date_files(write_demo(folder, 14, 1))
    for path in [*folder.iterdir(), folder]:
        path.chmod(path.stat().st_mode & 0o555)
    return folder


@pytest.fixture
def inbox(samples, tmp_path) -> Path:
    """A copy of the samples that a test may change."""
    copied = Path(shutil.copytree(samples, tmp_path / "inbox"))
    for path in [copied, *copied.iterdir()]:
        path.chmod(path.stat().st_mode | 0o200)
    return copied


@pytest.fixture(scope="session")
def finished(engine, samples, tmp_path_factory) -> Path:
    """A home after one whole run; tests that write take a copy."""
    home = tmp_path_factory.mktemp("finished") / "home"
    run(home, samples)
    return home


@pytest.fixture
def home(finished, tmp_path) -> Path:
    """A copy of the finished home."""
    return Path(shutil.copytree(finished, tmp_path / "home"))
