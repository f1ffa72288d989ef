"""Writes dp3t-lowcost.json: day keys and ephemeral identifiers of DP-3T's low-cost design, computed in Python without a line
of the product. Needs Python 3 and its package "cryptography":

    python3 test/vectors/make-dp3t-lowcost.py > test/vectors/dp3t-lowcost.json
"""

import hashlib
import hmac
import json

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PLACES = (0, 1, 2, 95)


def ephemeral_ids(day_key: bytes) -> list[str]:
    stream_key = hmac.new(day_key, b"broadcast key", hashlib.sha256).digest()
    encryptor = Cipher(algorithms.AES256(stream_key), modes.CTR(bytes(16))).encryptor()
    stream = encryptor.update(bytes(96 * 16))
    return [stream[i : i + 16].hex() for i in range(0, len(stream), 16)]


def cases():
    first = bytes(32)
    day_key = first
    for day in range(15):
        ids = ephemeral_ids(day_key)
        yield {
            "firstDayKey": first.hex(),
            "days": day,
            "expect": {"dayKey": day_key.hex(), "ephemeralIds": {str(place): ids[place] for place in PLACES}},
        }
        day_key = hashlib.sha256(day_key).digest()


print(json.dumps(list(cases()), indent=2))
