"""Passwords: hashed with Argon2id, and Magento's own hashes still understood.

Hashing is slow and wants memory on purpose, so it runs in as many threads as there are cores: further sign-ins queue
up there instead of starving each other and the rest of the program. The parameters are the OWASP minimum for Argon2id.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret_raw

TIME_COST = 2
MEMORY_KIB = 19 * 1024
PARALLELISM = 1

_HASHER = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM)
_THREADS = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="password")


async def hash(password: str) -> str:
    """The text to store. Two calls never give the same one, because each draws its own salt."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, _bytes(password))


async def verify(password: str, stored: str) -> bool:
    """Whether the password is the one that was stored, in any form that `hash` or Magento ever wrote."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, _bytes(password), stored)


async def verify_nothing(password: str) -> None:
    """What `verify` costs, for an account that does not exist: the time of the answer then does not tell."""
    await asyncio.get_running_loop().run_in_executor(_THREADS, _spend, _bytes(password))


def needs_rehash(stored: str) -> bool:
    """Whether the password should be hashed anew once it is known: all of Magento's forms, and old parameters."""
    if not stored.startswith("$argon2"):
        return True
    try:
        return _HASHER.check_needs_rehash(stored)
    except InvalidHashError:
        return True


def _matches(password: bytes, stored: str) -> bool:
    if not stored.startswith("$argon2"):
        return _matches_magento(password, stored)
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _spend(password: bytes) -> None:
    hash_secret_raw(password, b"0123456789abcdef", TIME_COST, MEMORY_KIB, PARALLELISM, 32, Type.ID)


def _matches_magento(password: bytes, stored: str) -> bool:
    """`hash:salt:version:version...`: each version hashes what the one before it gave.

    Source: Magento's `Framework/Encryption/Encryptor`; spec 20-customers, 6.6.
    """
    digest, _, rest = stored.partition(":")
    salt, *versions = rest.split(":")
    if not salt:
        return False
    versions = versions or [_version_by_length(digest)]
    result = password
    for version in versions:
        step = _STEPS.get(version)
        if step is None:
            return False
        result = step(result, salt.encode())
    return hmac.compare_digest(result, digest.encode())


def _version_by_length(digest: str) -> str:
    """Old data has no version; the length of the hash gives it."""
    return {32: "0", 64: "1"}.get(len(digest), "")


def _md5(value: bytes, salt: bytes) -> bytes:
    return hashlib.md5(salt + value, usedforsecurity=False).hexdigest().encode()


def _sha256(value: bytes, salt: bytes) -> bytes:
    return hashlib.sha256(salt + value).hexdigest().encode()


def _argon2id13(value: bytes, salt: bytes) -> bytes:
    """libsodium's `crypto_pwhash` with interactive limits.

    It takes 16 bytes of salt. The salts of older versions have 32, of which the first 16 count; a shorter one is
    repeated until it is long enough.
    """
    fitting = (salt * 16)[:16]
    return hash_secret_raw(value, fitting, 2, 65536, 1, 32, Type.ID).hex().encode()


_STEPS = {"0": _md5, "1": _sha256, "2": _argon2id13}


def _bytes(password: str) -> bytes:
    """JSON can carry half of a surrogate pair, which is no reason to fail."""
    return password.encode("utf-8", "surrogatepass")
