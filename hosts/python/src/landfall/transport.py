"""The step `fetch`: requests to providers, and the responses that the core calls good."""

import math
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from .core import Field, Step

MAX_KEPT_BYTES = 4 << 20
HEADS = ('content_type', 'retry_after')
GZIP_OR_ZLIB = 47
CHUNK = 65536
# X509_V_ERR_…: the authority is unknown. An expired certificate, or one of another host, is another failure.
UNTRUSTED = {2, 7, 18, 19, 20, 21, 22, 27, 28}
Fetch = Callable[..., AbstractContextManager[Any]]
"""What `fetch` is: the app's own may call it with another URL."""
get_tls = cache(ssl.create_default_context)


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # It may be closed by now.
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


@contextmanager
def fetch(method: str, url: str, *, headers: dict[str, str], body: bytes | None, seconds: float) -> Iterator[Any]:
    """Send a request, and shut its connection after so many seconds.

    The response has `status`, `headers` and `read1`. It is as it came: no redirect is followed, and no coding undone.
    """
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=seconds)
    if parts.scheme == 'https':
        connection = HTTPSConnection(parts.netloc, timeout=seconds, context=get_tls())
    end = time.monotonic() + seconds
    timer = None
    try:
        connection.connect()
        # Each read has a limit of its own, and a server may send a byte for each: so the socket ends with the deadline.
        timer = threading.Timer(end - time.monotonic(), _shut, [connection.sock])
        timer.start()
        target = (parts.path or '/') + (f'?{parts.query}' if parts.query else '')
        connection.request(method, target, body, {'user-agent': 'landfall', **headers})
        with connection.getresponse() as response:
            yield response
    finally:
        if timer:
            timer.cancel()
        connection.close()


def _read(response: Any, max_bytes: int, end: float) -> bytes:
    """Read a body without its coding, and no further than a byte more than it may have."""
    is_zipped = response.headers.get('content-encoding', '').lower() in ('gzip', 'x-gzip', 'deflate')
    unzip = zlib.decompressobj(GZIP_OR_ZLIB) if is_zipped else None
    body = b''
    while len(body) <= max_bytes:
        chunk = response.read1(CHUNK)
        if time.monotonic() >= end:
            raise TimeoutError
        if not chunk and (getattr(response, 'length', None) or (unzip and not unzip.eof)):
            raise ConnectionError
        if not chunk:
            break
        body += unzip.decompress(chunk, max_bytes + 1 - len(body)) if unzip else chunk
    return body


class Response(dict[str, Field]):
    """The fields of REQUEST that FETCH brings, and when they came."""

    def __init__(self, step: Step, fields: dict[str, Field]) -> None:
        """Take the step that asked."""
        super().__init__(fields)
        self.at = time.monotonic()
        self.again = step['again'] == '1'

    @property
    def age(self) -> str:
        """Give the whole seconds since then."""
        return str(int(time.monotonic() - self.at))


def _exchange(send: Fetch, step: Step) -> dict[str, Field]:
    seconds, max_bytes = int(step['deadline']) / 1000, int(step['max_bytes'])
    end = time.monotonic() + seconds
    more: dict[str, Any] = {'headers': dict(step.pairs), 'body': step['body'].encode() or None, 'seconds': seconds}
    try:
        with send(step['method'], step['url'], **more) as response:
            if 300 <= response.status < 400:
                return {'failure': 'redirect', 'status': str(response.status)}
            answer = _read(response, max_bytes, end)
            if len(answer) > max_bytes:
                return {'failure': 'too_large', 'status': str(response.status)}
            heads = {name: str(response.headers.get(name.replace('_', '-'), '')) for name in HEADS}
            return {'status': str(response.status), 'answer': answer, **heads}
    except Exception as error:
        is_late = isinstance(error, TimeoutError) or time.monotonic() >= end
        failure = 'tls' if getattr(error, 'verify_code', None) in UNTRUSTED else 'network'
        return {'failure': 'timeout' if is_late else failure, 'cause': type(error).__name__}


class Memory:
    """Responses by a name: those that the core calls good, and those under way. The oldest leave first."""

    def __init__(self, most: int, seconds: float) -> None:
        """Take how many, and how long they stay."""
        self._most, self._seconds = most, seconds
        self._lock = threading.Lock()
        self.kept: dict[str, Response] = {}
        self.underway: dict[str, Future[Response]] = {}

    def join(
        self, step: Step, name: str, own: Future[Response], waited: Future[Response] | None = None
    ) -> Response | Future[Response]:
        """Give a kept response that is young enough, or one under way, but not the one that was `waited` for.

        Otherwise give `own`, for which others wait from now on.
        """
        max_age, patience, again = int(step['max_age']), int(step['patience']) / 1000, step['again'] == '1'
        with self._lock:
            kept = self.kept.get(name)
            if kept and time.monotonic() - kept.at <= max_age and (kept.again or not again):
                return kept
            other = self.underway.get(name)
            # Whoever asked may have gone before the core said whether it is good.
            is_left = other and other.done() and time.monotonic() - other.result().at > patience
            if other is None or other is waited or is_left:
                other = self.underway[name] = own
            return other

    def settle(self, name: str, response: Response, is_good: bool) -> None:
        """End the way of a response, and keep one that is good, where nobody forgot it or asked anew."""
        with self._lock:
            future, old = self.underway.get(name), self.kept.get(name)
            if not (future and future.done() and future.result() is response):
                return
            del self.underway[name]
            if not is_good or (old and old.at >= response.at):
                return
            self.kept.pop(name, None)
            self.kept[name] = response
            for oldest, one in list(self.kept.items()):
                size = sum(len(kept.get('answer', '')) for kept in self.kept.values())
                is_young = time.monotonic() - one.at <= self._seconds
                if is_young and len(self.kept) <= self._most and size <= MAX_KEPT_BYTES:
                    break
                del self.kept[oldest]

    def forget(self, beginning: str) -> None:
        """Drop the responses whose name begins so, also those under way."""
        with self._lock:
            for some in (self.kept, self.underway):
                for name in [name for name in some if name.startswith(beginning)]:
                    del some[name]


class Transport:
    """Makes the requests that the core asks for, and keeps the responses that it calls good."""

    def __init__(self, send: Fetch) -> None:
        """Take the function that sends."""
        self._send = send
        self.addresses, self.renewals = Memory(32, math.inf), Memory(1000, 60)

    def _place(self, step: Step) -> tuple[Memory, str]:
        return (self.renewals, step['cache_key']) if step['cache_key'] else (self.addresses, step['url'])

    def perform(self, step: Step) -> Response:
        """Carry out FETCH, with a kept response or one under way where the step takes it."""
        if delay := int(step['delay']):  # Even no time at all gives the turn to others.
            time.sleep(delay / 1000)
        if step['max_age'] == '0':
            return Response(step, _exchange(self._send, step))
        memory, name = self._place(step)
        own: Future[Response] = Future()
        found = memory.join(step, name, own)
        while found is not own:
            if isinstance(found, Response):
                return found
            with suppress(FutureTimeoutError):
                response = found.result(int(step['patience']) / 1000)
                if not response.get('failure'):
                    return response
            found = memory.join(step, name, own, found)
        response = Response(step, _exchange(self._send, step))
        own.set_result(response)
        return response

    def settle(self, step: Step, response: Response, is_good: bool) -> None:
        """Keep a response that the core calls good, where its step says for how long."""
        if step['max_age'] != '0':
            memory, name = self._place(step)
            memory.settle(name, response, is_good)
