"""Spec 00-webapi, 10.1, and 10-platform, 7: integrations as the Admin and the command line have them."""

import json
import os
import re
import subprocess
import sys

import pytest

from entrepot.access import (
    IntegrationDraft,
    IntegrationExists,
    IntegrationStatus,
    NoSuchIntegration,
    OwnPasswordInvalid,
    activate,
    begin_activation,
    deactivate_integration,
    delete_integration,
    get_consumer_credentials,
    get_integration,
    list_integrations,
    reauthorize,
    save_integration,
)
from entrepot.access.integrations import is_web_address
from entrepot.access.resources import ALL, ROOT
from entrepot.kit.errors import Invalid
from tests.access.integration_makers import SALES, an_integration
from tests.access.makers import PASSWORD, acting, an_administrator, configure

ENDPOINT, LOGIN = "https://erp.test/callback", "https://erp.test/login"
TOKEN = re.compile("[0-9a-z]{32}")


async def test_a_new_integration_is_inactive_and_has_a_consumer_of_its_own(ctx):
    integration_id = await save_integration(
        ctx,
        IntegrationDraft(
            name=" ERP ",
            email="it@example.com",
            endpoint=ENDPOINT,
            identity_link_url=LOGIN,
            resources=[SALES, "Magento_Sales::create"],
        ),
    )

    integration = await get_integration(ctx, integration_id)
    assert (integration.name, integration.email) == ("ERP", "it@example.com")
    assert (integration.endpoint, integration.identity_link_url) == (ENDPOINT, LOGIN)
    assert (integration.status, integration.setup_type, integration.is_active) == (0, 0, False)
    assert integration.resources == sorted([ROOT, "Magento_Sales::create", SALES])
    consumer = await get_consumer_credentials(ctx, integration)
    assert TOKEN.fullmatch(consumer.key) and TOKEN.fullmatch(consumer.secret)
    assert await ctx.db.value("select name from oauth_consumer") == f"Integration{integration_id}"
    assert await ctx.db.value("select count(*) from oauth_token") == 0


async def test_an_integration_keeps_consumer_and_status_when_it_is_changed(ctx):
    former = await an_integration(ctx)
    await begin_activation(ctx, former.integration_id)

    draft = IntegrationDraft(integration_id=former.integration_id, name="connector", resources=[ALL, SALES])
    assert await save_integration(ctx, draft) == former.integration_id

    changed = await get_integration(ctx, former.integration_id)
    assert (changed.name, changed.email, changed.status, changed.resources) == ("connector", None, 1, [ALL])
    assert changed.consumer_key == former.consumer_key


@pytest.mark.parametrize("name", ["Connector", "connector", "Connéctor", " Connector "])
async def test_a_name_can_be_taken_once(ctx, name):
    await an_integration(ctx)
    other = await an_integration(ctx, "Other")

    for integration_id in (None, other.integration_id):
        with pytest.raises(IntegrationExists) as refused:
            await save_integration(ctx, IntegrationDraft(integration_id=integration_id, name=name))
        assert refused.value.rendered() == f'The integration with name "{name.strip()}" exists.'

    assert [(found.name, found.resources) for found in await list_integrations(ctx)] == [
        ("Connector", [ROOT, SALES]),
        ("Other", [ROOT, SALES]),
    ]
    assert await ctx.db.value("select count(*) from oauth_consumer") == 2


