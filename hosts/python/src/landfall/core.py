"""The boundary: an operation of core.wasm with its fields by name."""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from ctypes import POINTER, PYFUNCTYPE, byref, c_size_t, c_void_p, cast
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any, Protocol

import wasmtime
from wasmtime import _ffi as ffi

DESCRIPTION: dict[str, Any] = json.loads((files('landfall') / 'messages.json').read_text())
MESSAGES: dict[str, list[str]] = DESCRIPTION['messages']
# The fields of each message. A name that ends in _0 begins the list at its end.
FIELDS = {message: [name for name in names if not name.endswith('_0')] for message, names in MESSAGES.items()}
KINDS = [(kind, FIELDS[kind.upper()]) for kind in MESSAGES['STEP']]
OPERATIONS = {operation: number for number, operation in enumerate(MESSAGES['OPERATION'])}
ABI = 12
MAX_ADDRESS = 0xFFFFFFFF
RUN = ('wasmtime_func_call_unchecked', ffi.dll)
# No other thread runs Python meanwhile: a call is shorter than two changes of threads.
run_export = PYFUNCTYPE(c_void_p, c_void_p, c_void_p, c_void_p, c_size_t, c_void_p)(RUN)
Field = str | bytes


class LandfallError(Exception):
    """A failure; `code` is a name of docs/errors.md, and `parameter` the part at fault."""

    def __init__(self, code: str, message: str, parameter: str = '') -> None:
        """Take the code and the sentence."""
        super().__init__(f'landfall: {message}')
        self.code, self.parameter = code, parameter


class Step(dict[str, str]):
    """An answer of the core: its fields by name, `kind` as STEP names it, and the list at its end, `rest`."""

    def __init__(self, answer: list[str]) -> None:
        """Give the fields of an answer their names."""
        kind, names = KINDS[int(answer[0])]
        super().__init__(zip(names, answer, strict=False), kind=kind)
        self.rest = answer[len(names) :]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The list at its end, two by two: names and values of headers."""
        return list(zip(self.rest[::2], self.rest[1::2], strict=False))


@cache
def load() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Compile core.wasm once in a process, or take it from the engine's cache on disk."""
    config = wasmtime.Config()
    with suppress(wasmtime.WasmtimeError):  # Without a home folder there is no cache.
        config.cache = True
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module(engine, (files('landfall') / 'core.wasm').read_bytes())


class Export:
    """A function of the module with at most one number in, and one out.

    It calls the engine as wasmtime-py does, but keeps what that makes anew for each call: it takes a tenth of the time.
    """

    def __init__(self, store: wasmtime.Store, function: Any) -> None:
        """Make what a call needs."""
        self._number, self._trap = (ffi.wasmtime_val_raw_t * 1)(), POINTER(ffi.wasm_trap_t)()
        self._arguments = (cast(store._context(), c_void_p), byref(function._func), self._number, 1, byref(self._trap))

    def __call__(self, number: int = 0) -> int:
        """Call it; raise what the engine raises for a trap."""
        self._number[0].i32 = number
        error = run_export(*self._arguments)
        if error:
            raise wasmtime.WasmtimeError._from_ptr(cast(error, POINTER(ffi.wasmtime_error_t)))
        if self._trap:
            raise wasmtime.Trap._from_ptr(self._trap)
        return int(self._number[0].i32) & MAX_ADDRESS


