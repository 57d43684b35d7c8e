"""Settings of the documentation site; `make docs` builds it."""

from __future__ import annotations

from pathlib import Path

import safeschedule

_HERE = Path(__file__).parent

project = "SafeSchedule"
author = "The SafeSchedule authors"
copyright = author
version = release = safeschedule.__version__

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.viewcode",
    "docs.site.mathml",
]
root_doc = "index"
exclude_patterns = ["**/.jupyter_cache", "jupyter_execute"]
templates_path = [str(_HERE / "templates")]

# -- pages

myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "dollarmath"]
# A dollar beside a digit or a space is a price or a shell's variable.
myst_dmath_allow_space = False
myst_dmath_allow_digits = False
html_math_renderer = "mathml"
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = -1  # a search ends by its own limit, however busy the machine is
nb_merge_streams = True

# -- names of the library

autosummary_generate = True
autodoc_typehints = "none"  # numpydoc shows what parameters are
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
default_role = "py:obj"

# -- what it looks like

html_theme = "pydata_sphinx_theme"
html_title = f"SafeSchedule {release}"
html_static_path = [str(_HERE / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "logo": {"text": "SafeSchedule"},
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "navbar_end": ["theme-switcher"],
    "navigation_with_keys": False,
    "show_prev_next": False,
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"index": []}
