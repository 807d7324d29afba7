"""A TCP proxy that makes a host far away, and counts how often its client waited for it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

# Bytes of one and of two of the ssh packets that carry nothing, in both of its usual ciphers: so much was read (a window
# adjustment), or a channel ends. They come at any time, also while a command works in silence. None with a command is as short.
ACKNOWLEDGEMENTS = (36, 72)


class DelayingProxy:
    """Forwards connections on a free loopback port to `target`; every byte takes half of `rtt` seconds each way.

    connections: how many were opened.
    round_trips: how often a client sent something while the host was silent, and then got something back. What the client
    sends while output is on its way holds nothing up and is not counted, nor are ssh's ACKNOWLEDGEMENTS, for which nobody waits.
    ssh's own log-in counts too, because it is not to be told from the rest in the encrypted stream: measure a log-in that does
    nothing and subtract.
    """

    def __init__(self, target: tuple[str, int], rtt: float) -> None:
        self.connections = self.round_trips = 0
        self._target, self._delay = target, rtt / 2
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> DelayingProxy:
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop)
        self._server = starting.result()
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if self._delay:
                await asyncio.sleep(2 * self._delay)  # TCP's own handshake is a round trip
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.close()
            return
        turns = _Turns(self)
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._carry(reader, far_writer, arrived=turns.host_got, ended=turns.client_left),
                self._carry(far_reader, writer, left=turns.host_sent),
            )

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        left: Callable[[], None] = lambda: None,
        arrived: Callable[[float, int], None] = lambda left_at, size: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                left_at, data = await waiting.get()
                await asyncio.sleep(max(0.0, left_at + self._delay - time.monotonic()))
                if not data:
                    break
                arrived(left_at, len(data))
                writer.write(data)
                await writer.drain()
            writer.write_eof()

        delivery = asyncio.create_task(deliver())
        try:
            while data := await reader.read(65536):
                left()
                waiting.put_nowait((time.monotonic(), data))
        except OSError:
            pass
        ended()
        waiting.put_nowait((time.monotonic(), b""))
        await asyncio.gather(delivery, return_exceptions=True)


class _Turns:
    """Counts the round trips of one connection for its proxy."""

    def __init__(self, proxy: DelayingProxy) -> None:
        self._proxy = proxy
        self._host_sent_at = 0.0
        self._asked = self._greeted = False
        self._client_waits = True

    def host_got(self, left_at: float, size: int) -> None:
        """What the client sent at `left_at` arrives; it is a question when the host was silent all the while.

        Its first words are none: in ssh both sides greet unasked.
        """
        self._asked |= self._greeted and self._host_sent_at < left_at and size not in ACKNOWLEDGEMENTS
        self._greeted = True

    def host_sent(self) -> None:
        self._host_sent_at = time.monotonic()
        if self._asked and self._client_waits:
            self._proxy.round_trips += 1
            self._asked = False

    def client_left(self) -> None:
        """The client has hung up; what the host says to that is read by nobody."""
        self._client_waits = False
