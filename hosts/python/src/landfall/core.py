"""The boundary: an operation of core.wasm with its fields by name."""

import json
import os
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from queue import LifoQueue
from typing import Any, Protocol

import wasmtime

DESCRIPTION: dict[str, Any] = json.loads((files('landfall') / 'messages.json').read_text())
MESSAGES: dict[str, list[str]] = DESCRIPTION['messages']
# The fields of each message. A name that ends in _0 begins the list at its end.
FIELDS = {message: [name for name in names if not name.endswith('_0')] for message, names in MESSAGES.items()}
ABI = 11
MAX_ADDRESS = 0xFFFFFFFF
Field = str | bytes


class LandfallError(Exception):
    """A mistake of the caller, or a core that fails; `code` is a name of docs/errors.md."""

    def __init__(self, code: str, message: str) -> None:
        """Take the code and the sentence."""
        super().__init__(f'landfall: {message}')
        self.code = code


class Step(dict[str, str]):
    """An answer of the core: its fields by name, `kind` as STEP names it, and the list at its end, `rest`."""

    def __init__(self, answer: list[str]) -> None:
        """Give the fields of an answer their names."""
        kind = MESSAGES['STEP'][int(answer[0])]
        names = FIELDS[kind.upper()]
        super().__init__(zip(names, answer, strict=False), kind=kind)
        self.rest = answer[len(names) :]
        self.pairs = list(zip(self.rest[::2], self.rest[1::2], strict=False))


@cache
def load() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Compile core.wasm once in a process, or take it from the engine's cache on disk."""
    config = wasmtime.Config()
    with suppress(wasmtime.WasmtimeError):  # Without a home folder there is no cache.
        config.cache = True
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module(engine, (files('landfall') / 'core.wasm').read_bytes())


class Instance:
    """One instance of the module. One thread at a time may use it."""

    def __init__(self, options: str) -> None:
        """Instantiate and configure it; raise LandfallError for a module with messages of another version."""
        engine, module = load()
        self.store = wasmtime.Store(engine)
        exports: Any = wasmtime.Instance(self.store, module, []).exports(self.store)
        self.memory = exports['memory']
        self.input, self.handle, self.wipe = (exports[f'landfall_{name}'] for name in ('input', 'handle', 'wipe'))
        exports['_initialize'](self.store)
        versions = {exports['landfall_abi'](self.store), DESCRIPTION['abi']}
        if versions != {ABI}:
            raise LandfallError('internal_error', f'this host is for version {ABI} of the messages, not {versions}')
        self.call('configure', pack([options]))

    def call(self, operation: str, message: bytes) -> list[str] | None:
        """Perform an operation: the fields of the answer, or None where the message is too large."""
        store, memory = self.store, self.memory
        room = self.input(store, len(message)) & MAX_ADDRESS
        if room == 0:
            return None
        memory.write(store, message, room)
        at = self.handle(store, MESSAGES['OPERATION'].index(operation)) & MAX_ADDRESS
        size = int.from_bytes(memory.read(store, at, at + 4), 'little')
        answer = unpack(bytes(memory.read(store, at, at + size)))
        self.wipe(store)
        return answer

    def drop(self) -> None:
        """Zero its memory: it may be broken, and nobody uses it again."""
        self.memory.write(self.store, bytes(self.memory.data_len(self.store)), 0)


class Caller(Protocol):
    """An instance of the module, or of the native library."""

    def call(self, operation: str, message: bytes) -> list[str] | None:
        """Perform an operation."""

    def drop(self) -> None:
        """Leave nothing behind."""


class Core:
    """A pool of instances with one configuration, for all threads: each works with an instance of its own."""

    def __init__(self, options: str = '{}', make: Callable[[str], Caller] = Instance) -> None:
        """Take the options as JSON; `perform('configure', …)` tells whether they are right."""
        self._options, self._make = options, make
        self._pool: LifoQueue[Caller | None] = LifoQueue()
        for _ in range(os.cpu_count() or 1):
            self._pool.put(None)

    def call(self, operation: str, fields: Iterable[Field]) -> list[str]:
        """Perform an operation; raise LandfallError `request_too_large`, or what the engine raises for a trap."""
        message = pack(fields)
        instance = self._pool.get()
        try:
            instance = instance or self._make(self._options)
            answer = instance.call(operation, message)
        except BaseException:
            if instance:
                instance.drop()
            instance = None
            raise
        finally:
            self._pool.put(instance)
        if answer is None:
            raise LandfallError('request_too_large', 'the message is too large')
        return answer

    def perform(self, operation: str, layout: str, values: dict[str, Field], rest: Iterable[Field] = ()) -> Step | None:
        """Perform an operation whose message has the fields of a layout; None where the answer has no field."""
        answer = self.call(operation, [*[values.get(name, '') for name in FIELDS[layout]], *rest])
        return Step(answer) if answer else None


def pack(fields: Iterable[Field]) -> bytes:
    """Write a message; the core itself judges what is no UTF-8."""
    # Most are empty.
    parts = [
        b'' if field == '' else field if isinstance(field, bytes) else field.encode('utf-8', 'surrogatepass')
        for field in fields
    ]
    lengths = [len(parts), *map(len, parts)]
    return struct.pack(f'<{len(lengths) + 1}I', 4 + 4 * len(lengths) + sum(lengths[1:]), *lengths) + b''.join(parts)


def unpack(answer: bytes) -> list[str]:
    """Read an answer: the core speaks ASCII."""
    (count,) = struct.unpack_from('<I', answer, 4)
    starts = accumulate(struct.unpack_from(f'<{count}I', answer, 8), initial=8 + 4 * count)
    return [answer[start:end].decode('ascii') for start, end in pairwise(starts)]


any_core = cache(Core)


def check_next(target: str, origin: str = '') -> str | None:
    """Check a `next` of somebody else: the path to use, or None where it is not safe; `origin` is the app's."""
    answer = any_core().call('check_next', [target, origin])
    return None if not answer else answer[0] if len(answer) == 1 else target
