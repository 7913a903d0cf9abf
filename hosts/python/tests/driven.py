"""The program of docs/abi.md, "Test your host": `asgi` behind uvicorn, `wsgi` behind the server of wsgiref."""

import asyncio
import json
import os
import re
import secrets
import socketserver
import sys
from http.client import responses
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import landfall

ADDRESSES = json.loads(os.environ.get('LANDFALL_ADDRESSES', '{}'))
PORT = int(os.environ['PORT'])
NAMES = ('provider', 'next', 'redirect_type')
sessions = {}


def say(event):
    """Print in one piece: requests take turns in the middle of a print."""
    sys.stdout.write(json.dumps(event) + '\n')
    sys.stdout.flush()


def cookies_of(request):
    """The Cookie header of a scope or an environ."""
    if 'headers' not in request:
        return request.get('HTTP_COOKIE', '')
    return '; '.join(value.decode() for name, value in request['headers'] if name == b'cookie')


def on_session(session, event):
    """Take a session as the page says."""
    current = event.current['provider'] if event.current else ''
    say({'hook': 'session', 'session': session, 'current': current, **{name: getattr(event, name) for name in NAMES}})
    if event.next == '/refused':
        raise PermissionError('This person may not sign in.')
    id = secrets.token_hex(16)
    sessions[id] = (event.provider, session['access_token'])
    redirect = {'/first': '/tour', '/astray': '//evil.example'}.get(event.next)
    return {'redirect': redirect, 'headers': {'set-cookie': f'app-session={id}; Path=/; HttpOnly; SameSite=Lax'}}


def on_sign_out(event):
    """End a session as the page says."""
    say({'hook': 'sign_out'})
    found = re.search('app-session=([^;]*)', cookies_of(event.request))
    id = found[1] if found else ''
    if id == 'broken':
        raise OSError('The database does not answer.')
    provider, token = sessions.pop(id, (None, None))
    headers = {'set-cookie': 'app-session=; Path=/; Max-Age=0'}
    return {'provider': provider, 'token': token, 'token_type_hint': 'access_token', 'headers': headers}


def fetch(method, url, **more):
    """Send to the network's own addresses."""
    origin = re.match(r'https?://[^/]*', url)[0]
    return landfall.fetch(method, ADDRESSES.get(origin, origin) + url[len(origin) :], **more)


auth = landfall.create_auth(
    json.loads(os.environ['LANDFALL_OPTIONS']),
    on_session=on_session,
    on_sign_out=on_sign_out,
    fetch=fetch,
    library=os.environ.get('LANDFALL_LIBRARY'),
)


def tell(found):
    """Print a logout, or the error in its place; give the status."""
    names = ('code', 'parameter') if isinstance(found, Exception) else found._fields
    say({'hook': 'logout', **{name: getattr(found, name) or '' for name in names}})
    return 400 if isinstance(found, Exception) else 200


async def asgi_app(scope, receive, send):
    """An app with one page."""
    status = 404
    if scope['path'] == '/logout-token':
        body, more = b'', True
        while more:
            message = await receive()
            body, more = body + message['body'], message['more_body']
        try:
            status = tell(await auth.averify_logout_token(scope, body))
        except landfall.LandfallError as error:
            status = tell(error)
    await send({'type': 'http.response.start', 'status': status, 'headers': []})
    await send({'type': 'http.response.body', 'body': b''})


def wsgi_app(environ, start_response):
    """An app with one page."""
    status = 404
    if environ['PATH_INFO'] == '/logout-token':
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        try:
            status = tell(auth.verify_logout_token(environ, body))
        except landfall.LandfallError as error:
            status = tell(error)
    start_response(f'{status} {responses[status]}', [])
    return [b'']


class Handler(WSGIRequestHandler):
    """Gives the path as it came, and joins Cookie headers, as servers of production do."""

    def get_environ(self):
        """The environ of a request."""
        cookies = '; '.join(self.headers.get_all('cookie', []))
        return {**super().get_environ(), 'REQUEST_URI': self.requestline.split(' ')[1], 'HTTP_COOKIE': cookies}

    def log_message(self, *_):
        """Say nothing."""


class Server(socketserver.ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True
    request_queue_size = 200


async def serve_asgi():
    """Say that the server listens when it does."""
    import uvicorn

    app = landfall.asgi(auth, asgi_app)
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, lifespan='off', access_log=False, log_level='warning'))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print('listening', flush=True)
    await running


if sys.argv[1] == 'asgi':
    asyncio.run(serve_asgi())
else:
    server = Server(('127.0.0.1', PORT), Handler)
    server.set_app(landfall.wsgi(auth, wsgi_app))
    print('listening', flush=True)
    server.serve_forever()
