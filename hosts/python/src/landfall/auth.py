"""The routes of one configuration, and who is signed in."""

import asyncio
import json
import logging
from collections.abc import Mapping
from functools import partial
from os import PathLike, fspath
from typing import Any, NamedTuple

from .calls import here, in_thread, run
from .core import Core, Field, Instance, LandfallError, Step
from .flow import Call, Flow
from .hooks import Hook
from .native import NativeInstance
from .transport import Fetch, Transport, fetch
from .visit import of_request

WRITING = {'create_session', 'update_session', 'get_access_token'}
Session = dict[str, Any]
"""`user`, `provider`, `sid`, `created`, `expires`, `data` and `verified`, as docs/sessions.md has them."""


class Answer(NamedTuple):
    """An answer for a person who may not see a page: `return answer` in Flask, `Response(*answer)` in Starlette."""

    body: str
    status: int
    headers: dict[str, str]


class AccessToken(NamedTuple):
    """A provider's access token; `expires_at` is in seconds since 1970, and None where nobody says it."""

    access_token: str
    expires_at: int | None


class Logout(NamedTuple):
    """Whose sessions a provider has ended: the one that the ID Token's `sid` names, or without it all of `sub`."""

    provider: str
    sub: str | None
    sid: str | None
    jti: str


def _to_session(step: Step) -> Session | None:
    session: Session | None = json.loads(step['session'] or 'null')
    return session


def _to_user(step: Step) -> dict[str, Any] | None:
    session = _to_session(step)
    return session['user'] if session else None


def _to_required(step: Step) -> Session | Answer:
    if step['kind'] == 'respond':
        return Answer(
            step['body'], int(step['status']), {name: text for name, text in step.pairs if name != 'set-cookie'}
        )
    return _to_session(step) or {}


def _to_token(step: Step) -> AccessToken:
    return AccessToken(step['access_token'], int(step['expires_at']) if step['expires_at'] else None)


def _to_logout(step: Step) -> Logout:
    return Logout(step['provider'], step['sub'] or None, step['sid'] or None, step['jti'])


def _to_minimum(seconds: int | None) -> str:
    if seconds is None:
        return ''
    if type(seconds) is not int or seconds < 0:
        raise LandfallError('argument_invalid', 'get_access_token: `minimum` is a whole number of seconds')
    return str(seconds)


