"""Cluster: an address → a client of the dask scheduler there; None → of workers on this machine, for one run."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govstats.catalog.version import version
from govstats.corpus.engines import lanes
from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.sources import Source

_PATIENCE = 5
"""Seconds for a scheduler to answer."""
_WORKERS = 10
"""Seconds for the first worker to come."""
_QUIET = {"distributed.admin.large-graph-warning-threshold": "64 MiB"}
"""A chunk that carries the members of an archive is larger than what dask finds usual; it is bounded by us."""


@contextmanager
def connected(scheduler: str | None, jobs: int | None) -> Iterator[Any]:
    """A `distributed.Client`, closed at the end. Raises UsageError where there is no scheduler, or no worker."""
    import dask
    from distributed.utils import silence_logging_cmgr

    with dask.config.set(_QUIET), silence_logging_cmgr(logging.CRITICAL):
        if scheduler is None:
            yield from _on_this_machine(jobs)
        else:
            yield from _at(scheduler)


def _on_this_machine(jobs: int | None) -> Iterator[Any]:
    """Workers that are threads of this process: each hands its chunks to a process of its own, see `lanes`."""
    from distributed import Client, LocalCluster

    from govstats.corpus.engines.pool import default_jobs

    with (
        LocalCluster(
            n_workers=jobs or default_jobs(),
            threads_per_worker=1,
            processes=False,
            memory_limit=None,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _at(scheduler: str) -> Iterator[Any]:
    from distributed import Client

    try:
        _knock(scheduler)
        client = Client(scheduler, timeout=_PATIENCE, name="govstats", set_as_default=False)
    except (OSError, ValueError) as error:
        raise _nobody(scheduler, error) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError as error:
            raise no_workers() from error
        yield client


def _knock(scheduler: str) -> None:
    """Raises OSError or ValueError where nobody listens; a Client that was refused would be slow to give up."""
    from distributed.comm import get_address_host_port, parse_address

    if parse_address(scheduler)[0] in {"tcp", "tls", "ws", "wss"}:
        with socket.create_connection(get_address_host_port(scheduler), timeout=_PATIENCE):
            pass


def check_workers(client: Any, source: Source) -> None:
    """Raises UsageError where workers have another govstats, or cannot see a file that is here."""
    path = _seen_here(source)
    for address, told in client.run(lanes.look, path, on_error="return").items():
        if isinstance(told, Exception):
            raise lanes.other_version(f"{address}: {told}")
        found, seen = told
        if found != version():
            raise lanes.other_version(f"{address}: {found} ≠ {version()}")
        if not seen:
            raise UsageError(
                Text(f"工作机 {address} 看不到 {path}。", f"The worker {address} cannot see {path}."),
                Text(
                    "请把文件放在各台机器都能按同一路径读到的共享文件夹里，或用网址（如 s3://）。",
                    "Put the files in a folder that every machine sees under the same path, or name them by URL (s3://).",
                ),
            )


def _seen_here(source: Source) -> str | None:
    """The path of a file of this machine, or of a shared folder; None for what is sent or named by URL."""
    if source.given is None and source.is_local and Path(source.place).exists():
        return source.place
    return None


def no_workers() -> UsageError:
    """Nobody is there to read."""
    return UsageError(
        Text("调度器没有工作机。", "The scheduler has no workers."),
        Text("请先启动：dask worker 地址。", "Start some first: dask worker ADDRESS."),
    )


def _nobody(scheduler: str, error: Exception) -> UsageError:
    why = reason(error)
    return UsageError(
        Text(f"连不上调度器 {scheduler}：{why.zh}。", f"No scheduler can be reached at {scheduler}: {why.en}."),
        Text("请检查地址，如 tcp://主机:8786。", "Check the address, as in tcp://host:8786."),
    )
