"""``python -m translations.keep_unchanged NEW OLD``: moves NEW over OLD unless only its date differs.

A template that changes by its creation date alone would make every build a change.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(new: Path, old: Path) -> None:
    if old.exists() and _dateless(new) == _dateless(old):
        new.unlink()
    else:
        new.replace(old)


def _dateless(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith('"POT-Creation-Date:')]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
