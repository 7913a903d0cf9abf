"""The step `fetch`: requests to providers, and the responses that the core calls good."""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from errno import errorcode
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from .core import Field, Step

CHUNK = 65536
MAX_KEPT = 32
GZIP_OR_ZLIB = 47
# X509_V_ERR_…: the authority is unknown. An expired certificate or another host is another failure.
UNTRUSTED = {2, 7, 18, 19, 20, 21, 22, 27, 28}

Fetch = Callable[..., AbstractContextManager[Any]]
"""What `fetch` is; the app's own may call it with another URL."""


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _shut(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError, TypeError):  # It may be closed, or not open yet.
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


@contextmanager
def fetch(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None, seconds: float) -> Iterator[Any]:
    """Send a request, and shut its connection after so many seconds.

    The response has `status`, `headers` and `read1`. Nothing is undone, followed or kept: no coding, redirect or cookie.
    """
    parts = urlsplit(url)
    end = time.monotonic() + seconds
    connection = (
        HTTPSConnection(parts.netloc, timeout=seconds, context=_tls())
        if parts.scheme == 'https'
        else HTTPConnection(parts.netloc, timeout=seconds)
    )
    timer = threading.Timer(seconds, _shut, [connection])
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        if time.monotonic() >= end:  # The timer found no connection.
            raise TimeoutError
        target = f'{parts.path or "/"}?{parts.query}' if parts.query else parts.path or '/'
        connection.request(method, target, body, {'user-agent': 'landfall', **headers})
        with connection.getresponse() as response:
            yield response
    finally:
        timer.cancel()
        connection.close()


def _read(response: Any, max_bytes: int, end: float) -> bytes:
    """Read a body without its coding, and no further than a byte more than it may have."""
    is_zipped = response.headers.get('content-encoding', '').lower() in ('gzip', 'x-gzip', 'deflate')
    unzip = zlib.decompressobj(GZIP_OR_ZLIB) if is_zipped else None
    body = bytearray()
    while len(body) <= max_bytes:
        chunk = response.read1(CHUNK)
        if time.monotonic() >= end:
            raise TimeoutError
        if not chunk:
            if getattr(response, 'length', 0) or (unzip and not unzip.eof):
                raise ConnectionError
            break
        body += unzip.decompress(chunk, max_bytes + 1 - len(body)) if unzip else chunk
    return bytes(body)


def _exchange(send: Fetch, step: Step) -> dict[str, Field]:
    seconds, max_bytes = int(step['deadline']) / 1000, int(step['max_bytes'])
    end = time.monotonic() + seconds
    body = step['body'].encode() or None
    try:
        with send(step['method'], step['url'], headers=dict(step.pairs), body=body, seconds=seconds) as response:
            status = response.status
            if status in range(300, 400):
                return {'failure': 'redirect', 'status': str(status)}
            answer = _read(response, max_bytes, end)
            if len(answer) > max_bytes:
                return {'failure': 'too_large', 'status': str(status)}
            names = {'content_type': 'content-type', 'retry_after': 'retry-after'}
            texts = {field: str(response.headers.get(name, '')) for field, name in names.items()}
            return {'status': str(status), 'answer': answer, **texts}
    except Exception as error:
        code = getattr(error, 'verify_code', None)
        is_late = isinstance(error, TimeoutError) or time.monotonic() >= end
        failure = 'timeout' if is_late else 'tls' if code in UNTRUSTED else 'network'
        number: Any = getattr(error, 'errno', None)
        return {'failure': failure, 'cause': errorcode.get(number, type(error).__name__)}


class Transport:
    """Makes the requests that the core asks for, and keeps the responses that it calls good."""

    def __init__(self, send: Fetch) -> None:
        """Take the function that sends."""
        self._send = send
        self._kept: dict[str, tuple[float, bool, dict[str, Field]]] = {}
        self._lock = threading.Lock()

    def perform(self, step: Step) -> tuple[dict[str, Field], bool]:
        """Carry out FETCH: the fields of REQUEST that it brings, and whether they came from the provider just now."""
        time.sleep(int(step['delay']) / 1000)
        max_age = int(step['max_age'])
        at, again, old = self._kept.get(step['url'], (0.0, False, None)) if max_age else (0.0, False, None)
        if old and time.monotonic() - at <= max_age and (again or step['again'] != '1'):
            return old, False
        return _exchange(self._send, step), max_age > 0

    def keep(self, step: Step, result: dict[str, Field]) -> None:
        """Keep a good response; the oldest one leaves where there are too many."""
        with self._lock:
            self._kept.pop(step['url'], None)
            self._kept[step['url']] = (time.monotonic(), step['again'] == '1', result)
            if len(self._kept) > MAX_KEPT:
                self._kept.pop(next(iter(self._kept)))