class Auth(Flow):
    """The routes of one configuration, and its sessions."""

    def __init__(
        self,
        options: Mapping[str, Any],
        *,
        on_session: Hook | None = None,
        on_sign_out: Hook | None = None,
        is_revoked: Hook | None = None,
        fetch: Fetch = fetch,
        logger: logging.Logger | None = None,
        library: str | PathLike[str] | None = None,
    ) -> None:
        """Take the options of docs/options.md; raise LandfallError `config_invalid` for one that is wrong.

        `on_session(session, event)` takes a sign-in, `on_sign_out(event)` ends the app's own session, and
        `is_revoked(session)` tells whether the app has ended one of Landfall's. `fetch` sends the requests to
        providers, `logger` gets a line for each outcome, and `library` is the native library to take in place of the
        module.
        """
        hooks = {'onSession': on_session, 'onSignOut': on_sign_out, 'isRevoked': is_revoked}
        asked = {name: True for name, hook in hooks.items() if hook}
        try:
            text = json.dumps({**options, **asked}, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise LandfallError('config_invalid', f'create_auth: the options are no JSON: {error}') from error
        self._core = Core(text, partial(NativeInstance, fspath(library)) if library else Instance)
        self._ready = Step(self._core.call('configure', [text.encode()]))
        if self._ready['kind'] != 'ready':
            parameter, problem, suggestion = (self._ready.get(name) for name in ('parameter', 'problem', 'suggestion'))
            hint = f', did you mean `{suggestion}`?' if suggestion else ''
            text = f'create_auth: `{parameter}` is refused ({problem}){hint}'
            raise LandfallError('config_invalid', text, parameter or '')
        self._hooks = {'session': on_session, 'sign_out': on_sign_out, 'revoked': is_revoked}
        self._transport = Transport(fetch)
        self._log = logger or logging.getLogger('landfall')

    async def _question(self, operation: str, request: Any, call: Call = here, **given: Field) -> Step:
        """Perform an operation on the session of a request, whose answer gets the cookies."""
        visit = of_request(request)
        step = await self._run(operation, visit, given, call)
        if step is None:
            raise LandfallError('internal_error', operation)
        is_error = step['kind'] == 'respond'
        for line in [value for name, value in step.pairs if name == 'set-cookie'] if is_error else step.rest:
            visit.add_cookie(line, operation in WRITING and not is_error)
        if is_error:
            self._tell(step)
        if is_error and (operation != 'require_session' or step['code'] == 'session_off'):
            raise LandfallError(step['code'], step['message'], step['parameter'])
        return step

    def get_session(self, request: Any) -> Session | None:
        """Tell who is signed in, from a request of Starlette, Flask, Django, a scope, an environ, or headers."""
        return _to_session(run(self._question('get_session', request)))

    def get_user(self, request: Any) -> dict[str, Any] | None:
        """Tell who is signed in, verified; raise LandfallError where that cannot be known."""
        return _to_user(run(self._question('get_user', request)))

    async def aget_user(self, request: Any) -> dict[str, Any] | None:
        """Do what `get_user` does, in an `async def`."""
        return _to_user(await asyncio.shield(self._question('get_user', request, in_thread)))

    def require(self, request: Any) -> Session | Answer:
        """Give the session, verified, or the Answer for somebody who may not see the page: a 303, 401 or 403."""
        return _to_required(run(self._question('require_session', request)))

    async def arequire(self, request: Any) -> Session | Answer:
        """Do what `require` does, in an `async def`."""
        return _to_required(await asyncio.shield(self._question('require_session', request, in_thread)))

    def get_access_token(self, request: Any, minimum: int | None = None) -> AccessToken:
        """Give an access token of the person's provider that lives for a minimum of seconds, by default 60.

        It renews the token where it must, and raises LandfallError where there is none.
        """
        return _to_token(run(self._question('get_access_token', request, minimum=_to_minimum(minimum))))

    async def aget_access_token(self, request: Any, minimum: int | None = None) -> AccessToken:
        """Do what `get_access_token` does, in an `async def`."""
        asked = self._question('get_access_token', request, in_thread, minimum=_to_minimum(minimum))
        return _to_token(await asyncio.shield(asked))

    def create_session(self, request: Any, user: Mapping[str, Any], data: Any = None) -> Session | None:
        """Sign in somebody whom the app knows itself: `user` has at least `provider` and `sub`."""
        asked = self._question('create_session', request, user=json.dumps(user), data=json.dumps(data))
        return _to_session(run(asked))

    def update_session(self, request: Any, data: Any) -> Session | None:
        """Replace the app's data in the session of a request."""
        return _to_session(run(self._question('update_session', request, data=json.dumps(data))))

    def verify_logout_token(self, request: Any, body: bytes) -> Logout:
        """Check the logout token in a form that a provider posts (OpenID Connect Back-Channel Logout 2.5).

        It raises LandfallError for one that is not right. Answer 200, and 400 where it raises.
        """
        return _to_logout(run(self._question('verify_logout_token', request, has_body='1', body=body)))

    async def averify_logout_token(self, request: Any, body: bytes) -> Logout:
        """Do what `verify_logout_token` does, in an `async def`."""
        asked = self._question('verify_logout_token', request, in_thread, has_body='1', body=body)
        return _to_logout(await asyncio.shield(asked))

    def check(self) -> list[tuple[str, str]]:
        """List the options without a value, each with its environment variable."""
        return [(line.partition(' ')[0], line.partition(' ')[2]) for line in self._ready['missing'].splitlines()]


create_auth = Auth


def user(request: Any) -> dict[str, Any] | None:
    """Tell who is signed in, behind landfall.asgi or landfall.wsgi: `provider`, `sub`, `name`, …, or None."""
    auth = of_request(request).auth
    if auth is None:
        raise LandfallError('argument_invalid', 'user: the request did not come through landfall.asgi or landfall.wsgi')
    session: Session | None = auth.get_session(request)
    return session['user'] if session else None