class Instance:
    """One instance of the module. One thread at a time may use it."""

    def __init__(self, options: str) -> None:
        """Instantiate and configure it; raise LandfallError for a module with messages of another version."""
        engine, module = load()
        self._store = wasmtime.Store(engine)
        exports: Any = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._memory, self._view = exports['memory'], memoryview(b'')
        names = ('input', 'handle', 'wipe', 'abi')
        self._input, self._handle, self._wipe, abi = (
            Export(self._store, exports[f'landfall_{name}']) for name in names
        )
        exports['_initialize'](self._store)
        versions = {abi(), DESCRIPTION['abi']}
        if versions != {ABI}:
            raise LandfallError('internal_error', f'this host is for version {ABI} of the messages, not {versions}')
        self.call(OPERATIONS['configure'], pack([options.encode()]))

    def _bytes(self) -> memoryview:
        """Its memory, which may have grown in any call."""
        if self._memory.data_len(self._store) != len(self._view):
            self._view = memoryview(self._memory.get_buffer_ptr(self._store)).cast('B')
        return self._view

    def call(self, operation: int, message: bytes) -> bytes | None:
        """Perform an operation: the answer, or None where the message is too large."""
        room = self._input(len(message))
        if room == 0:
            return None
        self._bytes()[room : room + len(message)] = message
        at = self._handle(operation)
        memory = self._bytes()
        answer = bytes(memory[at : at + int.from_bytes(memory[at : at + 4], 'little')])
        self._wipe()
        return answer

    def drop(self) -> None:
        """Zero its memory: it may be broken, and nobody uses it again."""
        memory = self._bytes()
        memory[:] = bytes(len(memory))


class Caller(Protocol):
    """An instance of the module, or of the native library."""

    def call(self, operation: int, message: bytes) -> bytes | None:
        """Perform an operation."""

    def drop(self) -> None:
        """Leave nothing behind."""


class Core:
    """An instance with its configuration, for all threads: they take turns."""

    def __init__(self, options: str = '{}', make: Callable[[str], Caller] = Instance) -> None:
        """Take the options as JSON; `configure` tells whether they are right."""
        self._options, self._make = options, make
        self._lock = Lock()
        self._instance: Caller | None = None

    def call(self, operation: str, asked: Sequence[bytes]) -> list[str]:
        """Perform an operation; raise LandfallError `request_too_large`, or what the engine raises for a trap."""
        message = pack(asked)
        with self._lock:
            instance, self._instance = self._instance, None
            try:
                instance = instance or self._make(self._options)
                answer = instance.call(OPERATIONS[operation], message)
                fields = unpack(answer) if answer else None
            except BaseException:
                if instance:
                    instance.drop()
                raise
            self._instance = instance
        if fields is None:
            raise LandfallError('request_too_large', f'{operation}: the message is too large')
        return fields

    def perform(self, operation: str, asked: Sequence[bytes]) -> Step | None:
        """Perform an operation whose answer is a step; None where it is for no route."""
        answer = self.call(operation, asked)
        return Step(answer) if answer else None


def encode(field: Field) -> bytes:
    """Write a field; the core itself judges what is no UTF-8."""
    return field if isinstance(field, bytes) else field.encode('utf-8', 'surrogatepass')


def fill(message: str, values: Mapping[str, Field]) -> list[bytes]:
    """Give the fields of a message in their order."""
    return [encode(values[name]) if name in values else b'' for name in FIELDS[message]]


def pack(fields: Sequence[bytes]) -> bytes:
    """Write a message."""
    lengths = [*map(len, fields)]
    head = 8 + 4 * len(lengths)
    return struct.pack(f'<{2 + len(lengths)}I', head + sum(lengths), len(lengths), *lengths) + b''.join(fields)


def unpack(answer: bytes) -> list[str]:
    """Read an answer: the core speaks ASCII."""
    (count,) = struct.unpack_from('<I', answer, 4)
    head = 8 + 4 * count
    text = answer[head:].decode('ascii')
    return [
        text[start:end] for start, end in pairwise(accumulate(struct.unpack_from(f'<{count}I', answer, 8), initial=0))
    ]


any_core = cache(Core)


def check_next(target: str, origin: str = '') -> str | None:
    """Check a `next` of somebody else: the path to use, or None where it is not safe; `origin` is the app's."""
    answer = any_core().call('check_next', [encode(target), encode(origin)])
    return None if not answer else answer[0] if len(answer) == 1 else target
