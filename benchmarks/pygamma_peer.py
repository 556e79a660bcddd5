"""Time pygamma-agreement in its own process and environment: no part of this project is used.

Arguments: a file of spans (coder, start, end, value), how often to repeat. Prints JSON on the last
line: the shortest processor time of one best alignment, and its disorder.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

logging.disable(logging.CRITICAL)
path, repeats = sys.argv[1:]
text = Continuum()
for coder, start, end, value in json.loads(Path(path).read_text(encoding="utf-8")):
    text.add(coder, Segment(start, end), value)
dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
text.get_best_alignment(dissimilarity)
seconds = []
for _ in range(int(repeats)):
    begun = time.process_time()
    found = text.get_best_alignment(dissimilarity)
    seconds.append(time.process_time() - begun)
print(json.dumps({"seconds": min(seconds), "disorder": float(found.disorder)}))