async def test_all_that_is_wrong_is_said_at_once(ctx):
    draft = IntegrationDraft(
        name=" ",
        email="nobody",
        endpoint="ftp://erp.test/",
        identity_link_url="javascript:alert(1)",
        resources=["No::such", SALES],
    )

    with pytest.raises(Invalid) as refused:
        await save_integration(ctx, draft)

    assert [error.rendered() for error in refused.value.errors] == [
        '"Name" is required. Enter and try again.',
        "Please enter a valid email.",
        'Please enter a valid URL that begins with http:// or https:// for "Callback URL".',
        'Please enter a valid URL that begins with http:// or https:// for "Identity link URL".',
        'There is no resource "No::such".',
    ]
    assert await list_integrations(ctx) == []

    with pytest.raises(Invalid) as refused:
        await save_integration(ctx, IntegrationDraft(name="x" * 256))
    assert refused.value.rendered() == 'Please enter at most 255 characters for "Name".'


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("http://erp.test", True),
        ("HTTPS://erp.test:8443/a?b=c", True),
        ("http://[::1]:8080/", True),
        ("http://", False),
        ("//erp.test/", False),
        ("file:///etc/passwd", False),
        ("http://erp.test:port/", False),
        ("http://[::1/", False),
    ],
)
def test_credentials_are_posted_to_the_web_only(url, is_one):
    assert is_web_address(url) is is_one


async def test_saving_is_confirmed_with_the_own_password(ctx):
    ada = acting(ctx, await an_administrator(ctx))

    with pytest.raises(OwnPasswordInvalid):
        await save_integration(ada, IntegrationDraft(name="ERP"), current_password="guess")
    assert await list_integrations(ctx) == []

    await save_integration(ada, IntegrationDraft(name="ERP"), current_password=PASSWORD)
    assert [found.name for found in await list_integrations(ctx)] == ["ERP"]


async def test_integrations_are_listed_by_name_and_status(ctx):
    first, second = await an_integration(ctx, "A"), await an_integration(ctx, "B")
    await begin_activation(ctx, second.integration_id)

    async def names(**wanted):
        return [found.name for found in await list_integrations(ctx, **wanted)]

    assert await names() == ["A", "B"]
    assert await names(name="a") == [first.name]
    assert await names(status=IntegrationStatus.ACTIVE) == ["B"]


async def test_what_is_not_there_cannot_be_changed(ctx, services):
    sentence = 'The integration with ID "7777" doesn\'t exist.'
    for attempt in (
        get_integration(ctx, 7777),
        save_integration(ctx, IntegrationDraft(integration_id=7777, name="ERP")),
        deactivate_integration(ctx, 7777),
        delete_integration(ctx, 7777),
        activate(services, 7777),
        reauthorize(services, 7777),
    ):
        with pytest.raises(NoSuchIntegration) as refused:
            await attempt
        assert refused.value.rendered() == sentence


@pytest.mark.parametrize(("endpoint", "login"), [(None, None), (ENDPOINT, None), (None, LOGIN)])
async def test_without_both_addresses_the_access_token_is_made_at_once(ctx, services, endpoint, login):
    integration = await an_integration(ctx, endpoint=endpoint, identity_link_url=login)

    activation = await activate(services, integration.integration_id)

    assert activation.integration.status == 1
    assert activation.access_token is not None
    shown = [
        activation.consumer.key,
        activation.consumer.secret,
        activation.access_token.token,
        activation.access_token.secret,
    ]
    assert len(set(shown)) == 4 and all(TOKEN.fullmatch(text) for text in shown)
    assert await ctx.db.values("select type from oauth_token") == ["access"]


async def test_an_integration_goes_on_with_its_token_after_a_pause(ctx):
    integration = await an_integration(ctx)
    await begin_activation(ctx, integration.integration_id)
    await deactivate_integration(ctx, integration.integration_id)
    assert (await get_integration(ctx, integration.integration_id)).status == 0

    activation = await begin_activation(ctx, integration.integration_id)

    assert (activation.integration.status, activation.access_token) == (1, None)


