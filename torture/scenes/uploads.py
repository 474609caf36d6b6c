"""Files that are no pictures, or become too large, and signed calls that are sent again or changed."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Iterator
from pathlib import Path

from entrepot.access.resources import ALL
from tests.access.integration_makers import an_active_signer
from tests.access.oauth_client import Signer
from tests.journeys.guest import GUEST_CARTS
from torture import processes
from torture.client import Answer, Connection
from torture.crowd import SOON_S, Call, at_once, one_by_one, shown
from torture.inside import inside
from torture.log import traces
from torture.pictures import Upload, uploads
from torture.scene import Scene, Stage
from torture.shop import Shop, make_product

MAY_GROW_MIB = 500
LOOK_S = 0.05
ENDINGS = {".png", ".jpg", ".jpeg", ".gif"}
GROUPS = "/rest/all/V1/customerGroups/search?searchCriteria%5BpageSize%5D=1"
TIMES = 20


async def upload_scene(stage: Stage) -> None:
    async with stage.shop() as shop:
        await make_product(shop, "mug", 100)
        option = await an_option_of_a_file(shop)
        async with watched_memory(shop) as memory:
            stage.figure(*await pictures(shop))
            stage.figure(*await files_of_guests(shop, option))
        stage.figure(*what_is_served(shop, await served(shop)))
        grew = max(memory) - memory[0]
        faults = [f"grew by {grew} MiB, more than {MAY_GROW_MIB}"] if grew > MAY_GROW_MIB else []
        stage.figure(f"memory {memory[0]} MiB, at most {max(memory)}, then {memory[-1]}", faults)
        async with inside(shop) as services, services.work() as ctx:
            signer = await an_active_signer(ctx, resources=(ALL,))
        stage.figure(*await signatures(shop, signer))
        stage.figure("nothing unforeseen in the log", traces(shop))


async def pictures(shop: Shop) -> tuple[str, list[str]]:
    """As pictures of a product, by an administrator."""

    def judge(upload: Upload, answer: Answer) -> str | None:
        taken = answer.status == 200
        return None if upload.is_good is None or upload.is_good == taken else str(answer)

    sent = list(uploads())
    calls = [(upload, Call("POST", "/rest/all/V1/products/mug/media", _entry(upload))) for upload in sent]
    statuses, faults = await one_by_one(shop, calls, judge, await shop.token(), patience_s=SOON_S * 2)
    return f"{len(sent)} pictures: {dict(sorted(statuses.items()))}", [fault[:400] for fault in faults]


def _entry(upload: Upload) -> dict[str, object]:
    return {"entry": {"media_type": "image", "label": "l", "disabled": False, "content": _content(upload)}}


def _content(upload: Upload) -> dict[str, str]:
    data = base64.b64encode(upload.content).decode()
    return {"base64_encoded_data": data, "type": upload.type, "name": upload.name}


async def an_option_of_a_file(shop: Shop) -> str:
    option = {"title": "Your text", "type": "file", "is_require": False, "price": 0, "price_type": "fixed"}
    option |= {"file_extension": "png", "image_size_x": 0, "image_size_y": 0}
    made = await shop.admin("PUT", "products/mug", {"product": {"sku": "mug", "options": [option]}})
    return str(made["options"][0]["option_id"])


async def files_of_guests(shop: Shop, option: str) -> tuple[str, list[str]]:
    """As files that anybody attaches to a line of a cart."""
    async with Connection(shop.port) as guest:
        cart = await guest.good("POST", f"/rest/{GUEST_CARTS}")

    def call(upload: Upload) -> Call:
        chosen = {"option_id": option, "option_value": "file", "extension_attributes": {"file_info": _content(upload)}}
        options = {"extension_attributes": {"custom_options": [chosen]}}
        line = {"sku": "mug", "qty": 1, "quote_id": cart, "product_option": options}
        return Call("POST", f"/rest/{GUEST_CARTS}/{cart}/items", {"cartItem": line})

    calls = [(upload, call(upload)) for upload in uploads()]
    statuses, faults = await one_by_one(shop, calls, lambda _, __: None, patience_s=SOON_S * 2)
    return f"{len(calls)} files of guests: {dict(sorted(statuses.items()))}", [fault[:400] for fault in faults]


async def served(shop: Shop) -> dict[str, Answer]:
    """What a visitor gets for each file of the media folder, and for the names that were sent."""
    root = shop.home / "media"
    paths = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    async with Connection(shop.port, patience_s=SOON_S) as visitor:
        return {path: await visitor.call("GET", f"/media/{path}") for path in paths}


def what_is_served(shop: Shop, answers: dict[str, Answer]) -> tuple[str, list[str]]:
    faults = [
        f"{path} is served as {answer.headers.get('content-type')}"
        for path, answer in answers.items()
        if answer.status == 200
        and (
            not answer.headers.get("content-type", "").startswith("image/")
            or "svg" in answer.headers["content-type"]
            or answer.headers.get("x-content-type-options") != "nosniff"
        )
    ]
    pictured = [path for path in answers if path.startswith("catalog/")]
    faults += [f"{path} lies among the pictures" for path in pictured if Path(path).suffix not in ENDINGS]
    astray = [path for path in shop.home.parent.rglob("own*") if (shop.home / "media") not in path.parents]
    faults += [f"{path} lies outside" for path in astray if "postgres" not in path.parts]
    faults += [f"{path} was written" for path in map(Path, ("/tmp/own.png", "/etc/own.png")) if path.exists()]  # noqa: S108
    number = sum(answer.status == 200 for answer in answers.values())
    return f"{len(answers)} files lie in the media folder, {number} are served", shown(faults)


class watched_memory:
    """`async with` it: the MiB of the shop's servers, looked at all the time."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.seen: list[int] = []

    async def __aenter__(self) -> list[int]:
        self.seen.append(processes.memory_mib(self.shop.servers()))
        self._task = asyncio.create_task(self._watch())
        return self.seen

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        self.seen.append(processes.memory_mib(self.shop.servers()))

    async def _watch(self) -> None:
        while True:
            self.seen.append(processes.memory_mib(self.shop.servers()))
            await asyncio.sleep(LOOK_S)


