"""A request of a browser, in whatever form a framework has it."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote

from .core import MESSAGES, Field, encode, fill

KEY = 'landfall'
HEADERS = MESSAGES['REQUEST_HEADER']
VARIABLES = ['CONTENT_TYPE' if name == 'content_type' else f'HTTP_{name.upper()}' for name in HEADERS]
PATH = "/:@!$&'()*+,;=~"
"""What a path may hold as it is (RFC 3986 3.3)."""


class Visit:
    """A request: what the core reads of it, how the server continues it, and what its answer gets."""

    auth: Any = None
    read: Callable[[int], Awaitable[bytes]]
    call: Callable[..., Awaitable[Any]]
    is_ours = False

    def __init__(self, source: Any, method: str, url: str, headers: list[str]) -> None:
        """Take the method, the complete URL, and the headers that the core reads."""
        self.source, self.method, self.url, self.headers = source, method, url, headers
        self.more: list[tuple[str, str]] = []
        self.cookies: dict[str, tuple[int, str]] = {}

    def to_fields(self, given: Mapping[str, Field]) -> list[bytes]:
        """Give the fields of REQUEST."""
        fields = fill('REQUEST', {'method': self.method, 'url': self.url, **given})
        return fields + [encode(header) for header in self.headers]

    def add_cookie(self, line: str, is_written: bool) -> None:
        """Add a Set-Cookie value: one that is written wins over one that is removed, and that over one renewed."""
        name, rank = line.partition('=')[0], 2 * is_written or int('; Max-Age=0;' in line)
        self.cookies[name] = max((rank, line), self.cookies.get(name, (0, '')), key=lambda one: one[0])


def of_scope(scope: Mapping[str, Any]) -> Visit:
    """Read a scope of ASGI."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope['headers']:
        name, value = raw_name.decode('latin-1').lower().replace('-', '_'), raw_value.decode('latin-1')
        joint = '; ' if name == 'cookie' else ', '
        headers[name] = f'{headers[name]}{joint}{value}' if name in headers else value
    target = (scope.get('raw_path') or quote(scope['path'], safe=PATH).encode()).decode('latin-1')
    if scope.get('query_string'):
        target += '?' + scope['query_string'].decode('latin-1')
    url = f'{scope["scheme"]}://{headers.get("host", "")}{target}'
    return Visit(scope, scope.get('method', 'GET'), url, [headers.get(name, '') for name in HEADERS])


def of_environ(environ: Mapping[str, Any]) -> Visit:
    """Read an environ of WSGI. Servers that keep the undecoded path have it in REQUEST_URI or RAW_URI."""
    target = environ.get('REQUEST_URI') or environ.get('RAW_URI')
    if not target:
        query, path = environ.get('QUERY_STRING'), environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', '')
        target = quote(path.encode('latin-1'), safe=PATH) + (f'?{query}' if query else '')
    url = f'{environ["wsgi.url_scheme"]}://{environ.get("HTTP_HOST", "")}{target}'
    return Visit(environ, environ['REQUEST_METHOD'], url, [environ.get(variable, '') for variable in VARIABLES])


def of_request(request: Any) -> Visit:
    """Find or make the visit of a request: of Starlette, Flask, Django, a scope, an environ, anything with headers."""
    for source in (request, *(getattr(request, name, None) for name in ('scope', 'environ', 'META'))):
        if isinstance(source, MutableMapping):
            visit: Visit | None = source.get(KEY)
            return visit or (of_scope(source) if 'headers' in source else of_environ(source))
    headers = request.headers
    url, method = str(getattr(request, 'url', '/')), getattr(request, 'method', 'GET')
    return Visit(request, method, url, [headers.get(name.replace('_', '-')) or '' for name in HEADERS])
