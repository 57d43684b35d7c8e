from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from safeschedule.exchange.formats.csv_folder import FORMAT
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.samples import generate
from tests.exchange.frames.ways import as_format


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise a team without data-frame libraries could not hand its problem to somebody with them."""
    problem = generate(3, seed=2, features=("all",))
    assert as_format(FORMAT)(problem, tmp_path) == problem
    assert read_problem_file(tmp_path) == (problem, ())


def test_no_library_is_needed(tmp_path: Path) -> None:
    """Otherwise CSV, which every program reads, would ask for what only frames need."""
    code = (
        "import sys\n"
        "for name in ('narwhals', 'pandas', 'polars', 'pyarrow'): sys.modules[name] = None\n"
        "from pathlib import Path\n"
        "from safeschedule.exchange.formats.csv_folder import FORMAT\n"
        "from safeschedule.samples import generate\n"
        "from tests.exchange.frames.ways import as_format\n"
        "assert as_format(FORMAT)(generate(2, seed=1), Path(sys.argv[1])) == generate(2, seed=1)\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=root)
