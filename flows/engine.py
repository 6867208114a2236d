"""Prefect, set up so that nothing has to be started: an embedded server in the home folder, offline and quiet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.errors import WrongUsageError
from flows.home import Home

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

SERVED_AT = "served.json"
"""In the home's prefect folder while `jixiao serve` is up: its address and process."""


def prepare_environment(home: Home, wait_seconds: int, quiet: bool = True) -> None:
    """Sets Prefect's variables where the user has not; call before prefect is imported for the first time.

    A server that the user names (PREFECT_API_URL), or that `jixiao serve` runs on this home, is used; else the
    embedded one, with its database in the home folder.
    """
    address = os.environ.get("PREFECT_API_URL") or served_address(home)
    if address:
        os.environ["PREFECT_API_URL"] = address
    defaults = {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(wait_seconds),
        # Nothing leaves this machine.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # The terminal belongs to the progress and the summary; the flow's log lines stand in Prefect's UI.
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL" if quiet else "INFO",
        "PREFECT_CLI_PROMPT": "false",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def served_address(home: Home) -> str | None:
    """The address of the server that `jixiao serve` runs on this home, None when none is up."""
    try:
        said = json.loads((home.prefect / SERVED_AT).read_text("utf-8"))
        os.kill(said["pid"], 0)
    except (OSError, ValueError, KeyError):
        return None
    return said["address"]


def is_embedded() -> bool:
    """Whether runs use the embedded server."""
    return not os.environ.get("PREFECT_API_URL")


@contextmanager
def light_engine() -> Iterator[None]:
    """Leaves out the heartbeat of flows on the embedded server: it dies with the run, so nobody listens."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    if not is_embedded():
        yield
        return
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def task_runner(where: str, batches_at_a_time: int) -> TaskRunner[Any]:
    """The runner of the batches: `threads`, `dask:ADDRESS` or `ray:ADDRESS`.

    Threads hand each batch to reading processes of their own: on the embedded server that is ten times the rate
    of Prefect's process, Dask or Ray runners, each of whose workers would start a server. Raises
    WrongUsageError for another name, a missing package, or a cluster without a Prefect server.
    """
    kind, _, address = where.partition(":")
    if kind == "threads":
        from prefect.task_runners import ThreadPoolTaskRunner

        return ThreadPoolTaskRunner(max_workers=batches_at_a_time)
    if kind not in ("dask", "ray"):
        raise WrongUsageError(f"JIXIAO_TASK_RUNNER={where} 无法识别；可用：threads、dask:地址、ray:地址")
    if is_embedded():
        raise WrongUsageError(
            f"使用 {kind} 集群时必须设置 PREFECT_API_URL，指向各节点都能访问的 Prefect 服务"
        )
    try:
        if kind == "dask":
            from prefect_dask import DaskTaskRunner  # pyright: ignore[reportMissingImports]

            return DaskTaskRunner(address=address or None)
        from prefect_ray import RayTaskRunner  # pyright: ignore[reportMissingImports]

        return RayTaskRunner(address=address or None)
    except ImportError as error:
        raise WrongUsageError(f"使用 {kind} 集群需要安装软件包 prefect-{kind}（各节点都要装）") from error
