"""What the app's hooks get and may return."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r'[\t\x20-\x7e\x80-\xff]*')
# Landfall sets the first five. The others are the server's business.
RESERVED = set(
    'cache-control expires location pragma referrer-policy connection content-encoding content-length http2-settings '
    'keep-alive proxy-connection te trailer transfer-encoding upgrade'.split()
)
# The fields of REQUEST that a hook decides, by the step and the name that it returns.
MEMBERS = {
    'session': {'redirect': 'redirect', 'data': 'data'},
    'sign_out': {
        'redirect': 'redirect',
        'provider': 'revoke_provider',
        'token': 'revoke_token',
        'token_type_hint': 'token_type_hint',
    },
}
Hook = Callable[..., Any]
"""A function, or an `async def` behind ASGI. It returns None or a dict; whatever it raises is a refusal."""


class Event(NamedTuple):
    """What a hook gets beside the session: the scope or environ of the request, and of a sign-in its circumstances."""

    request: Any
    provider: str
    next: str
    redirect_type: str


def read_headers(given: Any) -> list[tuple[str, str]]:
    """Read headers from a mapping or pairs; raise ValueError for those that no answer may have."""
    headers = []
    for name, content in given.items() if isinstance(given, Mapping) else given:
        for value in content if isinstance(content, list) else [content]:
            if not (NAME.fullmatch(name) and VALUE.fullmatch(value)) or name.lower() in RESERVED:
                message = f'a hook must not set the header {name!r} to this value'
                raise ValueError(message)
            headers.append((name.lower(), value.strip(' \t')))
    return headers


def read_said(kind: str, said: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Read what a hook returned: fields of REQUEST, and headers for the answer; raise for anything else."""
    given = dict(said or {})
    headers = read_headers(given.pop('headers', None) or {})
    fields = {}
    for name, value in given.items():
        field = MEMBERS[kind].get(name)
        text = json.dumps(value, allow_nan=False) if field == 'data' else value
        if field is None or not isinstance(value if field != 'data' else text, str | None):
            message = f'a hook must not return {name!r} as {type(value).__name__}'
            raise TypeError(message)
        if value is not None:
            fields[field] = text
    return fields, headers