async def signatures(shop: Shop, signer: Signer) -> tuple[str, list[str]]:
    """A signed call is good once, for what was signed, by a way that keeps the secret."""
    faults: list[str] = []
    good = _signed(shop, signer)
    async with Connection(shop.port) as caller:
        first, again = await caller.call(*good), await caller.call(*good)
        if (first.status, again.status) != (200, 401):
            faults.append(f"sent twice: {first.status}, {again.status}")
        tries = list(_forged(shop, signer))
        for what, call in tries:
            answer = await caller.call(*call)
            if answer.status not in (400, 401):
                faults.append(f"{what}: {answer}")
    outcome = await at_once(shop, [_signed(shop, signer)] * TIMES)
    if len(outcome.good) != 1:
        faults.append(f"one nonce {TIMES} times at once: {dict(outcome.statuses)}")
    return (
        f"{len(tries)} forged signatures, one nonce {TIMES} times: {dict(outcome.statuses)}",
        faults + outcome.faults(200, 401),
    )


def _forged(shop: Shop, signer: Signer) -> Iterator[tuple[str, Call]]:
    hour = str(int(time.time()) + 3600)
    yield "an hour ahead", _signed(shop, signer, oauth_timestamp=hour)
    for stamp in ("0", "-1", "x", "9" * 30, ""):
        yield f"the time {stamp!r}", _signed(shop, signer, oauth_timestamp=stamp)
    yield "PLAINTEXT", _signed(shop, signer, oauth_signature_method="PLAINTEXT")
    secrets = f"{signer.secret}&{signer.token_secret}"
    plain = {"oauth_signature_method": "PLAINTEXT", "oauth_signature": secrets}
    yield "PLAINTEXT with the secrets", _signed(shop, signer, unsigned=plain)
    yield "version 2.0", _signed(shop, signer, oauth_version="2.0")
    yield "no signature", _signed(shop, signer, unsigned={"oauth_signature": ""})
    yield "another nonce", _signed(shop, signer, unsigned={"oauth_nonce": "other"})
    yield "another consumer", _signed(shop, signer, unsigned={"oauth_consumer_key": "0" * 32})
    yield "another token", _signed(shop, signer, unsigned={"oauth_token": "0" * 32})
    signed = _signed(shop, signer)
    yield "another path", signed._replace(path="/rest/all/V1/orders?searchCriteria%5BpageSize%5D=1")
    yield "another method", _signed(shop, signer, "/rest/all/V1/customerGroups/1")._replace(method="DELETE")
    yield "another query", signed._replace(path=GROUPS.replace("=1", "=2"))
    yield "one more parameter", signed._replace(path=f"{GROUPS}&fields=items")
    host = {**(signed.headers or {}), "Host": "other.test"}
    yield "another host", signed._replace(headers=host)


def _signed(
    shop: Shop, signer: Signer, path: str = GROUPS, unsigned: dict[str, str] | None = None, **parameters: str
) -> Call:
    changed: dict[str, str | None] = {**parameters}
    header = signer.header("GET", path, host=f"127.0.0.1:{shop.port}", changed=changed, unsigned=unsigned)
    return Call("GET", path, None, {"Authorization": header})


SCENES = (
    Scene("uploads", upload_scene, "files that are no pictures, calls whose signature is worth nothing", bound_s=240),
)
