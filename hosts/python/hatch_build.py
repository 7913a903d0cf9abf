"""Copies the module and its messages from a build of the repository; a source distribution has them already."""

import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ('core.wasm', 'messages.json')


class CopyModule(BuildHookInterface):  # type: ignore[type-arg]
    """Puts both files of the same build beside the Python code."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy before anything is packed."""
        root = Path(self.root)
        dist, package = root.parent.parent / 'dist', root / 'src' / 'landfall'
        for name in FILES:
            if (dist / name).exists():
                shutil.copyfile(dist / name, package / name)
            elif not (package / name).exists():
                raise FileNotFoundError(f'{dist / name} is missing: run `npm run build` first')
