"""Django in one file: `waitress-serve app:application`, or `gunicorn app:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html

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


def home(request: HttpRequest) -> HttpResponse:
    """Greet whoever is there."""
    user = landfall.user(request)
    name = (user['name'] or user['sub']) if user else 'you'
    return HttpResponse(format_html('<h1>Hello {}</h1><a href="/account">Account</a>', name))


def account(request: HttpRequest) -> HttpResponse:
    """Show signed-in people their account, and lead everybody else to the sign-in and back."""
    session = auth.require(request)
    if isinstance(session, landfall.Answer):
        return HttpResponse(session.body, status=session.status, headers=session.headers)
    form = '<form method="post" action="/auth/sign-out"><button>Sign out</button></form>'
    return HttpResponse(format_html('<h1>Account of {}</h1>', session['user']['sub']) + form)


urlpatterns = [path('', home), path('account', account)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'], SECRET_KEY=setting('AUTH_SECRET'))
application = landfall.wsgi(auth, get_wsgi_application())
