"""Which store view an address means, and what stands around every page."""

import html

import pytest
from structlog.testing import capture_logs

from entrepot.stores import ConfigValue, ManagedGroup, create_group, levels, page_addresses, page_url, set_config
from tests.storefront.browser import Browser
from tests.storefront.makers import a_view, configure, letters, link_in_last_letter


async def test_the_home_page_is_the_default_view_s(browser):
    await browser.get("/")

    assert (browser.where, browser.page.status_code) == ("/", 200)
    assert browser.title == "Home Page - Main Website Store"
    assert 'href="/customer/account/create/"' in browser.page.text


async def test_a_view_s_code_always_leads_to_it_and_links_keep_it(browser, us):
    await browser.get("/us/")

    assert browser.title == "Home Page - US Store"
    assert 'href="/us/customer/account/create/"' in browser.page.text


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/admin/", "/us2/customer/account/login/", "/customer/nothing/", "/%00/"]
)
async def test_an_unknown_code_or_address_is_not_found(browser, us, path):
    await browser.get(path)

    assert browser.page.status_code == 404
    assert browser.title == "404 Not Found - Main Website Store"


async def test_an_inactive_view_has_no_address(browser, ctx, us):
    await ctx.db.execute("update store set is_active = false where code = 'us'")
    await ctx.changed()

    assert (await browser.get("/us/")).status_code == 404


async def test_with_codes_in_links_the_root_leads_to_the_default_view(browser, ctx, us):
    await configure(ctx, "web/url/use_store", "1")

    await browser.get("/")
    assert browser.where == "/default/"
    await browser.get("/customer/account/login/")
    assert 'href="/default/customer/account/create/"' in browser.page.text


async def test_a_host_of_its_own_leads_to_a_website(services, ctx, us):
    await set_config(
        ctx,
        ConfigValue(
            path="web/unsecure/base_url", value="http://us.example/", scope="websites", scope_code=us.website_code
        ),
    )
    us_host, other_host = Browser(services, "us.example"), Browser(services, "other.example")

    await us_host.get("/")
    await other_host.get("/")

    assert us_host.title == "Home Page - US Store"
    assert other_host.title == "Home Page - Main Website Store"


async def test_a_parameter_chooses_a_view_of_the_website_and_a_cookie_remembers_it(browser, ctx, us):
    await a_view(ctx, 1, "fr", "Français")

    await browser.get("/?___store=fr")
    await browser.get("/")
    assert "Language: Français" in browser.text

    await browser.get("/stores/store/redirect/?___store=default")
    assert "Language: Default Store View" in browser.text


async def test_no_parameter_leads_to_another_website(browser, us):
    await browser.get("/?___store=us")

    assert browser.title == "Home Page - Main Website Store"
    assert "store" not in browser.client.cookies


async def test_the_switchers_offer_the_stores_of_the_same_website_only(browser, ctx, us):
    second = await create_group(ctx, ManagedGroup(website_id=1, code="second", name="Second Store", root_category_id=2))
    await a_view(ctx, second.id, "second", "Second View")

    await browser.get("/customer/account/login/")

    assert "Select Store: Main Website Store" in browser.text
    assert 'href="/second/"' in browser.page.text
    assert 'href="/us/"' not in browser.page.text
    assert len(levels(ctx).websites) == 3


async def test_the_language_switcher_stays_on_the_page(browser, ctx, us):
    await a_view(ctx, us.group_id, "us_es", "Español")
    await ctx.db.execute(
        "insert into core_config_data (scope, scope_id, path, value) "
        "select 'stores', store_id, 'general/locale/code', 'es_MX' from store where code = 'us_es'"
    )
    await ctx.changed()

    await browser.get("/us/customer/account/login/")
    assert '<a href="/us_es/customer/account/login/" hreflang="es-MX">Español</a>' in browser.page.text
    await browser.get("/us_es/customer/account/login/")
    assert '<html lang="es-MX">' in browser.page.text


@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [
        ("/default/catalogsearch/result/?q=a%20%26%20b&p=2", "/fr/catalogsearch/result/?q=a+%26+b&amp;p=2"),
        ("/default/catalogsearch/result?q=tee", "/fr/catalogsearch/result?q=tee"),
        ("/voyage-yoga-bag.html?x=&color=1", "/fr/voyage-yoga-bag.html?x=&amp;color=1"),
        ("/catalogsearch/result/?q=tee&___store=default&___from_store=fr", "/fr/catalogsearch/result/?q=tee"),
        ("/?a=1", "/fr/?a=1"),
        ("/", "/fr/"),
    ],
)
async def test_the_language_switcher_keeps_what_was_searched_and_filtered(browser, ctx, bag, path, elsewhere):
    await a_view(ctx, 1, "fr", "Français")
    await browser.get(path)
    assert f'<a href="{elsewhere}" hreflang="en-US">Français</a>' in browser.page.text

    await browser.get(html.unescape(elsewhere))
    assert browser.page.status_code == 200
    assert browser.where == html.unescape(elsewhere)
    assert "Language: Français" in browser.text


