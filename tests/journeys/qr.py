"""Reads a QR code off a page, as a phone's camera would: an independent look at what is printed.

Enough for what the product prints: versions 1 to 6, error correction M, bytes. A screen is not
dirty, so nothing is corrected (ISO/IEC 18004:2015).
"""

from playwright.sync_api import Locator

# Data codewords of each block at correction level M, by version.
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4}
QUIET = 4
MASKS = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
# Draws the picture on a canvas and tells which modules are dark.
LOOK = """async svg => {
    const side = svg.viewBox.baseVal.width, scale = 8;
    const copy = svg.cloneNode(true);
    copy.setAttribute("width", side * scale);
    copy.setAttribute("height", side * scale);
    const text = new XMLSerializer().serializeToString(copy);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side * scale;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const dark = (x, y) => pen.getImageData((x + .5) * scale, (y + .5) * scale, 1, 1).data[0] < 128;
    const numbers = [...Array(side).keys()];
    return numbers.map(y => numbers.map(x => dark(x, y)));
}"""


def read_qr(svg: Locator) -> str:
    """Return the text of the QR code drawn by an SVG."""
    picture: list[list[bool]] = svg.evaluate(LOOK)
    matrix = [row[QUIET:-QUIET] for row in picture[QUIET:-QUIET]]
    version = (len(matrix) - 17) // 4
    return text_of(data_of(codewords(matrix), BLOCKS[version]))


def codewords(matrix: list[list[bool]]) -> list[int]:
    """Return all codewords in the order in which they are laid, unmasked."""
    size = len(matrix)
    is_turned = MASKS[mask_number(matrix)]
    bits = []
    for right in (right - (right <= 6) for right in range(size - 1, 0, -2)):
        for step in range(size):
            for x in (right, right - 1):
                y = size - 1 - step if (right + 1) & 2 == 0 else step
                if not is_frame(x, y, size):
                    bits.append(matrix[y][x] ^ is_turned(x, y))
    return [number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]


def mask_number(matrix: list[list[bool]]) -> int:
    """Return which mask the format information names."""
    places = [(8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)] + [(x, 8) for x in (7, 5, 4, 3, 2, 1, 0)]
    bits = number([matrix[y][x] for x, y in reversed(places)]) ^ 0b101010000010010
    return bits >> 10 & 7


def is_frame(x: int, y: int, size: int) -> bool:
    """Say whether a module belongs to the patterns and not to the data."""
    corners = (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8)
    aligned = size > 21 and abs(x - (size - 7)) <= 2 and abs(y - (size - 7)) <= 2
    return corners or aligned or x == 6 or y == 6


def data_of(words: list[int], blocks: list[int]) -> list[int]:
    """Return the data, its blocks put one after another."""
    count = len(blocks)
    return [words[place * count + block] for block in range(count) for place in range(blocks[0])]


def text_of(data: list[int]) -> str:
    """Return the text of a segment of bytes."""
    bits = [bool(word >> place & 1) for word in data for place in range(7, -1, -1)]
    assert number(bits[:4]) == 0b0100, "not a segment of bytes"
    length = number(bits[4:12])
    return bytes(number(bits[12 + 8 * at : 20 + 8 * at]) for at in range(length)).decode()


def number(bits: list[bool]) -> int:
    """Return bits, the greatest first, as a number."""
    return int("".join("1" if bit else "0" for bit in bits), 2)
