"""Tokens of a session, sessions that the app has ended, linked accounts, and people of Supabase."""

import asyncio
import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from conftest import find_port
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from provider import Browser, Server, encode

import landfall

TOKENS = {'session': {'tokens': True}}


def copy_of(browser):
    """Another browser with the same cookies."""
    other = Browser()
    for cookie in browser.jar:
        other.jar.set_cookie(cookie)
    return other


def is_known(browser):
    """Whether it has a cookie of a session or of tokens."""
    return any(cookie.name in ('landfall-session', 'landfall-tokens') for cookie in browser.jar)


def ask(browser, app, path):
    """The JSON of a page."""
    return json.loads(browser.open(app.origin + path).text)


def sign_in(browser, app):
    """Sign in, and wait until the access token is over."""
    browser.sign_in(app.origin)
    time.sleep(1.1)


def test_twenty_renew_once(start, browser, provider):
    """One request for twenty callers, and none for a late one; after a sign-out nobody gets what it brought."""
    app = start(options=TOKENS)
    sign_in(browser, app)
    renewed = len(provider.renewed)
    visitors = [copy_of(browser) for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        tokens = list(threads.map(lambda visitor: ask(visitor, app, '/token'), visitors))
    assert len(provider.renewed) == renewed + 1
    assert len({token for token, _ in tokens}) == 1
    assert all(3590 < end - time.time() <= 3600 for _, end in tokens)
    assert ask(copy_of(browser), app, '/token')[0] == tokens[0][0]
    assert ask(visitors[0], app, '/token')[0] == tokens[0][0]
    assert len(provider.renewed) == renewed + 1
    revoked = len(provider.revoked)
    visitors[0].open(f'{app.origin}/auth/sign-out', data=b'')
    assert len(provider.revoked) == revoked + 1
    assert ask(browser, app, '/token') == 'refresh_refused'
    assert len(provider.renewed) == renewed + 2


def test_refused_refresh_token(start, browser, provider):
    """The cookie of the tokens goes, and the person stays signed in."""
    app = start(options=TOKENS)
    sign_in(browser, app)
    assert len([cookie for cookie in browser.jar if cookie.name.startswith('landfall-tokens')]) == 1
    provider.fresh.clear()
    assert ask(browser, app, '/token') == 'refresh_refused'
    assert ask(browser, app, '/me')['sub'] == 'ada'
    assert not [cookie for cookie in browser.jar if cookie.name.startswith('landfall-tokens')]
    assert ask(browser, app, '/token') == 'access_token_missing'
    assert ask(Browser(), app, '/token') == 'session_missing'


def test_revoked_session(start, browser):
    """All three ask; whoever has an ended session is signed out, and no failure lets anybody in."""
    asked, said = [], [False]

    def is_revoked(session):
        asked.append((session['sid'], session['user']['sub']))
        if said[0] is None:
            raise OSError('The store is down.')
        return said[0]

    app = start(options=TOKENS, is_revoked=is_revoked)
    sign_in(browser, app)
    assert ask(browser, app, '/user')['sub'] == 'ada'
    session = ask(browser, app, '/account')
    assert len(ask(browser, app, '/token')) == 2
    assert asked == [(session['sid'], 'ada')] * 3
    said[0] = None
    assert browser.open(f'{app.origin}/user').status == 500
    assert 'error=session_unavailable' in browser.open(f'{app.origin}/account').url
    assert ask(browser, app, '/token') == 'session_unavailable'
    said[0] = True
    left = copy_of(browser)
    assert ask(left, app, '/user') is None
    assert not is_known(left)
    assert ask(browser, app, '/token') == 'session_missing'
    assert not is_known(browser)


def test_require_of_a_revoked_session_removes_its_cookies(start, browser):
    """The answer of `require` signs out, and the next sign-in counts."""
    ended = set()
    app = start(options=TOKENS, is_revoked=lambda session: session['sid'] in ended)
    browser.sign_in(app.origin)
    first = ask(browser, app, '/account')['sid']
    ended.add(first)
    again = json.loads(browser.open(f'{app.origin}/account').text)
    assert (again['user']['sub'], again['sid'] != first) == ('ada', True)


def test_async_is_revoked(start, browser):
    """An `async def` works where an event loop awaits it, and lets nobody in elsewhere."""

    async def is_revoked(session):
        await asyncio.sleep(0)
        return False

    app = start(is_revoked=is_revoked)
    browser.sign_in(app.origin)
    if app.kind == 'asgi':
        assert ask(browser, app, '/user')['sub'] == 'ada'
    else:
        assert browser.open(f'{app.origin}/user').status == 500


def test_current_session(start, browser):
    """The hook gets the session in which a sign-in started."""
    seen = []
    app = start(on_session=lambda session, event: seen.append(event.current))
    browser.open(f'{app.origin}/enter')
    browser.sign_in(app.origin)
    Browser().sign_in(app.origin)
    assert seen[0]['user']['sub'] == 'grace'
    assert seen[0]['data'] == {'role': 'admin'}
    assert seen[1] is None


@pytest.mark.parametrize('minimum', [-1, 0.5, '60', True, float('nan')])
def test_minimum_that_is_none(start, minimum):
    """The error is the caller's."""
    with pytest.raises(landfall.LandfallError) as raised:
        start(options=TOKENS).auth.get_access_token({'headers': [], 'scheme': 'http', 'path': '/'}, minimum)
    assert raised.value.code == 'argument_invalid'


KEY = ec.generate_private_key(ec.SECP256R1())


class Project(BaseHTTPRequestHandler):
    """The keys of a Supabase project."""

    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        """Answer, and count."""
        self.server.codes[self.path] = self.server.codes.get(self.path, 0) + 1
        numbers = KEY.public_key().public_numbers()
        key = {name: encode(getattr(numbers, name).to_bytes(32, 'big')) for name in 'xy'}
        key |= {'kty': 'EC', 'crv': 'P-256', 'alg': 'ES256', 'kid': 'one', 'use': 'sig', 'key_ops': ['verify']}
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.end_headers()
        self.wfile.write(json.dumps({'keys': [key]}).encode())


def cookie_of(issuer, sub, change=lambda signature: signature):
    """A session as Supabase's library keeps it."""
    end = int(time.time()) + 3600
    claims = {'iss': f'{issuer}/auth/v1', 'aud': 'authenticated', 'sub': sub, 'role': 'authenticated', 'exp': end}
    claims |= {'iat': end - 3600, 'app_metadata': {'provider': 'github'}, 'session_id': 's'}
    parts = [encode(json.dumps(part).encode()) for part in ({'alg': 'ES256', 'kid': 'one', 'typ': 'JWT'}, claims)]
    numbers = decode_dss_signature(KEY.sign('.'.join(parts).encode(), ec.ECDSA(hashes.SHA256())))
    signature = change(b''.join(number.to_bytes(32, 'big') for number in numbers))
    session = {'access_token': '.'.join([*parts, encode(signature)]), 'refresh_token': 'r', 'expires_at': end}
    session |= {'expires_in': 3600, 'token_type': 'bearer', 'user': {'id': sub}}
    return f'sb-127-auth-token=base64-{base64.urlsafe_b64encode(json.dumps(session).encode()).decode().rstrip("=")}'


def test_supabase_by_its_keys():
    """The project is asked for its keys once, and what somebody else signed is nobody."""
    project = Server(Project)
    origin = f'http://127.0.0.1:{find_port()}'
    auth = landfall.create_auth({'origin': origin, 'supabase': {'url': project.issuer, 'key': 'sb_publishable_key'}})

    def request(cookie):
        environ = {'REQUEST_METHOD': 'GET', 'wsgi.url_scheme': 'http', 'PATH_INFO': '/', 'HTTP_COOKIE': cookie}
        return {**environ, 'HTTP_HOST': urlsplit(origin).netloc}

    good = cookie_of(project.issuer, 'ada')
    assert auth.get_session(request(good))['verified'] is False
    assert project.codes == {}
    for _ in range(3):
        user = auth.get_user(request(good))
        assert (user['sub'], user['provider']) == ('ada', 'github')
    assert auth.require(request(good))['verified'] is True
    assert auth.get_user(request(cookie_of(project.issuer, 'eve', lambda signature: signature[::-1]))) is None
    assert project.codes == {'/auth/v1/.well-known/jwks.json': 1}
    project.shutdown()
