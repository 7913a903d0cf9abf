"""The boundary: an operation of core.wasm with its fields by name."""

import json
import os
import queue
import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any

import wasmtime

DESCRIPTION: dict[str, Any] = json.loads((files('landfall') / 'messages.json').read_text())
MESSAGES: dict[str, list[str]] = DESCRIPTION['messages']
HEAD = struct.Struct('<2I')
Field = str | bytes


class LandfallError(Exception):
    """A mistake of the caller, or a core that fails; `code` is a name of docs/errors.md."""

    def __init__(self, code: str, message: str) -> None:
        """Take the code and the sentence."""
        super().__init__(f'landfall: {message}')
        self.code = code


class Step(dict[str, str]):
    """An answer of the core: its fields by name, `kind` as STEP names it, and the list at its end."""

    def __init__(self, answer: list[str]) -> None:
        """Give the fields of an answer their names."""
        kind = MESSAGES['STEP'][int(answer[0])]
        names = [name for name in MESSAGES[kind.upper()] if not name.endswith('_0')]
        super().__init__(zip(names, answer, strict=False), kind=kind)
        self.rest = answer[len(names) :]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The list at its end as pairs of header name and value."""
        return list(zip(self.rest[::2], self.rest[1::2], strict=True))


@cache
def load() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Compile core.wasm, or take it from the engine's cache on disk; once in a process."""
    config = wasmtime.Config()
    with suppress(wasmtime.WasmtimeError):  # Without a home folder there is no cache.
        config.cache = True
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module(engine, (files('landfall') / 'core.wasm').read_bytes())


class Instance:
    """One instance of the module. One thread at a time may use it."""

    def __init__(self) -> None:
        """Instantiate, and compare the versions."""
        engine, module = load()
        self.store = wasmtime.Store(engine)
        exports: Any = wasmtime.Instance(self.store, module, []).exports(self.store)
        self.exports = exports
        exports['_initialize'](self.store)
        if exports['landfall_abi'](self.store) != DESCRIPTION['abi']:
            raise LandfallError('internal_error', 'core.wasm and messages.json are of different builds')

    def call(self, operation: str, message: bytes) -> list[str] | None:
        """Perform an operation: the fields of the answer, or None where the message is too large."""
        exports, store = self.exports, self.store
        room = exports['landfall_input'](store, len(message)) & 0xFFFFFFFF
        if room == 0:
            return None
        memory = exports['memory']
        memory.write(store, message, room)
        at = exports['landfall_handle'](store, MESSAGES['OPERATION'].index(operation)) & 0xFFFFFFFF
        size, count = HEAD.unpack(memory.read(store, at, at + HEAD.size))
        answer = memory.read(store, at, at + size)
        exports['landfall_wipe'](store)
        texts, start = [], HEAD.size + 4 * count
        for length in struct.unpack_from(f'<{count}I', answer, HEAD.size):
            texts.append(answer[start : start + length].decode('ascii'))
            start += length
        return texts

    def destroy(self) -> None:
        """Zero the memory of an instance that nobody uses again."""
        memory = self.exports['memory']
        memory.write(self.store, bytes(memory.data_len(self.store)), 0)


class Core:
    """A pool of instances with one configuration; all threads may share it."""

    def __init__(self, options: str | None = None) -> None:
        """Configure the first instance; raise LandfallError `config_invalid` for options that the core refuses."""
        self._options = options
        self._pool: queue.LifoQueue[Instance | None] = queue.LifoQueue()
        for _ in range(os.cpu_count() or 1):
            self._pool.put(None)
        instance, self.ready = self._make()
        self._pool.put(instance)

    def _make(self) -> tuple[Instance, Step]:
        instance = Instance()
        if self._options is None:
            return instance, Step([str(MESSAGES['STEP'].index('ready'))])
        ready = Step(instance.call('configure', pack([self._options])) or ['0'])
        if ready['kind'] != 'ready':
            hint = f', did you mean `{ready["suggestion"]}`' if ready.get('suggestion') else ''
            problem = f'`{ready.get("parameter")}` is refused ({ready.get("problem")}){hint}'
            raise LandfallError('config_invalid', f'create_auth: {problem}')
        return instance, ready

    def call(self, operation: str, fields: Iterable[Field]) -> list[str]:
        """Perform an operation; raise LandfallError `request_too_large`, or what the engine raises for a trap."""
        message = pack(fields)
        instance = self._pool.get()
        try:
            instance = instance or self._make()[0]
            answer = instance.call(operation, message)
        except BaseException:
            if instance:
                broken, instance = instance, None
                broken.destroy()
            raise
        finally:
            self._pool.put(instance)
        if answer is None:
            raise LandfallError('request_too_large', 'the message is too large')
        return answer

    def perform(
        self, operation: str, layout: str, values: Mapping[str, Field], more: Iterable[Field] = ()
    ) -> Step | None:
        """Perform an operation whose message has the fields of a layout; None where the answer has no field."""
        names = [name for name in MESSAGES[layout] if not name.endswith('_0')]
        answer = self.call(operation, [*(values.get(name, '') for name in names), *more])
        return Step(answer) if answer else None


def pack(fields: Iterable[Field]) -> bytes:
    """Write a message; the core itself judges what is no UTF-8."""
    parts = [field if isinstance(field, bytes) else field.encode('utf-8', 'surrogatepass') for field in fields]
    lengths = [len(parts), *map(len, parts)]
    return struct.pack(f'<{len(lengths) + 1}I', 4 + 4 * len(lengths) + sum(lengths[1:]), *lengths) + b''.join(parts)


@cache
def _unconfigured() -> Core:
    return Core()


def check_next(target: str, origin: str = '') -> str | None:
    """Check a `next` of somebody else: the path to use, or None where it is not safe; `origin` is the app's."""
    answer = _unconfigured().call('check_next', [target, origin])
    return None if not answer else answer[0] if len(answer) == 1 else target
