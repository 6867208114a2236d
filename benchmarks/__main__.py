"""Runs the benchmarks of this folder: all of them, or those named on the command line."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> None:
    """A benchmark is a module here with a function `main()` that prints its table."""
    names = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        sys.exit(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(names)}")
    for name in wanted or names:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name} ==", flush=True)
            module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
