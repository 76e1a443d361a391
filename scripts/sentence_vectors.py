"""Run by the engine's Python: JSON lines in, packed sentence vectors out, one a line (see engine/turn.py).

With `--examples`, vectors that training has kept are read instead of made.
"""

import base64
import json
import sys

import numpy as np

from engine.components.encoder import encode, encode_examples

vectors_of = encode_examples if "--examples" in sys.argv else encode
texts = [json.loads(line) for line in sys.stdin]
for start in range(0, len(texts), 64):
    for vector in vectors_of(texts[start : start + 64]):
        signed = np.round(vector / np.abs(vector).max() * 127).astype(np.int8)
        print(base64.b64encode(signed.tobytes()).decode())
