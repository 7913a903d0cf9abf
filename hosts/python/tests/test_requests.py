"""Requests that no browser sends, and connections that are no request."""

import asyncio
import socket

import pytest
from conftest import SECRET
from test_callers import OPTIONS, make_cookie

import landfall

WORK = {'clientId': 'a', 'clientSecret': SECRET, 'authorizationEndpoint': 'https://id.example/authorize'}
FORM = {**WORK, 'tokenEndpoint': 'https://id.example/token', 'responseMode': 'form_post'}
LINES = [
    *('GET http://app.example/auth/sign-in?provider=work HTTP/1.1', 'OPTIONS * HTTP/1.1'),
    *('GET //auth/sign-in?provider=work HTTP/1.1', 'GET /auth/%73ign-in?provider=work HTTP/1.1'),
    *('GET /auth/sign-in;x?provider=work HTTP/1.1', 'GET /?%ff%00 HTTP/1.1', 'GET /auth/sign-in%00 HTTP/1.1'),
    *('GET /%ff%fe%80 HTTP/1.1', 'GET /auth/../auth/sign-in HTTP/1.1', 'BREW /auth/sign-in HTTP/1.1'),
    *('GET /auth/sign-in?provider=%f0%9f HTTP/1.1', 'GET /auth/sign-in?' + '&' * 5000 + ' HTTP/1.1'),
]
HEADERS = [b'Host: 127.0.0.1\r\n', b'Host: evil.example\r\nX-Forwarded-Host: \xff\xfe\r\n', b'Host: []\r\n', b'']


@pytest.mark.parametrize('line', LINES, ids=lambda line: line[:40])
def test_request_line(start, line):
    """Each gets an answer, and none a failure of the server."""
    app = start()
    for headers in HEADERS:
        with socket.create_connection(('127.0.0.1', app.port), timeout=30) as connection:
            connection.sendall(line.encode() + b'\r\n' + headers + b'Cookie: a=\xff\xfe\r\nConnection: close\r\n\r\n')
            answer = b''
            while chunk := connection.recv(65536):
                answer += chunk
        assert answer.startswith(b'HTTP/1.')
        assert b' 500 ' not in answer.partition(b'\r\n')[0]
        assert b'evil.example' not in answer


async def ask(app, scope, *messages):
    """What an ASGI app sends, when it receives these messages."""
    sent, left = [], list(messages)

    async def receive():
        return left.pop(0)

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return sent


def scope_of(kind, cookie='', **more):
    """A scope of ASGI."""
    head = [(b'host', b'app.example'), (b'cookie', cookie.encode())]
    return {'type': kind, 'scheme': 'https', 'path': '/', 'query_string': b'', 'headers': head, **more}


def test_websocket_knows_who_is_signed_in():
    """A connection has the cookies of a request, and its acceptance renews the session."""
    auth = landfall.create_auth(OPTIONS)

    async def app(scope, receive, send):
        auth.update_session(scope, 'seen')
        await send({'type': 'websocket.accept', 'subprotocol': landfall.user(scope)['sub']})

    sent = asyncio.run(ask(landfall.asgi(auth, app), scope_of('websocket', make_cookie(auth))))
    assert sent[0]['subprotocol'] == 'ada'
    assert [name for name, _ in sent[0]['headers']] == [b'set-cookie']


def test_lifespan_is_the_apps():
    """What is neither a request nor a connection reaches the app as it is."""
    seen = []

    async def app(scope, receive, send):
        seen.append(scope)

    scope = {'type': 'lifespan'}
    asyncio.run(ask(landfall.asgi(landfall.create_auth(OPTIONS), app), scope))
    assert seen[0] is scope


def test_body_that_breaks_off():
    """A client that leaves in the middle of its form gets the defined error, and the next one is served."""
    auth = landfall.create_auth({**OPTIONS, 'providers': {'work': FORM}})
    scope = scope_of('http', method='POST', path='/auth/callback/work')
    scope['headers'] += [(b'content-type', b'application/x-www-form-urlencoded')]
    part = {'type': 'http.request', 'body': b'code=a', 'more_body': True}
    sent = asyncio.run(ask(landfall.asgi(auth, None), scope, part, {'type': 'http.disconnect'}))
    assert b'error=internal_error' in dict(sent[0]['headers'])[b'location']
    large = {'type': 'http.request', 'body': b'a' * 3_000_000, 'more_body': True}
    sent = asyncio.run(ask(landfall.asgi(auth, None), scope, large))
    assert b'error=' in dict(sent[0]['headers'])[b'location']
