"""The mails: who writes, to whom, and that a name cannot become a link."""

from email import message_from_bytes, policy

from entrepot.customers import initiate_password_reset, mails
from entrepot.customers.queries import accounts
from tests.customers.makers import JANE, a_customer, configure, us_store


async def last(ctx):
    letter = await ctx.db.value("select letter from mail order by id desc limit 1")
    return message_from_bytes(bytes(letter), policy=policy.default)


async def account_of(ctx, customer):
    found = await accounts.find_by_id(ctx.db, customer.id)
    assert found is not None
    return found


def texts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


async def test_account_mails_come_from_general_and_password_mails_from_support(ctx):
    await configure(ctx, "trans_email/ident_general/email", "hello@shop.test")
    await configure(ctx, "trans_email/ident_support/email", "help@shop.test")
    await a_customer(ctx)
    message = await last(ctx)
    assert message["From"].addresses[0].addr_spec == "hello@shop.test"
    assert (message["To"].addresses[0].display_name, message["To"].addresses[0].addr_spec) == ("Jane Doe", JANE)
    await initiate_password_reset(ctx, JANE, "email_reset", 1)
    assert (await last(ctx))["From"].addresses[0].addr_spec == "help@shop.test"


async def test_mails_come_from_the_customers_store(ctx):
    us = await us_store(ctx)
    await configure(ctx, "general/store_information/name", "Stars and Stripes", "stores", us.id)
    await configure(ctx, "web/unsecure/base_url", "http://us.test/", "stores", us.id)
    await a_customer(ctx, website_id=us.website_id)
    message = await last(ctx)
    assert message["Subject"] == "Welcome to Stars and Stripes"
    for text in texts(message):
        assert "http://us.test/" in text
        assert "customer/account/" in text


async def test_an_account_of_the_admin_store_is_written_to_by_its_website(ctx):
    us = await us_store(ctx)
    await a_customer(ctx, website_id=us.website_id)
    await ctx.db.execute("update customer set store_id = 0")
    await initiate_password_reset(ctx, JANE, "email_reset", us.website_id)
    assert (await last(ctx))["Subject"] == "Reset your US Store password"


async def test_only_visible_parts_of_a_name_are_written(ctx):
    jane = await a_customer(ctx, prefix="Dr", middlename="M", suffix="Jr")
    account = await account_of(ctx, jane)
    assert mails.visible_name(ctx, account) == "Jane Doe"
    for part, value in (("prefix", "opt"), ("middlename", "1"), ("suffix", "req")):
        await configure(ctx, f"customer/address/{part}_show", value)
    assert mails.visible_name(ctx, account) == "Dr Jane M Doe Jr"


async def test_a_name_is_text_whatever_it_says(ctx):
    await a_customer(ctx, firstname="Win\n\nClick: http://evil.test/", lastname="<b>")
    plain, html = texts(await last(ctx))
    assert "Hello Win Click: http://evil.test/ <b>," in plain
    assert "&lt;b&gt;" in html
    assert 'href="http://evil.test/' not in html
    assert html.count("<a href=") == 2


async def test_every_mail_can_be_written(ctx):
    jane = await a_customer(ctx, confirmation="key")
    account = await account_of(ctx, jane)
    await mails.welcome_without_password(ctx, account)
    await mails.confirmation_request(ctx, account)
    await mails.confirmed(ctx, account)
    await mails.password_reminder(ctx, account, "token")
    await mails.password_changed(ctx, account)
    await mails.email_changed(ctx, account, "old@example.com")
    await mails.email_and_password_changed(ctx, account, "old@example.com")
    written = await ctx.db.all(tuple, "select envelope_to, letter from mail order by id offset 1")
    store = "Main Website Store"
    assert [(to[0], message_from_bytes(bytes(letter), policy=policy.default)["Subject"]) for to, letter in written] == [
        (JANE, f"Welcome to {store}"),
        (JANE, f"Please confirm your {store} account"),
        (JANE, f"Welcome to {store}"),
        (JANE, f"Reset your {store} password"),
        (JANE, f"Your {store} password has been changed"),
        ("old@example.com", f"Your {store} email has been changed"),
        (JANE, f"Your {store} email has been changed"),
        ("old@example.com", f"Your {store} email and password has been changed"),
        (JANE, f"Your {store} email and password has been changed"),
    ]
