"""Each example as a person starts it: signed in through, and out again."""

import os
import subprocess
import sys
import time
import urllib.error
from pathlib import Path

import pytest
from conftest import SECRET, find_port
from provider import CLIENT
from starlette.testclient import TestClient

PACKAGE = Path(__file__).resolve().parents[1]
EXAMPLES = PACKAGE / 'examples'
COMMANDS = {
    'fastapi': ['uvicorn', 'app:application', '--host', '127.0.0.1', '--port={port}'],
    'flask': ['flask', 'run', '--port={port}'],
    'django': ['gunicorn', 'app:application', '--bind', '127.0.0.1:{port}'],
}


@pytest.mark.parametrize('name', COMMANDS)
def test_example(name, provider, browser):
    """Home, the account behind the sign-in, and sign-out."""
    port = find_port()
    origin = f'http://127.0.0.1:{port}'
    settings = {'APP_ORIGIN': origin, 'AUTH_SECRET': SECRET, 'ISSUER': provider.issuer}
    settings |= {'CLIENT_ID': CLIENT['clientId'], 'CLIENT_SECRET': CLIENT['clientSecret']}
    command = [sys.executable, '-m', *(word.format(port=port) for word in COMMANDS[name])]
    server = subprocess.Popen(command, cwd=EXAMPLES / name, env={**os.environ, **settings})
    try:
        while True:
            assert server.poll() is None
            try:
                home = browser.open(f'{origin}/')
                break
            except urllib.error.URLError:
                time.sleep(0.05)
        assert '<h1>Hello you</h1>' in home.text
        account = browser.open(f'{origin}/account')
        assert (account.url, '<h1>Account of ada</h1>' in account.text) == (f'{origin}/account', True)
        assert '<h1>Hello Ada Lovelace</h1>' in browser.open(f'{origin}/').text
        browser.open(f'{origin}/auth/sign-out', data=b'')
        assert '<h1>Hello you</h1>' in browser.open(f'{origin}/').text
    finally:
        server.kill()
        server.wait()


def test_first_lines_of_the_readme(monkeypatch):
    """The code that a reader copies starts a sign-in at GitHub."""
    settings = {'APP_ORIGIN': 'https://app.example', 'AUTH_SECRET': SECRET}
    settings |= {'GITHUB_CLIENT_ID': 'a', 'GITHUB_CLIENT_SECRET': 'b'}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    code = (PACKAGE / 'README.md').read_text().split('```python\n')[1].split('```')[0]
    module = {}
    exec(compile(code, 'README.md', 'exec'), module)
    client = TestClient(module['application'], base_url='https://app.example', follow_redirects=False)
    assert client.get('/').json() is None
    answer = client.get('/auth/sign-in?provider=github&next=/')
    assert answer.headers['location'].startswith('https://github.com/login/oauth/authorize?')
