"""The OAuth callback route: sign-in, callback, sign-out and sessions in front of an ASGI or WSGI app."""

from .auth import AccessToken, Answer, Auth, Logout, Session, create_auth, user
from .core import LandfallError, check_next
from .hooks import Event
from .middleware import asgi, wsgi
from .transport import fetch

__all__ = [
    'AccessToken',
    'Answer',
    'Auth',
    'Event',
    'LandfallError',
    'Logout',
    'Session',
    'asgi',
    'check_next',
    'create_auth',
    'fetch',
    'user',
    'wsgi',
]
