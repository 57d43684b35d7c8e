"""Build the documentation site, into build/site/html: `make docs`. A warning is an error."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from docs.site.reach import reach
from docs.site.stage import ROOT, stage

OUT = ROOT / "build" / "site"


def main(workers: str = "1") -> int:
    """Stage all pages, build the site with so many processes, and return Sphinx's exit status."""
    source = OUT / "source"
    shutil.rmtree(source, ignore_errors=True)
    # What an earlier build left would hide that a page is gone.
    shutil.rmtree(OUT / "html", ignore_errors=True)
    stage(source)
    # Whoever builds it has another time zone, language and set-up of notebooks; the site is the same.
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "IPYTHONDIR": str(_notebooks(OUT / "ipython"))}
    places = [str(source), str(OUT / "html")]
    config = ["-c", str(Path(__file__).parent), "-d", str(OUT / "doctrees")]
    status: int = build_main(["-b", "html", "-W", "--keep-going", "-j", workers, "-q", *config, *places])
    reach(OUT / "html")
    return status


def _notebooks(folder: Path) -> Path:
    """Return a set-up of notebooks that tells errors alone: a build on one machine needs no encryption."""
    profile = folder / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.json").write_text(
        '{"IPKernelApp": {"log_level": 40}}', encoding="utf-8"
    )
    return folder


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
