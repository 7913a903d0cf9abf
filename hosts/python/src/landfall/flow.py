"""The loop that carries out the core's steps."""

import inspect
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .core import DESCRIPTION, FIELDS, Core, Field, LandfallError, Step, encode, fill
from .hooks import Event, Hook, read_said
from .signatures import sign, verify
from .transport import Response, Transport
from .visit import Visit

MAX_STEPS = 16
ENTROPY_BYTES = DESCRIPTION['limits']['entropy_bytes']
PLACES = {name: number for number, name in enumerate(FIELDS['REQUEST'])}
NOW, ENTROPY, RESUME, AGE = (PLACES[name] for name in ('now', 'entropy', 'resume', 'age'))
ANSWERS = {'respond', 'stored_session', 'access_token', 'logout'}
# What a step brings does not reach the one after the next.
RESULT = [PLACES[name] for name in ('failure', 'status', 'content_type', 'answer', 'retry_after', 'age', 'cause')]
Call = Callable[..., Awaitable[Any]]


def _call(hook: Hook, *arguments: Any) -> Any:
    try:
        return hook(*arguments)
    except StopIteration as error:  # No future may hold it: the request would wait for ever.
        raise RuntimeError from error


class Flow:
    """A core, and what carries out its steps."""

    _core: Core
    _transport: Transport
    _hooks: dict[str, Hook | None]
    _log: logging.Logger

    def _perform(self, operation: str, fields: list[bytes]) -> Step | None:
        """Perform an operation on a REQUEST, now."""
        fields[NOW], fields[ENTROPY] = b'%d' % time.time(), os.urandom(ENTROPY_BYTES)
        return self._core.perform(operation, fields)

    async def serve(self, visit: Visit) -> Step | None:
        """Serve a request: the RESPOND step, or None where the address is no route of Landfall's."""
        try:
            step = await self._run('serve', visit, {}, visit.call)
        except Exception as error:
            self._log.exception('landfall: a request failed')
            visit.more = []
            step = self._fail(visit, error)
        if step:
            self._tell(step)
            if step['parameter'] != 'redirect':
                step.rest += [text for line in visit.more for text in line]
        return step

    def _tell(self, step: Step) -> None:
        if step['log']:
            self._log.log(logging.WARNING if step['code'] else logging.INFO, '%s', step['log'])

    async def _run(self, operation: str, visit: Visit, given: dict[str, Field], call: Call) -> Step | None:
        """Carry out the steps of an operation until the core has an answer."""
        fields = visit.to_fields(given)
        step = self._perform(operation, fields)
        for _ in range(MAX_STEPS):
            if step is None or step['kind'] in ANSWERS:
                if step and step.get('forget'):
                    self._transport.renewals.forget(step['forget'])
                return step
            visit.is_ours = True
            result = await self._carry_out(step, visit, call)
            for place in RESULT:
                fields[place] = b''
            for name, value in result.items():
                fields[PLACES[name]] = encode(value)
            fields[RESUME] = encode(step['resume'])
            if isinstance(result, Response):
                fields[AGE] = encode(result.age)
            asked, step = step, None
            try:
                step = self._perform(operation, fields)
            finally:
                if isinstance(result, Response):
                    self._transport.settle(asked, result, step is not None and step['keep'] == '1')
        raise RuntimeError('the flow does not end')

    async def _carry_out(self, step: Step, visit: Visit, call: Call) -> dict[str, Field]:
        """Carry out a step: the fields of REQUEST that it brings. Every other kind than these is a hook."""
        match step['kind']:
            case 'fetch':
                response: Response = await call(self._transport.perform, step)
                return response
            case 'verify' | 'sign' as kind:
                carried: dict[str, Field] = await call({'verify': verify, 'sign': sign}[kind], step)
                return carried
            case 'body':
                return {'has_body': '1', 'body': await visit.read(int(step['max_bytes']) + 1)}
        return await self._ask(step['kind'], step, visit, call)

    async def _ask(self, kind: str, step: Step, visit: Visit, call: Call) -> dict[str, Field]:
        """Ask the app; what it raises is a refusal, and so is a result of the wrong shape."""
        visit.more = []
        try:
            arguments = [json.loads(step['session'])] if 'session' in step else []
            if kind != 'revoked':
                texts = {name: step.get(name, '') for name in ('provider', 'next', 'redirect_type')}
                current = step.get('current')
                arguments.append(Event(visit.source, current=json.loads(current) if current else None, **texts))
            said = await call(_call, self._hooks[kind], *arguments)
            said = await said if inspect.isawaitable(said) else said
            if kind == 'revoked':
                return {'status': '1' if said else '0'}
            fields, visit.more = read_said(kind, said)
        except Exception:
            self._log.warning('landfall: the hook for `%s` refused', kind, exc_info=True)
            return {'failure': 'refused'}
        return fields

    def _fail(self, visit: Visit, error: Exception) -> Step | None:
        """Give the answer of docs/abi.md, "When the host fails"; None where the address is the app's own."""
        code = error.code if isinstance(error, LandfallError) else 'internal_error'
        try:
            found = self._perform('serve', fill('REQUEST', {'method': 'HEAD', 'url': visit.url}))
            if not found and not visit.is_ours:
                return None
            route = found.get('route', '') if found else ''
            return self._core.perform('fail', fill('FAIL', {'code': code, 'route': route, 'method': visit.method}))
        except Exception:
            self._log.exception('landfall: the core itself failed')
            return Step(['0', '', '', '500', *[''] * (len(FIELDS['RESPOND']) - 4)])
