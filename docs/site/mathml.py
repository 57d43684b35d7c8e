"""Formulas as MathML, which browsers show by themselves: no script, no pictures, nothing from elsewhere.

Docutils turns TeX into it. What it does not know is a warning, and so an error of the build.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging

_FENCE = re.compile(r"<mo>([(){}\[\]|⌈⌉])</mo>")
_log = logging.getLogger(__name__)


def mathml(source: str, *, block: bool, place: nodes.Node | None = None) -> str:
    r"""Return a formula in TeX as MathML.

    Examples
    --------
    >>> mathml("x", block=False)
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    """
    try:
        text = str(tex2mathml(source, as_block=block))
    except MathError as error:
        _log.warning("a formula that docutils cannot turn into MathML: %s", error, location=place)
        return ""
    # On one line: between its tags white space means nothing.
    line = "".join(line.strip() for line in text.splitlines())
    # Without a font for mathematics browsers stretch braces round one line to three.
    return _FENCE.sub(r'<mo stretchy="false">\1</mo>', line)


def _inline(self: Any, node: nodes.math) -> None:
    self.body.append(mathml(node.astext(), block=False, place=node))
    raise nodes.SkipNode


def _block(self: Any, node: nodes.math_block) -> None:
    # Reached by keys, so that whoever has no pointer can scroll what is too wide.
    self.body.append('<div class="math" tabindex="0" role="group" aria-label="formula">')
    self.body.append(f"{mathml(node.astext(), block=True, place=node)}</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the renderer to Sphinx."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
