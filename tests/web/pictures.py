"""Pictures for the tour of the page: small, and taken by the test that walks the whole story."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

DOCS = Path(__file__).parents[2] / "docs" / "howto" / "pictures"
NAMES = ("papers", "mapping", "week", "drag", "fill", "call-list", "approve", "phone", "ledger")

_WIDEST, _COLOURS, _STEP = 900, 96, 8
_PIXELS = """async ([data, widest]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const share = Math.min(1, widest / image.width);
  const canvas = new OffscreenCanvas(Math.round(image.width * share), Math.round(image.height * share));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let text = "";
  for (let at = 0; at < pixels.length; at += 0x8000) {
    text += String.fromCharCode(...pixels.subarray(at, at + 0x8000));
  }
  return [canvas.width, canvas.height, btoa(text)];
}"""


def picture(page: Page, name: str, folder: Path) -> None:
    """Take a picture of what is seen.

    It goes into the test's own folder, or with ``SAFESCHEDULE_PICTURES`` set, in few colours, into that of
    the documentation.
    """
    assert name in NAMES
    data = page.screenshot(animations="disabled", caret="hide")
    if not os.environ.get("SAFESCHEDULE_PICTURES"):
        (folder / f"{name}.png").write_bytes(data)
        return
    DOCS.mkdir(exist_ok=True)
    (DOCS / f"{name}.png").write_bytes(_small(page, data))


def _small(page: Page, data: bytes) -> bytes:
    """Return a picture that is less wide and has a palette."""
    browser = page.context.browser
    assert browser is not None
    empty = browser.new_page()
    width, height, pixels = empty.evaluate(_PIXELS, [base64.b64encode(data).decode(), _WIDEST])
    empty.close()
    seen = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)[..., :3]
    rough = np.minimum((seen.astype(int) + _STEP // 2) // _STEP * _STEP, 255)
    colours, which, counts = np.unique(rough.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-counts)[:_COLOURS]]
    nearest = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    return _png(nearest[which.ravel()].reshape(height, width).astype(np.uint8), palette.astype(np.uint8))


def _png(pixels: npt.NDArray[np.uint8], palette: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture with a palette as a file."""
    height, width = pixels.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), pixels]).tobytes()
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    made = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