async def test_a_search_is_taken_along_to_another_store(browser, ctx):
    second = await create_group(ctx, ManagedGroup(website_id=1, code="second", name="Second Store", root_category_id=2))
    await a_view(ctx, second.id, "second", "Second View")
    await browser.get("/catalogsearch/result/?q=tee")
    assert 'href="/second/catalogsearch/result/?q=tee"' in browser.page.text


async def test_a_page_with_an_address_of_its_own_has_one(browser, bag):
    answer = await browser.client.get("/voyage-yoga-bag.html/?a=1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/voyage-yoga-bag.html?a=1")
    answer = await browser.client.get("/default/voyage-yoga-bag.html/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/default/voyage-yoga-bag.html")
    assert (await browser.client.get("/voyage-yoga-bag.html", follow_redirects=False)).status_code == 200


async def test_an_address_that_ends_with_a_slash_leads_there_from_the_one_without(browser, ctx, bag):
    await ctx.db.execute("update url_rewrite set request_path = 'bag/' where request_path = 'voyage-yoga-bag.html'")
    answer = await browser.client.get("/bag", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/bag/")
    assert (await browser.client.get("/bag/", follow_redirects=False)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/us/customer/account/login",
        "/us/CUSTOMER/Account/LOGIN/",
        "/us//customer/account/login",
        "/index.php/us/customer/account/login/",
    ],
)
async def test_letter_case_and_slashes_make_no_difference(browser, us, path):
    await browser.get(path)

    assert browser.page.status_code == 200


async def test_what_the_shop_calls_itself_is_escaped(browser, ctx):
    await configure(ctx, "general/store_information/name", "<script>alert(1)</script>")

    await browser.get("/")

    assert "<script>alert(1)" not in browser.page.text
    assert "Welcome to &lt;script&gt;alert(1)&lt;/script&gt;" in browser.page.text


async def test_a_guest_leaves_no_session_behind(browser, ctx):
    await browser.get("/")
    await browser.get("/customer/account/login/")

    assert await ctx.db.value("select count(*) from session") == 0


async def test_only_built_parts_are_in_the_navigation(browser, jane):
    await browser.sign_in()

    navigation = browser.page.text.split('class="account-nav"')[1].split("</nav>")[0]
    labels = [line.split(">")[1].split("<")[0] for line in navigation.split("<a ")[1:]]
    assert labels == [
        "My Account",
        "My Orders",
        "My Downloadable Products",
        "Address Book",
        "Account Information",
        "Newsletter Subscriptions",
    ]


async def test_the_page_tells_browsers_to_use_https_when_the_shop_says_so(services, db, ctx):
    await configure(ctx, "web/secure/enable_hsts", "1")
    secure, plain = Browser(services, scheme="https"), Browser(services)

    assert "strict-transport-security" in (await secure.get("/")).headers
    assert "strict-transport-security" not in (await plain.get("/")).headers


async def test_mails_lead_to_the_view_that_wrote_them(browser, ctx, jane):
    await browser.get("/us/customer/account/forgotpassword/")
    await browser.post("/us/customer/account/forgotpasswordpost/", {"email": "jdoe@example.com"})

    await browser.get(await link_in_last_letter(ctx))

    assert browser.where == "/us/customer/account/createpassword/"


async def test_no_mail_leads_to_a_host_that_only_the_request_names(services, ctx, jane):
    browser = Browser(services, "evil.example")
    await browser.get("/us/customer/account/forgotpassword/")
    await browser.post("/us/customer/account/forgotpasswordpost/", {"email": "jdoe@example.com"})

    text = (await letters(ctx))[-1][2]
    assert "http://127.0.0.1:8080/us/customer/account/createPassword/?token=" in text
    assert "evil" not in text


async def test_the_log_warns_once_that_mails_lead_to_this_machine(services, ctx, jane):
    page_addresses._warn.cache_clear()
    proxied = ctx.in_store(ctx.stores.default)
    proxied.base_url = "https://shop.example/"

    with capture_logs() as logs:
        for _ in range(2):
            assert page_url(proxied, ctx.stores.default) == "http://127.0.0.1:8080/"
    assert [(one["log_level"], one["url"]) for one in logs] == [("warning", "http://127.0.0.1:8080/")]

    page_addresses._warn.cache_clear()
    await configure(ctx, "web/unsecure/base_url", "https://shop.example/")
    with capture_logs() as logs:
        assert page_url(proxied, ctx.stores.default) == "https://shop.example/"
    assert logs == []


async def test_a_host_of_its_own_needs_no_code(ctx, us):
    default = ctx.stores.default
    assert page_url(ctx, default) == "http://127.0.0.1:8080/"
    assert page_url(ctx, us) == "http://127.0.0.1:8080/us/"

    await set_config(
        ctx,
        ConfigValue(
            path="web/unsecure/base_url", value="http://us.example/", scope="websites", scope_code=us.website_code
        ),
    )
    spanish = await a_view(ctx, us.group_id, "us_es", "Español")
    assert page_url(ctx, us) == "http://us.example/"
    assert page_url(ctx, spanish) == "http://us.example/us_es/"
    assert page_url(ctx, default) == "http://127.0.0.1:8080/"
