"""Callers with anything in their hands, and requests of every framework."""

import functools
import importlib.metadata
import json
import struct
import subprocess
import sys
import time
from pathlib import Path

import django.conf
import pytest
from conftest import SECRET, options_of
from django.test import RequestFactory
from starlette.requests import Request

import landfall
from landfall.core import DESCRIPTION, Core

ROOT = Path(__file__).resolve().parents[3]
NEXT = json.loads((ROOT / 'tests/vectors/next.json').read_text())
ORIGINS = ('https://app.example', 'http://localhost:3000', 'https://app.example:8443')
ORIGIN = 'https://app.example'
WORK = {'clientId': 'a', 'clientSecret': SECRET, 'issuer': 'https://id.example', 'scopes': 'openid'}
OPTIONS = {'origin': ORIGIN, 'secret': SECRET, 'session': True, 'providers': {'work': WORK}}
ADA = {'provider': 'work', 'sub': 'ada'}


def test_version_is_that_of_the_module():
    """The package and the module are of one build."""
    assert importlib.metadata.version('landfall') == DESCRIPTION['version']


def text_of(value):
    """A value as the vectors write it: itself, or parts in text or in hex that repeat; bytes where it is no UTF-8."""

    def bytes_of(value):
        if not isinstance(value, dict):
            return value.encode()
        if 'parts' in value:
            return b''.join(map(bytes_of, value['parts']))
        once = value['text'].encode() if 'text' in value else bytes.fromhex(value['hex'])
        return once * value.get('repeat', 1)

    if not isinstance(value, dict):
        return value
    data = bytes_of(value)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def test_every_vector_of_next():
    """All shared vectors, under their origin or under each origin that the file names."""
    wrong = []
    for case in NEXT['cases']:
        for origin in [case['origin']] if 'origin' in case else ORIGINS:
            got = landfall.check_next(text_of(case['next']), origin)
            if got != text_of(case['want']):
                wrong.append((case['id'], origin, got))
    assert wrong == []
    assert len(NEXT['cases']) == NEXT['count']


@pytest.mark.parametrize('target', ['', '\x00', '/\ud800', '\ud800', '/' + 'a' * 40_000, '//evil.example', '/\\evil'])
def test_next_of_an_attacker(target):
    """None of them is a path to use."""
    assert landfall.check_next(target, ORIGIN) is None


@pytest.mark.parametrize('target', [None, 7, ['/'], object()])
def test_next_that_is_no_text(target):
    """The caller's mistake is theirs, and the core goes on."""
    with pytest.raises((AttributeError, TypeError)):
        landfall.check_next(target)
    assert landfall.check_next('/a') == '/a'


