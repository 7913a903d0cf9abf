"""What the app's hooks get and may return."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .core import Field

Hook = Callable[..., Any]
"""A function, or behind ASGI an `async def`. It returns None or a dict; whatever it raises is a refusal."""
Said = tuple[dict[str, Any], Any]
"""Fields of REQUEST, and headers for the answer."""


class Event(NamedTuple):
    """What a hook gets beside the session: the scope or environ of the request, and of a sign-in its circumstances."""

    request: Any
    provider: str
    next: str
    redirect_type: str
    current: dict[str, Any] | None
    """The session in which the sign-in started, to link an account; None for none."""


def _session(headers: Any = None, redirect: Any = None, data: Any = None) -> Said:
    return {'redirect': redirect, 'data': data and json.dumps(data, allow_nan=False)}, headers


def _sign_out(
    headers: Any = None, redirect: Any = None, provider: Any = None, token: Any = None, token_type_hint: Any = None
) -> Said:
    revoked = {'revoke_provider': provider, 'revoke_token': token, 'token_type_hint': token_type_hint}
    return {'redirect': redirect, **revoked}, headers


MEMBERS: dict[str, Callable[..., Said]] = {'session': _session, 'sign_out': _sign_out}
"""The members that each hook may return, by the step."""


def read_said(kind: str, said: Any) -> tuple[dict[str, Field], list[tuple[str, str]]]:
    """Read what a hook returned: fields of REQUEST, and headers for the answer; raise for anything else."""
    fields, headers = MEMBERS[kind](**(said or {}))
    lines = [
        (name, value)
        for name, values in (headers.items() if isinstance(headers, dict) else headers or ())
        for value in (values if isinstance(values, list) else [values])
    ]
    texts = [value for value in fields.values() if value is not None] + [text for line in lines for text in line]
    if not all(isinstance(text, str) for text in texts) or any(
        re.search('[^\t\x20-\x7e\x80-\xff]', text) for text in texts
    ):
        raise TypeError('landfall: a hook returns texts, and headers without line ends')
    return {name: value or '' for name, value in fields.items()}, lines
