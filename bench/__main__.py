"""``make bench``: this project beside a stock Rasa project, in one run on one machine."""

from __future__ import annotations

import json
import subprocess
import sys

from bench import stock
from bench.measure import Figures, table


def main() -> None:
    ours = subprocess.run([sys.executable, "-m", "bench.shipped"], check=True, stdout=subprocess.PIPE, text=True)
    rows = [Figures(*json.loads(ours.stdout.strip().splitlines()[-1]))]
    print(table(rows), flush=True)
    if "--alone" not in sys.argv:
        print(
            "Training the stock project, cut short (bench/stock.py): about two minutes.",
            file=sys.stderr,
            flush=True,
        )
        other, training = stock.measure()
        print(table([*rows, other]))
        print(f"\nThe stock project's training took {training:.0f} s.")


if __name__ == "__main__":
    main()