async def test_an_exchange_posts_the_credentials_and_starts_the_consumers_clock(ctx):
    await configure(ctx, "oauth/consumer/post_timeout", "7")
    await configure(ctx, "oauth/consumer/post_maxredirects", "3")
    await configure(ctx, "web/unsecure/base_url", "http://shop.test/")
    integration = await an_integration(ctx, endpoint=ENDPOINT, identity_link_url=LOGIN)
    await ctx.db.execute("update oauth_consumer set updated_at = now() - interval '1 day'")

    activation = await begin_activation(ctx, integration.integration_id)

    delivery = activation.delivery
    assert delivery is not None
    assert (delivery.endpoint, delivery.timeout_s, delivery.redirects) == (ENDPOINT, 7.0, 3)
    assert TOKEN.fullmatch(delivery.fields["oauth_verifier"])
    assert delivery.fields == {
        "oauth_consumer_key": activation.consumer.key,
        "oauth_consumer_secret": activation.consumer.secret,
        "store_base_url": "http://shop.test/",
        "oauth_verifier": delivery.fields["oauth_verifier"],
    }
    assert (activation.integration.status, activation.access_token) == (0, None)
    assert await ctx.db.value("select updated_at from oauth_consumer") == ctx.now
    again = await begin_activation(ctx, integration.integration_id)
    assert again.delivery == delivery
    anew = await begin_activation(ctx, integration.integration_id, anew=True)
    assert anew.delivery is not None and anew.delivery.fields["oauth_verifier"] != delivery.fields["oauth_verifier"]


async def test_deleting_leaves_nothing(ctx):
    integration = await an_integration(ctx)
    await begin_activation(ctx, integration.integration_id)

    await delete_integration(ctx, integration.integration_id)

    for table in ("integration", "integration_resource", "oauth_consumer", "oauth_token"):
        assert await ctx.db.value(f"select count(*) from {table}") == 0  # noqa: S608 -- names from above


@pytest.fixture
def entrepot(committed_url, tmp_path):
    """Run a command of `integration`; (exit status, standard output, standard error)."""
    program = [sys.executable, "-c", "from entrepot.cli import main; main()", "integration"]

    def run(*arguments):
        environment = os.environ | {"DATABASE_URL": committed_url, "ENTREPOT_HOME": str(tmp_path)}
        done = subprocess.run([*program, *arguments], env=environment, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_script_makes_activates_and_deactivates(entrepot):
    status, output, _ = entrepot("create", "--name", "ERP", "--resource", SALES, "--resource", "Magento_Sales::create")
    made = json.loads(output)
    assert (status, list(made)) == (0, ["integration_id", "consumer_key", "consumer_secret"])
    assert TOKEN.fullmatch(made["consumer_key"]) and TOKEN.fullmatch(made["consumer_secret"])

    status, output, _ = entrepot("activate", "--name", "ERP")
    active = json.loads(output)
    assert (status, list(active), active["status"]) == (0, ["status", "access_token", "access_token_secret"], 1)

    assert entrepot("deactivate", "--name", "ERP") == (0, '{"status": 0}\n', "")
    assert entrepot("activate", "--name", "ERP") == (0, '{"status": 1}\n', "")


def test_a_script_is_told_what_is_wrong(entrepot):
    assert entrepot("create", "--name", "ERP", "--all")[0] == 0
    exists = 'The integration with name "ERP" exists.\n'
    assert entrepot("create", "--name", "ERP", "--all") == (1, "", exists)
    unknown = 'The integration with name "CRM" doesn\'t exist.\n'
    assert entrepot("activate", "--name", "CRM") == (1, "", unknown)
    assert entrepot("deactivate", "--name", "CRM") == (1, "", unknown)
    for choice in ((), ("--all", "--resource", SALES)):
        status, output, reason = entrepot("create", "--name", "CRM", *choice)
        assert (status, output) == (1, "")
        assert "Give either --all or at least one --resource." in reason

    # A port on which nobody listens: the system gives none that low.
    posted = ("--endpoint", "http://127.0.0.1:1/", "--identity-link-url", "http://127.0.0.1:1/", "--email", "a@b.test")
    assert entrepot("create", "--name", "CRM", "--all", *posted)[0] == 0
    status, output, reason = entrepot("activate", "--name", "CRM")
    assert (status, output) == (1, "")
    assert reason.startswith("The credentials could not be posted to http://127.0.0.1:1/: ")
