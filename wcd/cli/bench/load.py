"""A load client in processes of its own: kept connections, requests made beforehand, answers read to their end.

No dependency on tools of the machine; one process sends some twenty thousand small requests a second, so two of
them are not the limit of anything measured here.
"""

import multiprocessing
import re
import selectors
import socket
import time
from collections.abc import Sequence

import msgspec

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


class Load(msgspec.Struct, frozen=True):
    """What a run of load measured. Times in seconds."""

    requests: int
    seconds: float
    bad: int
    times: list[float]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The time within which this share of the requests was answered, in seconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(
    port: int, requests: Sequence[bytes], *, connections: int = 8, seconds: float = 5.0, processes: int = 2
) -> Load:
    """Send the requests in turn over kept connections for a while, from several processes."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        share = max(1, connections // processes)
        parts = [list(requests[n::processes]) or list(requests) for n in range(processes)]
        loads = pool.starmap(_drive, [(port, part, share, seconds, time.time() + 0.5) for part in parts])
    return Load(
        requests=sum(load.requests for load in loads),
        seconds=max(load.seconds for load in loads),
        bad=sum(load.bad for load in loads),
        times=[taken for load in loads for taken in load.times],
    )


def get(path: str, port: int, **headers: str) -> bytes:
    """A GET as a browser on this machine would send it."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{more}\r\n".encode()


def post(path: str, port: int, body: bytes, kind: str, **headers: str) -> bytes:
    """A POST with a body."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n"
    return f"{head}{more}\r\n".encode() + body


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.buffer = b""

    def send(self, request: bytes) -> None:
        """Ask, and note when."""
        self.buffer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def answered(self) -> int:
        """The status when the answer is whole, else 0."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed a kept connection")
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return 0
        length = _LENGTH.search(head)
        return int(head[9:12]) if len(body) >= (int(length[1]) if length else 0) else 0


def _drive(port: int, requests: list[bytes], connections: int, seconds: float, begin: float) -> Load:
    time.sleep(max(0.0, begin - time.time()))
    chosen = selectors.DefaultSelector()
    place = bad = 0
    times: list[float] = []
    for _ in range(connections):
        line = Line(port)
        chosen.register(line.socket, selectors.EVENT_READ, line)
        line.send(requests[place % len(requests)])
        place += 1
    started = time.perf_counter()
    end = started + seconds
    while (clock := time.perf_counter()) < end:
        for key, _ in chosen.select(timeout=0.1):
            line = key.data
            status = line.answered()
            if not status:
                continue
            clock = time.perf_counter()
            times.append(clock - line.sent_at)
            bad += status >= 400
            line.send(requests[place % len(requests)])
            place += 1
    taken = clock - started
    for key in list(chosen.get_map().values()):
        key.data.socket.close()
    return Load(len(times), taken, bad, times)
