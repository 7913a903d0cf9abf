"""The native library of docs/abi.md in place of the module: nothing is compiled at the start, and a call is shorter."""

import ctypes
import weakref
from functools import cache
from typing import Any

from .core import ABI, OPERATIONS, LandfallError, pack


@cache
def open_library(path: str) -> Any:
    """Load the library; raise OSError where it cannot be loaded, and LandfallError for one of another version."""
    library = ctypes.PyDLL(path)  # A call is shorter than two changes of the thread that runs Python.
    library.landfall_new.restype = ctypes.c_void_p
    library.landfall_free.argtypes = [ctypes.c_void_p]
    library.landfall_call.restype = ctypes.c_void_p
    library.landfall_call.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_size_t]
    version = library.landfall_abi()
    if version != ABI:
        raise LandfallError('internal_error', f'{path} has version {version} of the messages, not {ABI}')
    return library


class NativeInstance:
    """One core of the library. One thread at a time may use it."""

    def __init__(self, path: str, options: str) -> None:
        """Make and configure it."""
        self._library = open_library(path)
        self._core = self._library.landfall_new()
        if not self._core:
            raise MemoryError
        weakref.finalize(self, self._library.landfall_free, self._core)
        self.call(OPERATIONS['configure'], pack([options.encode()]))

    def call(self, operation: int, message: bytes) -> bytes:
        """Perform an operation, and wipe what it leaves."""
        call = self._library.landfall_call
        at = call(self._core, operation, message, len(message))
        answer = ctypes.string_at(at, ctypes.c_uint32.from_address(at).value)
        call(self._core, 0, None, 0)
        return answer

    def drop(self) -> None:
        """Leave it to its end, which wipes it."""
