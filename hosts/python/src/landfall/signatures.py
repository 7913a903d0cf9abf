"""The steps `verify` and `sign`, carried out with cryptography (RFC 7518 3)."""

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

from .core import Field

HASHES: dict[str, hashes.HashAlgorithm] = {'256': hashes.SHA256(), '384': hashes.SHA384(), '512': hashes.SHA512()}
P256_BYTES = 32


def _arguments(alg: str) -> tuple[Any, ...]:
    """List what `verify` of a key takes after the data."""
    if alg == 'EdDSA':
        return ()
    digest = HASHES[alg[2:]]
    return {
        'RS': (padding.PKCS1v15(), digest),
        'PS': (padding.PSS(padding.MGF1(digest), digest.digest_size), digest),
        'ES': (ec.ECDSA(digest),),
    }[alg[:2]]


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def verify(step: Mapping[str, str]) -> dict[str, Field]:
    """Carry out VERIFY: `status` is 1 for a good signature, and 0 in every other case."""
    try:
        key: Any = load_der_public_key(_decode(step['spki']))
        signature = _decode(step['signature_der'] or step['signature'])
        key.verify(signature, step['data'].encode(), *_arguments(step['alg']))
    except Exception:
        return {'status': '0'}
    return {'status': '1'}


def sign(step: Mapping[str, str]) -> dict[str, Field]:
    """Carry out SIGN: `answer` is r and s in base64url, and empty for a key that cannot sign ES256."""
    try:
        key: Any = load_der_private_key(_decode(step['key']), None)
        if not isinstance(key.curve, ec.SECP256R1):
            return {'answer': ''}
        numbers = decode_dss_signature(key.sign(step['data'].encode(), ec.ECDSA(hashes.SHA256())))
    except Exception:
        return {'answer': ''}
    raw = b''.join(number.to_bytes(P256_BYTES, 'big') for number in numbers)
    return {'answer': base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}
