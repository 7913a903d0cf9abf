"""The step `fetch`: requests to providers, and the responses that the core calls good."""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from .core import Field, Step

MAX_KEPT = 32
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
            content_type, retry_after = (
                str(response.headers.get(name, '')) for name in ('content-type', 'retry-after')
            )
            return {
                'status': str(response.status),
                'content_type': content_type,
                'retry_after': retry_after,
                'answer': answer,
            }
    except Exception as error:
        is_late = isinstance(error, TimeoutError) or time.monotonic() >= end
        failure = 'tls' if getattr(error, 'verify_code', None) in UNTRUSTED else 'network'
        return {'failure': 'timeout' if is_late else failure, 'cause': type(error).__name__}


class Transport:
    """Makes the requests that the core asks for, and keeps the responses that it calls good."""

    def __init__(self, send: Fetch) -> None:
        """Take the function that sends."""
        self._send = send
        self._kept: dict[str, tuple[float, bool, dict[str, Field]]] = {}
        self._lock = threading.Lock()

    def perform(self, step: Step) -> dict[str, Field]:
        """Carry out FETCH: the fields of REQUEST that it brings, of a kept response where the step takes one."""
        time.sleep(int(step['delay']) / 1000)
        at, again, old = self._kept.get(step['url'], (0.0, False, {}))
        if old and time.monotonic() - at <= int(step['max_age']) > 0 and (again or step['again'] != '1'):
            return old
        return _exchange(self._send, step)

    def keep(self, step: Step, result: dict[str, Field]) -> None:
        """Keep a good response, unless it is the kept one; the oldest leaves where there are too many."""
        with self._lock:
            if self._kept.get(step['url'], (0.0, False, {}))[2] is not result:
                self._kept.pop(step['url'], None)
                self._kept[step['url']] = (time.monotonic(), step['again'] == '1', result)
            if len(self._kept) > MAX_KEPT:
                self._kept.pop(next(iter(self._kept)))
