"""Measures the Python package as measure-node.mjs does that of Node: milliseconds of the start, else microseconds."""

import contextlib
import io
import json
import os
import time
from urllib.parse import parse_qs, urlsplit

import landfall

SITE = 'https://app.example'
TOKENS = b'{"access_token":"access","token_type":"bearer","expires_in":3600}'
WARM, RUNS = 200, 2000
WORK = {
    'clientId': 'id',
    'clientSecret': 'secret',
    'authorizationEndpoint': 'https://work.example/authorize',
    'tokenEndpoint': 'https://work.example/token',
}
OPTIONS = {
    'origin': SITE,
    'secret': 'a secret of a host under test: 32 bytes and more',
    'session': True,
    'providers': {'work': WORK},
}


class Response(io.BytesIO):
    """A response with tokens."""

    def __init__(self):
        """Take the tokens."""
        super().__init__(TOKENS)
        self.status, self.headers = 200, {'content-type': 'application/json'}


@contextlib.contextmanager
def fetch(*_, **__):
    """Answer at once."""
    yield Response()


def page(environ, start_response):
    """A page of the app."""
    start_response('200 OK', [])
    return []


def environ_of(target, cookie=''):
    """A request as a WSGI server has it."""
    path, _, query = target.partition('?')
    return {
        'REQUEST_METHOD': 'GET',
        'REQUEST_URI': target,
        'PATH_INFO': path,
        'QUERY_STRING': query,
        'HTTP_HOST': 'app.example',
        'HTTP_COOKIE': cookie,
        'wsgi.url_scheme': 'https',
    }


begin = time.perf_counter()
auth = landfall.create_auth(
    OPTIONS, on_session=lambda session, event: None, fetch=fetch, library=os.environ.get('LANDFALL_LIBRARY')
)
found = {'start_up': (time.perf_counter() - begin) * 1e3}
application = landfall.wsgi(auth, page)


def send(target, cookie=''):
    """The headers of an answer, and its cookies as a browser sends them."""
    answered = []
    application(environ_of(target, cookie), lambda status, headers: answered.extend(headers))
    pairs = [value.partition(';')[0] for name, value in answered if name.lower() == 'set-cookie']
    return dict(answered), '; '.join(pairs)


SIGN_IN = '/auth/sign-in?provider=work&next=/welcome'
start, cookie = send(SIGN_IN)
state = parse_qs(urlsplit(start['location']).query)['state'][0]
callback = f'/auth/callback/work?code=code&state={state}'
back, signed_in = send(callback, cookie)
assert back['location'] == '/welcome#', back
measured = {
    'check_next': lambda: landfall.check_next('/account/security?tab=keys', SITE),
    'sign_in': lambda: send(SIGN_IN),
    'callback': lambda: send(callback, cookie),
    'other_page': lambda: send('/me', signed_in),
    'session': lambda: auth.get_session(environ_of('/me', signed_in)),
}
for name, run in measured.items():
    for _ in range(WARM):
        run()
    begin = time.perf_counter()
    for _ in range(RUNS):
        run()
    found[name] = (time.perf_counter() - begin) * 1e6 / RUNS
print(json.dumps(found))
