"""Landfall's routes in front of an app: ASGI 3 and WSGI (PEP 3333)."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from http.client import responses
from typing import Any

from .auth import Auth
from .calls import here, in_thread, run
from .visit import KEY, of_environ, of_scope

Message = MutableMapping[str, Any]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def asgi(auth: Auth, app: Asgi) -> Asgi:
    """Serve the routes, and pass every other request on to an ASGI app."""

    async def application(scope: Message, receive: Any, send: Any) -> None:
        if scope['type'] not in ('http', 'websocket'):
            await app(scope, receive, send)
            return

        async def read(size: int) -> bytes:
            body, more = b'', True
            while more and len(body) < size:
                message = await receive()
                if message['type'] == 'http.disconnect':
                    raise ConnectionAbortedError
                body, more = body + message.get('body', b''), message.get('more_body', False)
            return body[:size]

        visit = of_scope(scope)
        visit.auth, visit.read, visit.call = auth, read, in_thread
        step = await auth.serve(visit) if scope['type'] == 'http' else None
        if step:
            head = [(name.encode('latin-1'), value.encode('latin-1')) for name, value in step.pairs]
            await send({'type': 'http.response.start', 'status': int(step['status']), 'headers': head})
            await send({'type': 'http.response.body', 'body': step['body'].encode()})
            return

        async def send_on(message: Mapping[str, Any]) -> None:
            if visit.cookies and message['type'] in ('http.response.start', 'websocket.accept'):
                lines = [(b'set-cookie', line.encode()) for _, line in visit.cookies.values()]
                message = {**message, 'headers': [*message.get('headers', ()), *lines]}
            await send(message)

        await app({**scope, KEY: visit}, receive, send_on)

    return application


def wsgi(auth: Auth, app: Wsgi) -> Wsgi:
    """Serve the routes, and pass every other request on to a WSGI app."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        async def read(size: int) -> bytes:
            has_end = environ.get('wsgi.input_terminated')
            left = size if has_end else min(size, int(environ.get('CONTENT_LENGTH') or 0))
            body = b''
            while chunk := environ['wsgi.input'].read(left - len(body)) if len(body) < left else b'':
                body += chunk
            return body

        visit = of_environ(environ)
        visit.auth, visit.read, visit.call = auth, read, here
        step = run(auth.serve(visit))
        if step:
            start_response(f'{step["status"]} {responses[int(step["status"])]}', step.pairs)
            return [step['body'].encode()]

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(
                status, [*headers, *(('Set-Cookie', line) for _, line in visit.cookies.values())], *more
            )

        environ[KEY] = visit
        return app(environ, start)

    return application
