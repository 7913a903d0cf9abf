"""How a coroutine calls what takes time: in a thread behind ASGI, at once behind WSGI."""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar('T')
# They wait for providers and hooks. asyncio's own few are the app's.
THREADS = ThreadPoolExecutor(64, 'landfall')


async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function without keeping the event loop."""
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(THREADS, context.run, function, *arguments)


async def here(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function, and wait for it."""
    return function(*arguments)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in which nothing waits. An `async def` hook would: it counts as a refusal."""
    try:
        coroutine.send(None)
        coroutine.throw(TypeError('landfall: a hook that is an async def needs an event loop'))
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError
