"""Reads a QR code as a phone would: small ones (up to version 3) in byte mode, undamaged."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image

Modules = list[list[bool]]
"""Rows from the top; true is dark. Without the light border."""

_MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
_TWO_BLOCKS = {0b11: 34, 0b10: 26}
"""How many bytes of data version 3 has in the levels (Q, H) that part them."""


def read(path: Path) -> str:
    return text_of(_of_svg(path) if path.suffix.lower() == ".svg" else _of_png(path))


def read_letters(lines: list[str]) -> str:
    """Of half blocks, which are the light modules: two rows in a line."""
    rows = [[character not in shown for character in line] for line in lines for shown in ("█▀", "█▄")]
    return text_of(_cropped(rows[: len(lines[0])]))  # the lower half of the last line may be no row


def text_of(modules: Modules) -> str:
    size = len(modules)
    assert size in (21, 25, 29), "versions 1 to 3"
    level = _number(modules[8][:2]) ^ 0b10
    mask = _MASKS[_number(modules[8][2:5]) ^ 0b101]
    bits = [modules[row][column] ^ mask(row, column) for row, column in _way(size)]
    if size == 29 and level in _TWO_BLOCKS:  # byte by byte from one and from the other
        whole = [bits[8 * place : 8 * place + 8] for place in range(_TWO_BLOCKS[level])]
        bits = [bit for byte in (*whole[::2], *whole[1::2]) for bit in byte]
    assert _number(bits[:4]) == 0b0100, "bytes"
    length = _number(bits[4:12])
    return bytes(_number(bits[12 + 8 * place : 20 + 8 * place]) for place in range(length)).decode("ascii")


def _way(size: int) -> list[tuple[int, int]]:
    """The places of the data in their order: up and down in pairs of columns from the right, past the patterns."""
    pairs = [*range(size - 1, 6, -2), 5, 3, 1]
    places = []
    for number, right in enumerate(pairs):
        rows = range(size - 1, -1, -1) if number % 2 == 0 else range(size)
        places += [(row, column) for row in rows for column in (right, right - 1)]
    return [place for place in places if not _is_pattern(*place, size)]


def _is_pattern(row: int, column: int, size: int) -> bool:
    in_a_corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    aligns = size > 21 and abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return in_a_corner or aligns or 6 in (row, column)


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _of_png(path: Path) -> Modules:
    picture = Image.open(path).convert("1")
    dark = [[not picture.getpixel((x, y)) for x in range(picture.width)] for y in range(picture.height)]
    inside = _cropped(dark)
    dot = next(place for place, is_dark in enumerate(inside[0]) if not is_dark) // 7  # a corner begins with seven
    return [row[dot // 2 :: dot] for row in inside[dot // 2 :: dot]]


def _of_svg(path: Path) -> Modules:
    [drawn] = [each for each in ElementTree.parse(path).getroot().iter() if each.tag.endswith("path")]
    x, y, dark = 0.0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", drawn.attrib["d"]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            dark |= {(int(y), int(x) + step) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    size = 1 + max(max(place) for place in dark)
    return _cropped([[(row, column) in dark for column in range(size)] for row in range(size)])


def _cropped(rows: Modules) -> Modules:
    """Without the border: a code has dark corners on the left, and on top."""
    top = next(place for place, row in enumerate(rows) if any(row))
    bottom = max(place for place, row in enumerate(rows) if any(row))
    left = min(row.index(True) for row in rows if any(row))
    return [row[left : left + bottom - top + 1] for row in rows[top : bottom + 1]]
