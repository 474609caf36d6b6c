"""Hashing passwords, and reading those that Magento hashed."""

import hashlib

import pytest

from entrepot.kit import passwords

SALT = "abcdefghijklmnopqrstuvwxyz012345"


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def test_a_password_is_verified_and_another_is_not():
    stored = await passwords.hash("correct horse")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify("correct horse", stored)
    assert not await passwords.verify("Correct horse", stored)
    assert not passwords.needs_rehash(stored)


async def test_the_same_password_is_never_hashed_to_the_same_text():
    assert await passwords.hash("correct horse") != await passwords.hash("correct horse")


@pytest.mark.parametrize(
    "stored",
    [
        f"{md5(SALT + 'Password1')}:{SALT}:0",
        f"{sha256(SALT + 'Password1')}:{SALT}:1",
        f"{sha256(SALT + md5(SALT + 'Password1'))}:{SALT}:0:1",
        f"{md5(SALT + 'Password1')}:{SALT}",
        f"{sha256(SALT + 'Password1')}:{SALT}",
        f"{md5('xyPassword1')}:xy",
    ],
    ids=["md5", "sha256", "chain", "md5 without version", "sha256 without version", "short salt"],
)
async def test_a_hash_of_magento_is_verified_and_wants_to_be_replaced(stored):
    assert await passwords.verify("Password1", stored)
    assert not await passwords.verify("Password2", stored)
    assert passwords.needs_rehash(stored)


# Made with libsodium's crypto_pwhash(32, password, salt, OPSLIMIT_INTERACTIVE, MEMLIMIT_INTERACTIVE, ARGON2ID13).
@pytest.mark.parametrize(
    ("salt", "versions", "digest"),
    [
        ("0123456789abcdef", "2", "8c85aba41453ac23a8f57a62c78f63c42599cf7172c728b512e9fb635449378c"),
        (SALT, "1:2", "9b2f22dd748247c2d678623d5c287a8d9a40b8f5724d55857948e56f4cdf5ef6"),
    ],
    ids=["argon2id13", "sha256 upgraded to argon2id13"],
)
async def test_a_hash_of_the_newest_magento_is_verified_and_wants_to_be_replaced(salt, versions, digest):
    stored = f"{digest}:{salt}:{versions}"

    assert await passwords.verify("Password1", stored)
    assert not await passwords.verify("Password2", stored)
    assert passwords.needs_rehash(stored)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "nonsense",
        f"{md5('Password1')}",
        "abc:def",
        f"{md5('Password1')}::0",
        f"{md5('Password1')}:salt:7",
        "$argon2id$x",
    ],
)
async def test_what_is_no_hash_fits_no_password(stored):
    assert not await passwords.verify("Password1", stored)
    assert passwords.needs_rehash(stored)


async def test_a_hash_with_cheaper_parameters_is_verified_and_wants_to_be_replaced():
    from argon2 import PasswordHasher

    stored = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("Password1")

    assert await passwords.verify("Password1", stored)
    assert passwords.needs_rehash(stored)


@pytest.mark.parametrize("password", ["", "Пароль 1", "\ud800", "x" * 100_000])
async def test_any_text_can_be_a_password(password):
    assert await passwords.verify(password, await passwords.hash(password))


async def test_an_unknown_account_costs_a_hash_and_tells_nothing():
    for password in ("Password1", "", "\ud800"):
        await passwords.verify_nothing(password)
