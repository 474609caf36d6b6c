"""`entrepot config`, `entrepot store`, and the commands that rebuild or empty what entrepot does not have."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, BadParameter, Option, Typer

from entrepot.kit.command import run
from entrepot.kit.context import Context
from entrepot.stores import configure, manage_groups, manage_views, manage_websites
from entrepot.stores.contracts import ConfigValue, ManagedGroup, ManagedStore, ManagedWebsite
from entrepot.stores.errors import GroupNotFound, WebsiteCodeNotFound
from entrepot.stores.levels import levels
from entrepot.stores.upkeep import CACHES, INDEXES

Path = Annotated[
    str, Argument(metavar="PATH", help="section/group/field, such as general/locale/code.", show_default=False)
]
Value = Annotated[str, Argument(metavar="VALUE", help="Lists are comma-joined; yes is 1, no is 0.", show_default=False)]
InScope = Annotated[str, Option("--scope", metavar="default|websites|stores", help="Where the value holds.")]
Code = Annotated[str | None, Option("--scope-code", help="The code of the website or store view.", show_default=False)]

# A value or a rate may begin with a minus sign, and is no option then.
TAKES_MINUS = {"ignore_unknown_options": True}

config = Typer(help="Read and set configuration values.", no_args_is_help=True)
store = Typer(help="Make websites, store groups and store views.", no_args_is_help=True)
indexer = Typer(help="Nothing needs to be rebuilt; these commands are there for scripts.", no_args_is_help=True)
cache = Typer(help="Nothing needs to be emptied; these commands are there for scripts.", no_args_is_help=True)


@config.command("set", context_settings=TAKES_MINUS)
def set_value(
    path: Path,
    value: Value,
    scope: InScope = "default",
    scope_code: Code = None,
) -> None:
    """Set a configuration value. A running server has it from its next request on."""
    run(configure.set_config, ConfigValue(path=path, value=value, scope=scope, scope_code=scope_code))
    print("Value was saved.")


@config.command("get")
def get_value(path: Path, scope: InScope = "default", scope_code: Code = None) -> None:
    """Print the value that holds in a scope: an empty line when there is none."""
    print(run(configure.get_config, path, scope, scope_code).value or "")


@config.command("unset")
def unset_value(path: Path, scope: InScope = "default", scope_code: Code = None) -> None:
    """Let the wider scope, or the built-in default, hold again."""
    run(configure.unset_config, path, scope, scope_code)
    print("Value was deleted.")


@store.command("create-website")
def create_website(
    code: Annotated[str, Option(show_default=False)], name: Annotated[str, Option(show_default=False)]
) -> None:
    """Make a website and print its id."""
    print(run(manage_websites.create_website, ManagedWebsite(code=code, name=name)).id)


@store.command("create-group")
def create_group(
    website: Annotated[str, Option(help="The code of its website.", show_default=False)],
    code: Annotated[str, Option(show_default=False)],
    name: Annotated[str, Option(show_default=False)],
    root_category_id: Annotated[int, Option(help="The category whose tree is its menu.", show_default=False)],
) -> None:
    """Make a store group and print its id. The first one of a website becomes its default."""
    print(run(_create_group, website, ManagedGroup(code=code, name=name, root_category_id=root_category_id)).id)


@store.command("create-view")
def create_view(
    group: Annotated[str, Option(help="The code of its store group.", show_default=False)],
    code: Annotated[str, Option(show_default=False)],
    name: Annotated[str, Option(show_default=False)],
    inactive: Annotated[bool, Option("--inactive", help="Keep visitors out for now.")] = False,
) -> None:
    """Make a store view and print its id. The first one of a group becomes its default."""
    print(run(_create_view, group, ManagedStore(code=code, name=name, is_active=int(not inactive))).id)


def reindex(
    index: Annotated[list[str] | None, Argument(help="Only these.", show_default=False)] = None,
) -> None:
    """Succeed: nothing needs to be rebuilt, for every write is visible at once."""
    for name in _known(index, INDEXES):
        print(f"{name}: up to date")


def flush(
    cache: Annotated[list[str] | None, Argument(help="Only these.", show_default=False)] = None,
) -> None:
    """Succeed: nothing needs to be emptied, for nothing is stale after a write."""
    for name in _known(cache, CACHES):
        print(f"{name}: up to date")


indexer.command("reindex")(reindex)
cache.command("flush")(flush)
cache.command("clean")(flush)


def _known(asked: list[str] | None, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in asked or ():
        if name not in names:
            raise BadParameter(f"There is no {name!r}. Known are: {', '.join(names)}.")
    return tuple(asked or names)


async def _create_group(ctx: Context, website_code: str, group: ManagedGroup) -> ManagedGroup:
    website = levels(ctx).website_by_code(website_code)
    if website is None:
        raise WebsiteCodeNotFound(website_code)
    group.website_id = website.id
    return await manage_groups.create_group(ctx, group)


async def _create_view(ctx: Context, group_code: str, view: ManagedStore) -> ManagedStore:
    group = next((group for group in levels(ctx).groups if group.code == group_code), None)
    if group is None:
        raise GroupNotFound
    view.store_group_id = group.id
    return await manage_views.create_view(ctx, view)
