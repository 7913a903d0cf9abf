"""FastAPI: `uvicorn app:application`."""

import os
from html import escape

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

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
app = FastAPI()


@app.get('/')
def home(request: Request) -> HTMLResponse:
    """Greet whoever is there."""
    user = landfall.user(request)
    name = escape(user['name'] or user['sub']) if user else 'you'
    return HTMLResponse(f'<h1>Hello {name}</h1><a href="/account">Account</a>')


@app.get('/account')
def account(request: Request) -> Response:
    """Show signed-in people their account, and lead everybody else to the sign-in and back."""
    session = auth.require(request)
    if isinstance(session, landfall.Answer):
        return Response(*session)
    form = '<form method="post" action="/auth/sign-out"><button>Sign out</button></form>'
    return HTMLResponse(f'<h1>Account of {escape(session["user"]["sub"])}</h1>{form}')


application = landfall.asgi(auth, app)
