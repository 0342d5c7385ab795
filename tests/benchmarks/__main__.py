"""`make bench`: runs every bench_*.py beside this file in a process of its own, each on a scratch database.

Each prints one JSON line per figure: what, figure, unit, measured on, and the calibration (a loop of 200,000 steps in
ms; budgets hold at 8 ms or less and scale with it). Name benches to run only those: `make bench BENCH=bench_pages`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    failed = 0
    for path in sorted(HERE.glob("bench_*.py")):
        if names and path.stem not in names:
            continue
        with tempfile.TemporaryDirectory(prefix="leesbouw-bench-") as folder:
            environment = {
                **os.environ,
                "LEESBOUW_DATA": folder,
                "DJANGO_SETTINGS_MODULE": "leesbouw.config.settings",
            }
            failed |= subprocess.run(
                [sys.executable, "-m", f"tests.benchmarks.{path.stem}"], env=environment, check=False
            ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
