"""Sign-ins, sessions, hooks and failures, each behind ASGI and behind WSGI."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from provider import Browser

PEOPLE = 100


def poison(auth):
    """Damage the instance, so that its next call traps."""
    core = auth._core
    with core._lock:
        if core._instance:
            memory = core._instance._bytes()
            memory[:] = b'\xff' * len(memory)


def test_whole_visit(start, browser):
    """Somebody signs in, is known, changes data, and signs out."""
    app = start()
    assert browser.open(f'{app.origin}/me').text == 'null'
    assert json.loads(browser.sign_in(app.origin).text)['name'] == 'Ada Lovelace'
    assert json.loads(browser.open(f'{app.origin}/account').text)['user']['sub'] == 'ada'
    assert json.loads(browser.open(f'{app.origin}/change').text)['data'] == {'seen': True}
    assert json.loads(browser.open(f'{app.origin}/account').text)['data'] == {'seen': True}
    assert [cookie.name for cookie in browser.jar].count('landfall-session') == 1
    browser.open(f'{app.origin}/auth/sign-out', data=b'')
    assert browser.open(f'{app.origin}/me').text == 'null'


def test_protected_page_leads_to_sign_in_and_back(start, browser):
    """`require` answers with the sign-in, which comes back to the page."""
    app = start()
    page = browser.open(f'{app.origin}/account?tab=1')
    assert page.url == f'{app.origin}/account?tab=1'
    assert json.loads(page.text)['user']['sub'] == 'ada'


def test_create_session_signs_in(start, browser):
    """A person whom the app knows itself is signed in by the cookie that the middleware sends."""
    app = start()
    browser.open(f'{app.origin}/enter')
    assert json.loads(browser.open(f'{app.origin}/account').text)['data'] == {'role': 'admin'}


def test_a_hundred_people_at_once(start):
    """Each of a hundred people is signed in, with one token request each."""
    app = start()
    with ThreadPoolExecutor(PEOPLE) as people:
        pages = people.map(lambda _: Browser().sign_in(app.origin), range(PEOPLE))
        assert {json.loads(page.text)['sub'] for page in pages} == {'ada'}


def test_trap_in_the_middle_of_a_sign_in(start, browser):
    """A trap is the defined error for this request, and nothing for the next one."""
    traps = []

    def on_session(session, event):
        if not traps:
            traps.append(1)
            poison(app.auth)

    app = start(on_session=on_session)
    assert browser.sign_in(app.origin).url == f'{app.origin}/auth/auth-code-error?error=internal_error'
    assert json.loads(browser.sign_in(app.origin).text)['sub'] == 'ada'


def test_trap_before_the_route_is_known(start, browser):
    """The app's own pages stay, and a sign-in ends in the error page."""
    app = start()
    poison(app.auth)
    assert browser.open(f'{app.origin}/nowhere').status == 404
    poison(app.auth)
    assert 'error=internal_error' in browser.sign_in(app.origin).url
    assert json.loads(browser.sign_in(app.origin).text)['sub'] == 'ada'


def test_traps_while_a_hundred_sign_in(start):
    """Everybody gets an answer: the page, the defined error, or a 500 of the app whose own question met a trap."""
    app = start(on_session=lambda session, event: poison(app.auth) if event.next == '/me?trap' else None)
    with ThreadPoolExecutor(PEOPLE) as people:
        paths = ['/me?trap' if number % 10 == 0 else '/me' for number in range(PEOPLE)]
        pages = list(people.map(lambda path: Browser().sign_in(app.origin, path), paths))
    answers = [page.status == 500 or 'Ada' in page.text or 'error=internal_error' in page.url for page in pages]
    assert all(answers)
    assert json.loads(Browser().sign_in(app.origin).text)['sub'] == 'ada'


def test_hook_gives_data_headers_and_target(start, browser):
    """What `on_session` returns reaches the session and the answer."""
    seen = []

    def on_session(session, event):
        seen.append((session['id_token_claims']['sub'] if 'id_token_claims' in session else None, event))
        headers = [('Set-Cookie', 'first=1; Path=/'), ('Set-Cookie', 'second=2; Path=/')]
        return {'data': {'role': 'reader'}, 'redirect': '/account?welcome', 'headers': headers}

    app = start(on_session=on_session)
    page = browser.sign_in(app.origin)
    assert (page.url, json.loads(page.text)['data']) == (f'{app.origin}/account?welcome', {'role': 'reader'})
    assert {'first', 'second'} <= {cookie.name for cookie in browser.jar}
    assert (seen[0][1].provider, seen[0][1].next, seen[0][1].redirect_type) == ('work', '/me', '')
    assert app.auth.get_session(seen[0][1].request) is None


BAD = [
    *('text', True, ['x'], {'unknown': 1}, {'redirect': 7}, {'redirect': '//evil.example'}, {'data': {1, 2}}),
    *({'data': float('nan')}, {'headers': 'x'}, {'headers': {'x': 1}}, {'headers': {'x': 'a\r\nSet-Cookie: b=c'}}),
    *({'headers': [('x',)]}, {'headers': {'x\n': 'y'}}, {'redirect': '/\ud800'}, {'token': 'x'}),
]


@pytest.mark.parametrize('said', BAD, ids=repr)
def test_what_a_hook_must_not_return(start, browser, said):
    """Nobody is signed in, and no header of the hook is sent."""
    app = start(on_session=lambda session, event: said)
    page = browser.sign_in(app.origin)
    assert 'error=session_refused' in page.url
    assert browser.open(f'{app.origin}/me').text == 'null'
    assert not [cookie for cookie in browser.jar if cookie.name == 'b']


@pytest.mark.parametrize('error', [PermissionError('no'), KeyError(), StopIteration(7), StopAsyncIteration()])
def test_hook_that_raises(start, browser, error):
    """Whatever a hook raises is a refusal."""

    def on_session(session, event):
        raise error

    assert 'error=session_refused' in browser.sign_in(start(on_session=on_session).origin).url


def test_async_hook(start, browser):
    """An `async def` works behind ASGI. Behind WSGI, where nothing awaits it, it refuses."""
    import asyncio

    async def on_session(session, event):
        await asyncio.sleep(0)
        return {'data': 'async'}

    app = start(on_session=on_session)
    page = browser.sign_in(app.origin, '/account')
    if app.kind == 'asgi':
        assert json.loads(page.text)['data'] == 'async'
    else:
        assert 'error=session_refused' in page.url


def test_sign_out_refused(start, browser):
    """The person stays signed in where `on_sign_out` raises."""

    def on_sign_out(event):
        raise OSError

    app = start(on_sign_out=on_sign_out)
    browser.sign_in(app.origin)
    assert 'error=sign_out_failed' in browser.open(f'{app.origin}/auth/sign-out', data=b'').url
    assert json.loads(browser.open(f'{app.origin}/me').text)['sub'] == 'ada'
