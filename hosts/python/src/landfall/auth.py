"""The loop that carries out the core's steps, and who is signed in."""

import inspect
import json
import logging
import secrets
import time
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from .core import DESCRIPTION, FIELDS, Core, Field, LandfallError, Step
from .hooks import Event, Hook, read_said
from .signatures import sign, verify
from .transport import Fetch, Transport, fetch
from .visit import Visit, of_request

MAX_STEPS = 16
# What a step brings does not reach the one after the next.
RESULT = dict.fromkeys(('failure', 'status', 'content_type', 'answer', 'retry_after', 'cause'), '')
Session = dict[str, Any]
"""`user`, `provider`, `created`, `expires`, `data` and `verified`, as docs/sessions.md has them."""


class Answer(NamedTuple):
    """An answer for a person who may not see a page: `return answer` in Flask, `Response(*answer)` in Starlette."""

    body: str
    status: int
    headers: dict[str, str]


def _call(hook: Hook, *arguments: Any) -> Any:
    try:
        return hook(*arguments)
    except StopIteration as error:  # No future may hold it: the request would wait for ever.
        raise RuntimeError from error


class Auth:
    """The routes of one configuration, and its sessions."""

    def __init__(
        self,
        options: Mapping[str, Any],
        *,
        on_session: Hook | None = None,
        on_sign_out: Hook | None = None,
        fetch: Fetch = fetch,
        logger: logging.Logger | None = None,
    ) -> None:
        """Take the options of docs/options.md; raise LandfallError `config_invalid` for one that is wrong.

        `on_session(session, event)` takes a sign-in, `on_sign_out(event)` ends the app's own session, `fetch` sends the
        requests to providers, and `logger` gets a line for each outcome.
        """
        asked = {name: True for name, hook in (('onSession', on_session), ('onSignOut', on_sign_out)) if hook}
        try:
            text = json.dumps({**options, **asked}, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise LandfallError('config_invalid', f'create_auth: the options are no JSON: {error}') from error
        self._core = Core(text)
        self._ready = Step(self._core.call('configure', [text]))
        if self._ready['kind'] != 'ready':
            parameter, problem, suggestion = (self._ready.get(name) for name in ('parameter', 'problem', 'suggestion'))
            hint = f', did you mean `{suggestion}`?' if suggestion else ''
            raise LandfallError('config_invalid', f'create_auth: `{parameter}` is refused ({problem}){hint}')
        self._hooks = {'session': on_session, 'sign_out': on_sign_out}
        self._transport = Transport(fetch)
        self._log = logger or logging.getLogger('landfall')

    def _perform(self, operation: str, visit: Visit, fields: dict[str, Field]) -> Step | None:
        entropy = secrets.token_bytes(DESCRIPTION['limits']['entropy_bytes'])
        fresh: dict[str, Field] = {'now': str(int(time.time())), 'entropy': entropy}
        values = {'method': visit.method, 'url': visit.url, **fields, **fresh}
        return self._core.perform(operation, 'REQUEST', values, visit.headers)

    async def serve(self, visit: Visit) -> Step | None:
        """Serve a request: the RESPOND step, or None where the address is no route of Landfall's."""
        try:
            step = await self._flow(visit)
        except Exception as error:
            self._log.exception('landfall: a request failed')
            visit.more = []
            step = self._fail(visit, error)
        if step:
            if step['log']:
                self._log.log(logging.WARNING if step['code'] else logging.INFO, '%s', step['log'])
            if step['parameter'] != 'redirect':
                step.pairs += visit.more
        return step

    async def _flow(self, visit: Visit) -> Step | None:
        fields: dict[str, Field] = {}
        asked, result = None, fields
        for _ in range(MAX_STEPS):
            step = self._perform('serve', visit, fields)
            if asked and step and step['keep'] == '1':
                self._transport.keep(asked, result)
            if step is None or step['kind'] == 'respond':
                return step
            visit.is_ours = True
            result = await self._carry_out(step, visit)
            asked = step if step.get('max_age', '0') != '0' else None  # Nothing else than such a FETCH is kept.
            fields = {**fields, **RESULT, 'resume': step['resume'], **result}
        raise RuntimeError('the flow does not end')

    async def _carry_out(self, step: Step, visit: Visit) -> dict[str, Field]:
        """Carry out a step: the fields of REQUEST that it brings. Every other kind than these is a hook."""
        carried = {'fetch': self._transport.perform, 'verify': verify, 'sign': sign}.get(step['kind'])
        if carried:
            return cast('dict[str, Field]', await visit.call(carried, step))
        if step['kind'] == 'body':
            return {'has_body': '1', 'body': await visit.read(int(step['max_bytes']) + 1)}
        return await self._ask(step['kind'], step, visit)

    async def _ask(self, kind: str, step: Step, visit: Visit) -> dict[str, Field]:
        """Ask the app; what it raises is a refusal, and so is a result of the wrong shape."""
        visit.more = []
        event = Event(visit.source, *(step.get(name, '') for name in Event._fields[1:]))
        try:
            arguments = [json.loads(step['session']), event] if 'session' in step else [event]
            said = await visit.call(_call, self._hooks[kind], *arguments)
            fields, visit.more = read_said(kind, await said if inspect.isawaitable(said) else said)
        except Exception:
            self._log.warning('landfall: the hook on_%s refused', kind, exc_info=True)
            return {'failure': 'refused'}
        return fields

    def _fail(self, visit: Visit, error: Exception) -> Step | None:
        """Give the answer of docs/abi.md, "When the host fails"; None where the address is the app's own."""
        code = error.code if isinstance(error, LandfallError) else 'internal_error'
        try:
            found = self._perform('serve', Visit(None, 'HEAD', visit.url, lambda name: None), {})
            if not found and not visit.is_ours:
                return None
            route = found.get('route', '') if found else ''
            return self._core.perform('fail', 'FAIL', {'code': code, 'route': route, 'method': visit.method})
        except Exception:
            self._log.exception('landfall: the core itself failed')
            return Step(['0', '', '', '500', *[''] * (len(FIELDS['RESPOND']) - 4)])

    def _session(self, operation: str, request: Any, **fields: Any) -> tuple[Session | None, Step]:
        visit = of_request(request)
        step = self._perform(operation, visit, {name: json.dumps(value) for name, value in fields.items()})
        is_answer = operation == 'require_session' and step and step.get('code') != 'session_off'
        if not step or (step['kind'] == 'respond' and not is_answer):
            raise LandfallError(*(step['code'], step['message']) if step else ('internal_error', operation))
        for line in step.rest if step['kind'] == 'stored_session' else ():
            name = line.partition('=')[0]
            if fields or name not in visit.cookies:  # What was written wins over what is only renewed.
                visit.cookies[name] = line
        return json.loads(step.get('session') or 'null'), step

    def get_session(self, request: Any) -> Session | None:
        """Tell who is signed in, from a request of Starlette, Flask, Django, a scope, an environ, or headers."""
        return self._session('get_session', request)[0]

    def require(self, request: Any) -> Session | Answer:
        """Give the session, or the Answer for somebody who may not see the page: a 303, 401 or 403."""
        session, step = self._session('require_session', request)
        return Answer(step['body'], int(step['status']), dict(step.pairs)) if session is None else session

    def create_session(self, request: Any, user: Mapping[str, Any], data: Any = None) -> Session | None:
        """Sign in somebody whom the app knows itself: `user` has at least `provider` and `sub`."""
        return self._session('create_session', request, user=user, data=data)[0]

    def update_session(self, request: Any, data: Any) -> Session | None:
        """Replace the app's data in the session of a request."""
        return self._session('update_session', request, data=data)[0]

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
