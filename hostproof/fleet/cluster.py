"""The Dask cluster: shards go out as tasks; each comes back as files, or as the reason why it did not."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hostproof.errors import UsageError
from hostproof.fleet.task import Came, judge_shard
from hostproof.sharding import Shard
from hostproof.text import one_line

CONNECTING = 20  # seconds
PAUSE = 0.2  # seconds between two looks
RETRIES = 2  # for a task that raised; Dask itself repeats those whose worker died, up to its allowed-failures
INSTALL = "this needs dask.distributed: pip install 'hostproof[cluster]' (or --require-hashes -r requirements/cluster.lock)"


class Cluster:
    """A scheduler and the certificate to show it. wait: seconds that a shard may be without any worker for it."""

    def __init__(self, address: str, ca: str, certificate: str, key: str, wait: float) -> None:
        """Raises UsageError without dask.distributed, or for an address that is not tls://."""
        try:
            import distributed
        except ImportError:
            raise UsageError(INSTALL) from None
        if not address.startswith("tls://"):
            raise UsageError(f"--scheduler={ascii(address)[:100]}: only tls://HOST:PORT is used, with certificates on both sides")
        self._distributed: Any = distributed
        self._address = address
        self._files = {"tls_ca_file": ca, "tls_client_cert": certificate, "tls_client_key": key}
        self._wait = wait

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection to the scheduler. Raises UsageError when there is none to be had."""
        logging.disable()  # Dask logs tracebacks when it loses somebody; what matters becomes a reason
        try:
            security = self._distributed.Security(require_encryption=True, **self._files)
            client = self._distributed.Client(
                self._address, security=security, timeout=CONNECTING, name="hostproof", set_as_default=False
            )
        except (OSError, ValueError, TypeError) as error:
            what = one_line(str(error) or type(error).__name__)
            raise UsageError(f"cannot connect to the scheduler {self._address}: {what}") from None
        try:
            yield Connection(client, self._wait)
        finally:
            client.close(timeout=CONNECTING)


class Connection:
    """Sends shards to a cluster's workers. interrupted: whether somebody ended it before all were back."""

    def __init__(self, client: Any, wait: float) -> None:
        self._client = client
        self._wait = wait
        self.interrupted = False

    def judge(self, shards: Sequence[Shard], arguments: list[str]) -> Iterator[tuple[Shard, Came]]:
        """Each shard as soon as it is back, or when there is no hope for it any more."""
        run = next(a.removeprefix("--run=") for a in arguments if a.startswith("--run="))
        waiting = {shard: self._submit(shard, run, arguments) for shard in shards}
        seen = dict.fromkeys((_resource(shard) for shard in shards), time.monotonic())
        try:
            while waiting:
                time.sleep(PAUSE)
                for resource in self._offered(seen):
                    seen[resource] = time.monotonic()
                for shard, came in self._back(waiting, seen):
                    self._client.cancel([waiting.pop(shard)])
                    yield shard, came
        except KeyboardInterrupt:
            self.interrupted = True
            self._client.cancel(list(waiting.values()))
            for shard in waiting:
                yield shard, Came({}, "the run was interrupted")

    def _submit(self, shard: Shard, run: str, arguments: list[str]) -> Any:
        resource = _resource(shard)
        return self._client.submit(
            judge_shard,
            shard,
            run,
            arguments,
            key=f"hostproof-{run}-{shard}-{time.time_ns()}",
            pure=False,
            retries=RETRIES,
            resources={resource: 1} if resource else None,
        )

    def _back(self, waiting: dict[Shard, Any], seen: dict[str, float]) -> list[tuple[Shard, Came]]:
        known = {shard: self._came(future) for shard, future in waiting.items()}
        now = time.monotonic()
        for shard, came in known.items():
            if came is None and now - seen[_resource(shard)] > self._wait:
                known[shard] = Came({}, f"no worker {_with(_resource(shard))}was there for {self._wait:.0f} s")
        return [(shard, came) for shard, came in known.items() if came is not None]

    def _came(self, future: Any) -> Came | None:
        """None as long as it may still come."""
        if future.status == "pending":
            return None
        if future.status in ("cancelled", "lost"):
            return Came({}, "the connection to the scheduler was lost")
        try:
            came = future.result(timeout=CONNECTING)
        except TimeoutError:
            return None
        except Exception as error:  # the task's own, or whatever lost it: its workers, the scheduler
            return Came({}, f"its task failed: {one_line(f'{type(error).__name__}: {error}')}")
        return came if isinstance(came, Came) else Came({}, "its worker runs another version of Hostproof")

    def _offered(self, resources: dict[str, float]) -> list[str]:
        """Those of `resources` that some worker has now; "" is what any worker has."""
        if self._client.status != "running":
            return []
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        offered = {name for worker in workers for name, amount in (worker.get("resources") or {}).items() if amount >= 1}
        return [name for name in resources if name in offered or (not name and workers)]


def _resource(shard: Shard) -> str:
    return f"zone-{shard.zone}" if shard.zone else ""


def _with(resource: str) -> str:
    return f"with the resource {resource}=1 " if resource else ""