@pytest.mark.parametrize(
    ('options', 'named'),
    [
        ({}, '`providers` is refused'),
        ({'provider': {}}, 'did you mean `providers`'),
        ({'providers': 1}, '`providers`'),
        ({'secret': 'short', 'providers': {}}, '`secret`'),
        ({'providers': {'x': {'clientId': 7}}}, '`providers.x.clientId`'),
        ({'onSession': lambda: None}, 'no JSON'),
        ({'clockTolerance': float('inf')}, 'no JSON'),
        ({'origin': {1, 2}}, 'no JSON'),
        ({**OPTIONS, 'secret': 'a' * 3_000_000}, 'too large'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_options_that_are_wrong(options, named):
    """The error says which option."""
    with pytest.raises(landfall.LandfallError, match=named) as raised:
        landfall.create_auth(options)
    assert raised.value.code in ('config_invalid', 'request_too_large')


def test_option_without_a_value_is_listed():
    """None blocks what needs the option, and `check` names its variable."""
    auth = landfall.create_auth({**OPTIONS, 'providers': {'github': {'clientId': 'a', 'clientSecret': None}}})
    assert auth.check() == [('providers.github.clientSecret', 'GITHUB_CLIENT_SECRET')]


def make_cookie(auth):
    """A session's cookie, as a browser sends it."""
    environ = {'REQUEST_METHOD': 'GET', 'wsgi.url_scheme': 'https', 'HTTP_HOST': 'app.example', 'PATH_INFO': '/'}
    lines = []

    def app(environ, start_response):
        auth.create_session(environ, ADA)
        start_response('200 OK', [])
        return []

    landfall.wsgi(auth, app)(environ, lambda status, headers: lines.extend(headers))
    return lines[0][1].partition(';')[0]


class Headers:
    """A request with nothing but headers."""

    def __init__(self, cookie):
        """Take the Cookie header."""
        self.headers = {'cookie': cookie}


def scope_of(cookie):
    """A scope of ASGI."""
    head = [(b'host', b'app.example'), (b'cookie', cookie.encode())]
    return {'type': 'http', 'method': 'GET', 'scheme': 'https', 'path': '/', 'query_string': b'', 'headers': head}


def environ_of(cookie):
    """An environ of WSGI."""
    head = {'HTTP_HOST': 'app.example', 'HTTP_COOKIE': cookie}
    return {'REQUEST_METHOD': 'GET', 'wsgi.url_scheme': 'https', 'PATH_INFO': '/', **head}


def django_request(cookie):
    """A request of Django."""
    if not django.conf.settings.configured:
        django.conf.settings.configure()
    return RequestFactory().get('/', HTTP_HOST='app.example', HTTP_COOKIE=cookie, secure=True)


@pytest.mark.parametrize('make', [Headers, scope_of, environ_of, django_request, lambda text: Request(scope_of(text))])
def test_session_of_any_request(make):
    """The same person in every form of request, and nobody with a changed cookie."""
    auth = landfall.create_auth(OPTIONS)
    cookie = make_cookie(auth)
    assert auth.get_session(make(cookie))['user']['sub'] == 'ada'
    assert auth.get_session(make(cookie[:-4] + 'AAAA')) is None
    assert auth.get_session(make('')) is None


def test_user_without_the_middleware():
    """There is nobody to ask, and the error says so."""
    with pytest.raises(landfall.LandfallError, match=r'landfall\.asgi'):
        landfall.user(environ_of(''))


def test_session_that_is_off():
    """Without `session` nothing is protected silently."""
    auth = landfall.create_auth({**OPTIONS, 'session': False})
    with pytest.raises(landfall.LandfallError) as raised:
        auth.require(environ_of(''))
    assert raised.value.code == 'session_off'


@pytest.mark.parametrize('user', [None, {}, {'provider': 'x'}, 'ada', [1], {'sub': 'a' * 9000}])
def test_person_who_is_none(user):
    """The core refuses a person without `provider` and `sub`, or one that no cookie holds."""
    with pytest.raises(landfall.LandfallError):
        landfall.create_auth(OPTIONS).create_session(environ_of(''), user)


def test_require_answers_a_fetch_and_another_site():
    """A `fetch` gets 401, and a form of another site 403."""
    auth = landfall.create_auth(OPTIONS)
    fetched = environ_of('') | {'HTTP_SEC_FETCH_MODE': 'cors', 'HTTP_SEC_FETCH_DEST': 'empty'}
    assert auth.require(fetched)[:2] == ('{"error":"session_missing"}', 401)
    posted = environ_of(make_cookie(auth)) | {'REQUEST_METHOD': 'POST', 'HTTP_SEC_FETCH_SITE': 'cross-site'}
    assert auth.require(posted).status == 403


def answer_of(auth, environ, *asked):
    """The Cookie header after a page that asks these things."""
    lines = []

    def app(environ, start_response):
        for ask in asked:
            ask(environ)
        start_response('200 OK', [])
        return []

    landfall.wsgi(auth, app)(environ, lambda status, headers: lines.extend(headers))
    return [value.partition(';')[0] for _, value in lines]


def test_session_is_renewed_and_a_written_one_wins(monkeypatch):
    """A day later the cookie is sent again, once; what a page wrote is not undone by what it reads."""
    auth = landfall.create_auth(OPTIONS)
    old = make_cookie(auth)
    tomorrow = time.time() + 86400
    monkeypatch.setattr('time.time', lambda: tomorrow)
    renewed = answer_of(auth, environ_of(old), landfall.user, landfall.user)
    assert len(renewed) == 1
    assert renewed[0] != old
    write = functools.partial(auth.update_session, data='new')
    for asked in ([write, landfall.user], [landfall.user, write]):
        written = answer_of(auth, environ_of(old), *asked)
        assert len(written) == 1
        assert auth.get_session(environ_of(written[0]))['data'] == 'new'


def test_ended_session_is_not_renewed(monkeypatch):
    """What removes a cookie wins over what renews it, and a new session over both."""
    auth = landfall.create_auth(OPTIONS, is_revoked=lambda session: True)
    old = make_cookie(auth)
    tomorrow = time.time() + 86400
    monkeypatch.setattr('time.time', lambda: tomorrow)
    for asked in ([auth.get_user, landfall.user], [landfall.user, auth.get_user]):
        assert answer_of(auth, environ_of(old), *asked) == ['__Host-landfall-session=']
    enter = functools.partial(auth.create_session, user=ADA)
    for asked in ([auth.get_user, enter], [enter, auth.get_user]):
        (written,) = answer_of(auth, environ_of(old), *asked)
        assert auth.get_session(environ_of(written))['user']['sub'] == 'ada'


def test_message_that_is_too_large():
    """A cookie of three megabytes is an error, and no trap."""
    auth = landfall.create_auth(OPTIONS)
    with pytest.raises(landfall.LandfallError) as raised:
        auth.get_session(environ_of('a' * 3_000_000))
    assert raised.value.code == 'request_too_large'
    assert auth.get_session(environ_of(make_cookie(auth)))['user']['sub'] == 'ada'


def test_instance_stays_the_same():
    """A call makes none, also after a message that is too large."""
    core = Core()
    core.call('check_next', [b'/a', b''])
    instance = core._instance
    with pytest.raises(landfall.LandfallError):
        core.call('check_next', [b'a' * 3_000_000, b''])
    core.call('check_next', [b'/a', b''])
    assert core._instance is instance


@pytest.mark.parametrize('answer', [b'\xff' * 8, b'\xff' * 4, b'\x08\0\0\0\xff\xff\xff\xff'])
def test_answer_that_is_no_message(monkeypatch, answer):
    """The instance is broken, and the next call makes another."""
    core = Core()
    core.call('check_next', [b'/a', b''])
    monkeypatch.setattr(core._instance, 'call', lambda *_: answer)
    with pytest.raises((struct.error, MemoryError, OverflowError)):
        core.call('check_next', [b'/a', b''])
    assert core._instance is None
    assert core.call('check_next', [b'/a', b'']) == ['', '']


FORK = """
import json, os, sys, landfall
auth = landfall.create_auth(json.loads(sys.argv[1]))
environ = {'REQUEST_METHOD': 'GET', 'wsgi.url_scheme': 'https', 'HTTP_HOST': 'app.example', 'PATH_INFO': '/'}
auth.get_session(environ)
if os.fork() == 0:
    assert auth.get_session(environ) is None
    os._exit(7)
assert auth.get_session(environ) is None
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_server_that_forks_after_the_start(provider):
    """A worker of gunicorn's `preload_app` uses what was made before the fork."""
    options = json.dumps(options_of(provider, 3000))
    assert subprocess.run([sys.executable, '-c', FORK, options], check=False).returncode == 7
