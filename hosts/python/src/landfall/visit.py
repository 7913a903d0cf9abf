"""A request of a browser, in whatever form a framework has it."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote

from .core import MESSAGES, Field, Step

KEY = 'landfall'
HEADERS = MESSAGES['REQUEST_HEADER']
# What a path may hold as it is (RFC 3986 3.3).
PATH = "/:@!$&'()*+,;=~"


class Visit:
    """A request: what the core reads of it, and what the answer gets."""

    read: Callable[[int], Awaitable[bytes]]
    call: Callable[..., Awaitable[Any]]

    def __init__(self, source: Any, method: str, url: str, get: Callable[[str], str | None]) -> None:
        """Take the method, the complete URL, and a function that gives a header by its name with `_`."""
        self.source = source
        self.method = method
        self.url = url
        self.headers = [get(name) or '' for name in HEADERS]
        self.auth: Any = None
        self.fetched: tuple[Step, dict[str, Field]] | None = None
        self.is_ours = False
        self.more: list[tuple[str, str]] = []
        self.cookies: dict[str, str] = {}

    @property
    def path(self) -> str:
        """The path as it came."""
        return self.url.partition('://')[2].partition('?')[0]

    def set_cookies(self, lines: list[str], *, written: bool) -> None:
        """Leave Set-Cookie values for the answer; those of a session that was written win."""
        for line in lines:
            name = line.partition('=')[0]
            if written or name not in self.cookies:
                self.cookies[name] = line


def of_scope(scope: Mapping[str, Any]) -> Visit:
    """Read a scope of ASGI."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope['headers']:
        name, value = raw_name.decode('latin-1').lower().replace('-', '_'), raw_value.decode('latin-1')
        joint = '; ' if name == 'cookie' else ', '
        headers[name] = f'{headers[name]}{joint}{value}' if name in headers else value
    raw = scope.get('raw_path')
    path = raw.decode('latin-1') if raw else quote(scope['path'], safe=PATH)
    query = scope.get('query_string', b'').decode('latin-1')
    url = f'{scope["scheme"]}://{headers.get("host", "")}{path}' + (f'?{query}' if query else '')
    return Visit(scope, scope.get('method', 'GET'), url, headers.get)


def of_environ(environ: Mapping[str, Any]) -> Visit:
    """Read an environ of WSGI; servers that give the undecoded path have it in REQUEST_URI or RAW_URI."""

    def get(name: str) -> str | None:
        return environ.get(f'HTTP_{name.upper()}') or environ.get(name.upper())

    path = quote((environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', '')).encode('latin-1'), safe=PATH)
    query = environ.get('QUERY_STRING')
    target = environ.get('REQUEST_URI') or environ.get('RAW_URI') or (f'{path}?{query}' if query else path)
    url = f'{environ["wsgi.url_scheme"]}://{environ.get("HTTP_HOST", "")}{target}'
    return Visit(environ, environ['REQUEST_METHOD'], url, get)


def of_request(request: Any) -> Visit:
    """Find or make the visit of a request: of Starlette, Flask, Django, a scope, an environ, anything with headers."""
    for candidate in (request, *(getattr(request, name, None) for name in ('scope', 'environ', 'META'))):
        if isinstance(candidate, MutableMapping):
            visit = candidate.get(KEY)
            if isinstance(visit, Visit):
                return visit
            return of_scope(candidate) if 'headers' in candidate else of_environ(candidate)
    headers = request.headers
    url, method = str(getattr(request, 'url', '/')), getattr(request, 'method', 'GET')
    return Visit(request, method, url, lambda name: headers.get(name.replace('_', '-')))
