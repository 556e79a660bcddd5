"""Time the package krippendorff in its own process and environment, without this project.

Arguments: a file of numbers (coders in rows), the level, how often to repeat. Prints JSON: the
shortest processor time, the value, the version.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version

import krippendorff
import numpy as np

path, level, repeats = sys.argv[1:]
coded = np.load(path)
krippendorff.alpha(reliability_data=coded[:, :50], level_of_measurement=level)
seconds = []
for _ in range(int(repeats)):
    start = time.process_time()
    value = krippendorff.alpha(reliability_data=coded, level_of_measurement=level)
    seconds.append(time.process_time() - start)
print(
    json.dumps({"seconds": min(seconds), "value": float(value), "version": version("krippendorff")})
)
