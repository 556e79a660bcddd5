"""Time the package setqca in its own process and environment, without this project.

Arguments: a JSON file with the rows to explain and the rows that must stay out, as numbers, and
the number of conditions. Prints JSON: processor time, the prime implicants, the least size.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import setqca

given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
width = given["conditions"]
positive, negative = set(given["positive"]), set(given["negative"])
start = time.process_time()
free = set(range(2**width)) - positive - negative
found = setqca.minimize_chart(positive, dont_cares=free, width=width)
seconds = time.process_time() - start
print(
    json.dumps(
        {
            "seconds": seconds,
            "implicants": len(found.chart.primes),
            "size": len(found.covers[0].primes),
        }
    )
)
