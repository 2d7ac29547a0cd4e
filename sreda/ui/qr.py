"""QR codes as SVG that a strict CSP lets through."""

import segno
from markupsafe import Markup


def qr_svg(text: str, *, title: str, side: int = 128) -> Markup:
    """Return ``text`` as a QR code ``side`` pixels wide, black on white in every theme.

    Error correction is M: a card that was folded and worn is still read.
    """
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(scale=1, border=4)[0]
    path = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(code.matrix)
        for x, dark in enumerate(row)
        if dark
    )
    return Markup(
        '<svg class="qr" width="{side}" height="{side}" viewBox="0 0 {size} {size}" role="img"'
        ' shape-rendering="crispEdges"><title>{title}</title>'
        '<path fill="white" d="M0 0h{size}v{size}H0z"/><path fill="black" d="{path}"/></svg>'
    ).format(side=side, size=size, title=title, path=path)
