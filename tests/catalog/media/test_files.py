"""Files come with the transaction that wants them and go after the one that does not."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from entrepot import app
from entrepot.catalog import products
from entrepot.catalog.contracts import MediaGalleryEntry
from entrepot.catalog.media import files, folder, jobs
from entrepot.catalog.media import service as media
from entrepot.catalog.media.names import file_name
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import run_due
from entrepot.settings import Settings
from tests.catalog.media.makers import a_picture, an_entry, ask, on_disk, path_of
from tests.catalog.products.makers import a_product


async def kept(ctx: Context) -> list[tuple[str, bool]]:
    """Each file, and whether its content is still in the database."""
    return await ctx.db.all(tuple, "select file, content is not null from product_media_file order by file")


async def test_an_upload_is_written_by_a_job(ctx):
    await a_product(ctx, "a")
    picture = a_picture(colour="red")
    await media.create(ctx, "a", an_entry("Voyage.jpg", picture))
    assert await kept(ctx) == [("/v/o/voyage.jpg", True)]
    assert on_disk(ctx) == set()

    assert await run_due(ctx) == 1

    assert await kept(ctx) == [("/v/o/voyage.jpg", False)]
    assert on_disk(ctx) == {"/v/o/voyage.jpg"}
    assert path_of(ctx, "/v/o/voyage.jpg").read_bytes() == picture


async def test_the_job_may_run_twice_or_have_died_after_writing(ctx):
    await a_product(ctx, "a")
    picture = a_picture(colour="red")
    await media.create(ctx, "a", an_entry("x.jpg", picture))
    folder.write(path_of(ctx, "/x/_/x.jpg"), b"half")

    await run_due(ctx)
    await jobs.store_files.defer(ctx)
    await run_due(ctx)

    assert path_of(ctx, "/x/_/x.jpg").read_bytes() == picture
    assert on_disk(ctx) == {"/x/_/x.jpg"}


async def test_a_refused_save_leaves_neither_rows_nor_files(ctx):
    await a_product(ctx, "a")
    with pytest.raises(Refused):
        async with ctx.savepoint():
            await media.create(ctx, "a", an_entry("x.jpg"))
            await media.create(ctx, "a", an_entry("y.php"))

    assert await kept(ctx) == []
    assert await run_due(ctx) == 0
    assert on_disk(ctx) == set()


async def test_files_that_two_products_have_stay_until_the_second_is_without_it(ctx):
    await a_product(ctx, "a")
    await a_product(ctx, "b")
    await media.create(ctx, "a", an_entry("shared.jpg"))
    id = int(await media.create(ctx, "b", an_entry("own.jpg")))
    await media.update(ctx, "b", MediaGalleryEntry(file="/s/h/shared.jpg"), id)
    await run_due(ctx)
    assert on_disk(ctx) == {"/s/h/shared.jpg"}

    await products.delete(ctx, "a")
    await run_due(ctx)
    assert on_disk(ctx) == {"/s/h/shared.jpg"}

    await products.delete(ctx, "b")
    await run_due(ctx)
    assert on_disk(ctx) == set()
    assert await kept(ctx) == []
    assert await ctx.db.value("select count(*) from product_media") == 0


async def test_a_removed_picture_goes_in_all_sizes_and_its_name_is_free_again(ctx, services):
    await a_product(ctx, "a")
    old, new = a_picture(colour="red"), a_picture(colour="blue")
    id = int(await media.create(ctx, "a", an_entry("x.jpg", old)))
    await run_due(ctx)
    await ask(services, "/media/catalog/product/cache/card/x/_/x.jpg")
    assert on_disk(ctx) == {"/x/_/x.jpg", "/cache/card/x/_/x.jpg"}

    await media.delete(ctx, "a", id)
    assert on_disk(ctx) == {"/x/_/x.jpg", "/cache/card/x/_/x.jpg"}
    await media.create(ctx, "a", an_entry("x.jpg", new))
    assert [one.file for one in await media.get_entries(ctx, "a")] == ["/x/_/x_1.jpg"]

    await run_due(ctx)
    assert on_disk(ctx) == {"/x/_/x_1.jpg"}
    await media.create(ctx, "a", an_entry("x.jpg", new))
    await run_due(ctx)
    assert path_of(ctx, "/x/_/x.jpg").read_bytes() == new


async def test_a_picture_removed_before_it_was_written_is_gone(ctx):
    await a_product(ctx, "a")
    id = int(await media.create(ctx, "a", an_entry("x.jpg")))

    await media.delete(ctx, "a", id)
    await run_due(ctx)

    assert on_disk(ctx) == set()
    assert await kept(ctx) == []


async def test_the_nightly_jobs_take_what_was_left(ctx):
    await a_product(ctx, "a")
    one = int(await media.create(ctx, "a", an_entry("one.jpg")))
    await media.create(ctx, "a", an_entry("two.jpg"))
    await media.delete(ctx, "a", one)
    await ctx.db.execute("delete from procrastinate_jobs")

    await jobs.store_files.defer(ctx)
    await jobs.remove_files.defer(ctx)
    await run_due(ctx)

    assert on_disk(ctx) == {"/t/w/two.jpg"}
    assert {job.name for job in app.all_jobs()} >= {"catalog.media.jobs.store_files", "catalog.media.jobs.remove_files"}


def test_what_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "x" / "_" / "x.jpg"
    folder.write(path, b"first")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        folder.write(path, b"second")

    assert path.read_bytes() == b"first"
    assert [one.name for one in path.parent.iterdir()] == ["x.jpg"]


# ---------------------------------------------------------------- with real commits


@asynccontextmanager
async def a_shop(url: str, home: Path):
    database = Database(url, max_size=6)
    await database.open()
    try:
        yield app.new_services(Settings(home=home, database_url=url), database)
    finally:
        await database.close()


async def test_nothing_is_left_of_a_transaction_that_was_rolled_back(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as shop:
        async with shop.work() as ctx:
            await a_product(ctx, "a")

        with pytest.raises(RuntimeError, match="changed its mind"):
            async with shop.work() as ctx:
                await media.create(ctx, "a", an_entry("x.jpg"))
                assert (await ask(shop, "/media/catalog/product/x/_/x.jpg")).status == 404
                raise RuntimeError("changed its mind")

        async with shop.work() as ctx:
            assert await kept(ctx) == []
            assert await run_due(ctx) == 0
            assert await media.get_entries(ctx, "a") == []
        assert on_disk(ctx) == set()


async def test_two_who_want_one_name_at_once_get_two_files(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as shop:
        async with shop.work() as ctx:
            for number in range(4):
                await a_product(ctx, f"p{number}")

        async def upload(number: int) -> None:
            async with shop.work() as ctx:
                await media.create(ctx, f"p{number}", an_entry("x.jpg", a_picture(colour=(number * 60, 0, 0))))

        await asyncio.gather(*(upload(number) for number in range(4)))

        async with shop.work() as ctx:
            await run_due(ctx)
            for number in range(4):
                [entry] = await media.get_entries(ctx, f"p{number}")
                assert path_of(ctx, entry.file or "").read_bytes() == a_picture(colour=(number * 60, 0, 0))
        assert on_disk(ctx) == {"/x/_/x.jpg", "/x/_/x_1.jpg", "/x/_/x_2.jpg", "/x/_/x_3.jpg"}


async def test_the_name_of_a_file_is_free_when_its_removal_is_committed(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as shop:
        async with shop.work() as ctx:
            await a_product(ctx, "a")
            id = int(await media.create(ctx, "a", an_entry("x.jpg", a_picture(colour="red"))))
        async with shop.work() as ctx:
            await run_due(ctx)
            await media.delete(ctx, "a", id)

        async def claim() -> str:
            async with shop.work() as ctx:
                upload = files.Upload(file_name("x.jpg", "image/jpeg"), b"new")
                return (await files.claim(ctx, [upload]))[upload]

        async with shop.work() as ctx:
            assert await files.remove_next(ctx)
            # Not committed yet: the name is still taken for others.
            assert await claim() == "/x/_/x_1.jpg"
        async with shop.work() as ctx:
            await jobs.store_files.defer(ctx)
            await run_due(ctx)
        assert on_disk(ctx) == {"/x/_/x_1.jpg"}
        assert await claim() == "/x/_/x.jpg"
