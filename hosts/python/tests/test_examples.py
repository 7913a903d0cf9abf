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

EXAMPLES = Path(__file__).resolve().parents[1] / 'examples'
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
