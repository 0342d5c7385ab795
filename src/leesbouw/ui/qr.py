"""An address as a picture that a tablet reads."""

from __future__ import annotations

QR_ERROR = "m"  # a quarter of the picture may be hidden by glare on the board


def matrix(url: str) -> list[list[int]]:
    """An address as the black and white squares of a QR code."""
    import segno  # late: slow import

    return [list(line) for line in segno.make(url, error=QR_ERROR, micro=False).matrix]
