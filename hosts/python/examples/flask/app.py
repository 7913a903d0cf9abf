"""Flask: `flask run`, or `waitress-serve app:app`."""

import os
from html import escape

from flask import Flask, request
from flask.typing import ResponseReturnValue

import landfall

setting = os.environ.get
auth = landfall.create_auth(
    {
        'origin': setting('APP_ORIGIN'),
        'secret': setting('AUTH_SECRET'),
        'session': True,
        'providers': {
            'sso': {
                'issuer': setting('ISSUER'),
                'clientId': setting('CLIENT_ID'),
                'clientSecret': setting('CLIENT_SECRET'),
                'scopes': 'openid profile email',
            }
        },
    }
)
app = Flask(__name__)


@app.get('/')
def home() -> ResponseReturnValue:
    """Greet whoever is there."""
    user = landfall.user(request)
    name = escape(user['name'] or user['sub']) if user else 'you'
    return f'<h1>Hello {name}</h1><a href="/account">Account</a>'


@app.get('/account')
def account() -> ResponseReturnValue:
    """Show signed-in people their account, and lead everybody else to the sign-in and back."""
    session = auth.require(request)
    if isinstance(session, landfall.Answer):
        return session
    form = '<form method="post" action="/auth/sign-out"><button>Sign out</button></form>'
    return f'<h1>Account of {escape(session["user"]["sub"])}</h1>{form}'


app.wsgi_app = landfall.wsgi(auth, app.wsgi_app)  # type: ignore[assignment, method-assign]
