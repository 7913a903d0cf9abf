"""Apps behind real servers: Starlette behind uvicorn, Flask behind waitress."""

import asyncio
import json
import logging
import socket
import threading

import flask
import pytest
import uvicorn
import waitress
from provider import CLIENT, Browser, Server
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import landfall

SECRET = 'a secret of the tests: 32 bytes and more'


def find_port():
    """A free port."""
    with socket.socket() as listening:
        listening.bind(('127.0.0.1', 0))
        return listening.getsockname()[1]


def options_of(provider, port):
    """The options of an app with one provider."""
    work = {**CLIENT, 'issuer': provider.issuer, 'scopes': 'openid'}
    return {'origin': f'http://127.0.0.1:{port}', 'secret': SECRET, 'session': True, 'providers': {'work': work}}


def starlette_app(auth):
    """Pages in Starlette: who is signed in, one for signed-in people, and a change of data."""

    def me(request):
        return JSONResponse(landfall.user(request))

    async def account(request):
        found = await auth.arequire(request)
        return Response(*found) if isinstance(found, landfall.Answer) else JSONResponse(found)

    async def change(request):
        return JSONResponse(auth.update_session(request, {'seen': True}))

    async def enter(request):
        return JSONResponse(auth.create_session(request, {'provider': 'password', 'sub': 'grace'}, {'role': 'admin'}))

    async def user(request):
        return JSONResponse(await auth.aget_user(request))

    async def token(request):
        try:
            return JSONResponse(await auth.aget_access_token(request))
        except landfall.LandfallError as error:
            return JSONResponse(error.code)

    more = [Route('/user', user), Route('/token', token)]
    routes = [Route('/me', me), Route('/account', account), Route('/change', change), Route('/enter', enter)]
    return landfall.asgi(auth, Starlette(routes=routes + more))


def flask_app(auth):
    """The same in Flask."""
    app = flask.Flask(__name__)

    @app.get('/me')
    def me():
        return json.dumps(landfall.user(flask.request))

    @app.get('/account')
    def account():
        return auth.require(flask.request)

    @app.get('/change')
    def change():
        return auth.update_session(flask.request, {'seen': True})

    @app.get('/enter')
    def enter():
        return auth.create_session(flask.request, {'provider': 'password', 'sub': 'grace'}, {'role': 'admin'})

    @app.get('/user')
    def user():
        return json.dumps(auth.get_user(flask.request))

    @app.get('/token')
    def token():
        try:
            return json.dumps(auth.get_access_token(flask.request))
        except landfall.LandfallError as error:
            return json.dumps(error.code)

    app.wsgi_app = landfall.wsgi(auth, app.wsgi_app)
    return app


class App:
    """An app that runs, with its auth and origin."""

    def __init__(self, kind, provider, make, options=None, **more):
        """Start it on a free port."""
        listening = socket.create_server(('127.0.0.1', 0), backlog=200)
        self.port = listening.getsockname()[1]
        self.origin = f'http://127.0.0.1:{self.port}'
        self.auth = landfall.create_auth({**options_of(provider, self.port), **(options or {})}, **more)
        app = make(self.auth)
        ready = threading.Event()
        if kind == 'asgi':
            config = uvicorn.Config(app, log_level='warning', access_log=False)
            self.server = uvicorn.Server(config)
            startup = self.server.startup

            async def started(**more):
                await startup(**more)
                ready.set()

            self.server.startup = started
            thread = threading.Thread(target=asyncio.run, args=[self.server.serve([listening])], daemon=True)
        else:
            self.server = waitress.create_server(app, sockets=[listening], threads=8)
            thread = threading.Thread(target=self.server.run, daemon=True)
            ready.set()
        thread.start()
        assert ready.wait(30)

    def close(self):
        """Stop it. waitress has no way to stop from another thread: it ends with the tests."""
        self.server.should_exit = True


@pytest.fixture(scope='session')
def provider():
    """The provider of all apps."""
    server = Server()
    yield server
    server.shutdown()


@pytest.fixture(params=['asgi', 'wsgi'])
def start(request, provider):
    """Start an app with these hooks, once behind ASGI and once behind WSGI."""
    logging.getLogger('waitress.queue').setLevel(logging.ERROR)
    apps = []

    def start_app(**hooks):
        make = starlette_app if request.param == 'asgi' else flask_app
        apps.append(App(request.param, provider, make, **hooks))
        apps[-1].kind = request.param
        return apps[-1]

    yield start_app
    for app in apps:
        app.close()


@pytest.fixture
def browser():
    """A browser without cookies."""
    return Browser()
