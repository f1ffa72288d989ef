"""Writes protocol-v1.json: known answers for the small formats of version 1, computed in Python from the description of the
protocol and without a line of the product. Needs Python 3 and its package "cryptography":

    python3 test/vectors/make-protocol-v1.py > test/vectors/protocol-v1.json
"""

import base64
import hashlib
import json
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def bits(data: bytes, first: int, count: int) -> int:
    text = "".join(f"{byte:08b}" for byte in data)
    return int(text[first : first + count], 2)


def filler(label: str, length: int) -> bytes:
    return hashlib.shake_256(label.encode()).digest(length)


def opaque(salt: bytes, code: str, day: int, day_key: bytes) -> bytes:
    return b"\x01" + salt + code.encode() + struct.pack(">I", day) + day_key


def opaque_cases():
    for code, day in (("0000000000", 0), ("1234567890", 18356), ("9999999999", 2**32 - 1)):
        salt, key = filler("salt" + code, 32), filler("key" + code, 32)
        data = opaque(salt, code, day, key)
        yield {
            "salt": salt.hex(), "code": code, "day": day, "dayKey": key.hex(),
            "expect": {"bytes": data.hex(), "hash": sha256(data).hex()},
        }


def statement_cases():
    for code in ("0000000000", "1234567890"):
        digest = filler("statement" + code, 32).hex()
        text = (
            "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
            f"DP-3T disclosure authorisation 1\r\nhash: {digest}\r\ncode: {code[:6]}-{code[6:]}\r\n"
        )
        yield {"hash": digest, "code": code, "expect": {"text": text}}


def read_back_cases():
    for code in ("0000000000", "1234567890", "9999999999"):
        digest = filler("read-back" + code, 32)
        words = sha256(b"read-back1:" + digest + code.encode())
        yield {
            "hash": digest.hex(), "code": code,
            "expect": {"indexes": [bits(words, 0, 11), bits(words, 11, 11)]},
        }


def trustword_cases():
    for code in ("0000000000", "0000000001", "1234567890", "8400000017", "9999999999"):
        check = bits(sha256(b"trustwords1:" + code.encode()), 0, 10)
        text = f"{int(code):034b}{check:010b}"
        yield {"code": code, "expect": {"indexes": [int(text[i : i + 11], 2) for i in range(0, 44, 11)]}}


def puzzle_cases():
    for zero_bits in (1, 8, 12):
        reference, digest = "012345", filler(f"puzzle{zero_bits}", 32).hex()
        answer = 0
        while bits(sha256(f"{reference}{digest}{answer}".encode()), 0, zero_bits) != 0:
            answer += 1
        yield {
            "reference": reference, "hash": digest, "leadingZeroBits": zero_bits,
            "expect": {"answer": str(answer)},
        }


def batch_cases():
    for cycle, count in ((0, 0), (7, 1), (2**53 - 1, 12)):
        seed = filler(f"seed{cycle}", 32)
        entries = [(18000 + i % 3, filler(f"entry{i}", 32)) for i in range(count)]
        encoded = sorted(struct.pack(">I", day) + key for day, key in entries)
        body = b"DP3TB1" + struct.pack(">QI", cycle, count) + b"".join(encoded)
        private = Ed25519PrivateKey.from_private_bytes(seed)
        spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        yield {
            "cycle": cycle,
            "entries": [{"day": day, "dayKey": key.hex()} for day, key in entries],
            "signature": private.sign(body).hex(),
            "publicKeySpki": spki.hex(),
            "expect": {"bytes": (body + private.sign(body)).hex()},
        }


def smime_cases():
    for length in (1, 47, 48, 49, 96, 1000):
        der = filler("smime", length)
        digits = base64.b64encode(der).decode()
        lines = [digits[i : i + 64] for i in range(0, len(digits), 64)]
        header = (
            "MIME-Version: 1.0\r\n"
            'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
            "Content-Transfer-Encoding: base64\r\n"
            'Content-Disposition: attachment; filename="smime.p7m"\r\n\r\n'
        )
        yield {"der": der.hex(), "expect": {"text": header + "".join(line + "\r\n" for line in lines)}}


print(
    json.dumps(
        {
            "opaque": list(opaque_cases()),
            "statement": list(statement_cases()),
            "readBack": list(read_back_cases()),
            "trustwords": list(trustword_cases()),
            "puzzle": list(puzzle_cases()),
            "batch": list(batch_cases()),
            "smime": list(smime_cases()),
        },
        indent=2,
    )
)
