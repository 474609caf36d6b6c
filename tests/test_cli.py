"""Spec 10-platform, 10: the command line, as a process of its own over a database of its own."""

import os
import subprocess
import sys

import psycopg
import pytest

from entrepot import migrations

PROGRAM = [sys.executable, "-c", "from entrepot.cli import main; main()"]


@pytest.fixture
def entrepot(committed_url, tmp_path):
    """Run a command; (exit status, standard output, standard error)."""

    def run(*arguments, typed=""):
        environment = os.environ | {"DATABASE_URL": committed_url, "ENTREPOT_HOME": str(tmp_path)}
        done = subprocess.run(
            [*PROGRAM, *arguments], env=environment, input=typed, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout, done.stderr

    return run


def test_configuration_is_set_read_and_unset_in_a_scope(entrepot):
    scope = ("--scope", "websites", "--scope-code", "base")
    assert entrepot("config", "set", "general/locale/code", "de_DE", *scope) == (0, "Value was saved.\n", "")
    assert entrepot("config", "get", "general/locale/code", *scope) == (0, "de_DE\n", "")
    assert entrepot("config", "get", "general/locale/code") == (0, "en_US\n", "")
    assert entrepot("config", "unset", "general/locale/code", *scope) == (0, "Value was deleted.\n", "")
    assert entrepot("config", "get", "general/locale/code", *scope) == (0, "en_US\n", "")


def test_a_refusal_is_a_sentence_on_standard_error(entrepot):
    unknown = 'The "no/such/path" path doesn\'t exist. Verify and try again.\n'
    assert entrepot("config", "set", "no/such/path", "1") == (1, "", unknown)
    outside = 'The "general/region/state_required" path can\'t be set in the "stores" scope.\n'
    scope = ("--scope", "stores", "--scope-code", "default")
    assert entrepot("config", "set", "general/region/state_required", "US", *scope) == (1, "", outside)


def test_misuse_is_a_sentence_on_standard_error_too(entrepot):
    assert entrepot("config", "set") == (1, "", "Missing argument 'PATH'.\n")
    assert entrepot("nosuch") == (1, "", "No such command 'nosuch'.\n")


def test_the_levels_of_a_shop_are_made_from_the_top(entrepot, committed_url):
    assert entrepot("store", "create-website", "--code", "na_site", "--name", "North America Site") == (0, "2\n", "")
    group = ("--website", "na_site", "--code", "na_store", "--name", "North America Store")
    assert entrepot("store", "create-group", *group, "--root-category-id", "2") == (0, "2\n", "")
    view = ("--group", "na_store", "--code", "us", "--name", "US Store View")
    assert entrepot("store", "create-view", *view, "--inactive") == (0, "2\n", "")
    assert entrepot("store", "create-view", *view) == (1, "", "Store with the same code already exists.\n")

    with psycopg.connect(committed_url) as connection:
        views = connection.execute("select code, name, website_id, group_id, is_active from store where store_id = 2")
        assert views.fetchall() == [("us", "US Store View", 2, 2, False)]
        websites = connection.execute("select code, name, default_group_id from website where website_id = 2")
        assert websites.fetchall() == [("na_site", "North America Site", 2)]
        groups = connection.execute(
            "select code, root_category_id, default_store_id from store_group where group_id = 2"
        )
        assert groups.fetchall() == [("na_store", 2, 2)]


def test_levels_above_are_named_by_their_codes(entrepot):
    group = ("--website", "nosuch", "--code", "c", "--name", "N", "--root-category-id", "2")
    assert entrepot("store", "create-group", *group) == (
        1,
        "",
        "The website with code nosuch that was requested wasn't found. Verify the website and try again.\n",
    )
    assert entrepot("store", "create-view", "--group", "nosuch", "--code", "c", "--name", "N") == (
        1,
        "",
        "The group that was requested wasn't found. Verify the group and try again.\n",
    )


def test_a_rate_is_set_without_its_sign(entrepot):
    assert entrepot("currency", "set-rate", "USD", "CHF", "-0.90") == (0, "1 USD = 0.9 CHF\n", "")
    assert entrepot("currency", "set-rate", "USD", "CHF", "0") == (0, "1 USD = 0.9 CHF\n", "")
    status, out, error = entrepot("currency", "set-rate", "USD", "CHF", "much")
    assert (status, out, error) == (1, "", "Invalid value: 'much' is no number.\n")


@pytest.mark.parametrize("command", ["indexer:reindex", "cache:flush", "indexer reindex", "cache flush", "cache:clean"])
def test_scripts_may_rebuild_and_flush_what_there_is_not(entrepot, command):
    status, out, error = entrepot(*command.split())
    assert (status, error) == (0, "")
    assert "up to date" in out


def test_the_database_has_to_be_there(entrepot, committed_url, tmp_path):
    environment = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ENTREPOT_HOME": str(tmp_path)}
    done = subprocess.run([*PROGRAM, "setup:upgrade"], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be used: ")
    assert entrepot("setup:upgrade") == (0, "The database is up to date.\n", "")


def beside(tmp_path, *arguments, **environment):
    """Run a command with these variables alone; (exit status, standard output, standard error)."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ENTREPOT_HOME")}
    done = subprocess.run(
        [*PROGRAM, *arguments], env=kept | environment, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", [("config", "get", "general/locale/code"), ("worker",)])
def test_a_command_in_another_folder_than_the_shops_makes_no_second_shop(tmp_path, arguments):
    assert beside(tmp_path, *arguments) == (
        1,
        "",
        f"There is no shop in the data folder {tmp_path}/var. Name the server's in ENTREPOT_HOME, or its database in "
        "DATABASE_URL. `entrepot serve` and `entrepot setup:upgrade` make a new one.\n",
    )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("command", ["serve", "worker", "setup:upgrade"])
def test_a_wrong_variable_is_told_in_a_sentence(tmp_path, command):
    assert beside(tmp_path, command, ENTREPOT_SMTP_URL="foo://bar", ENTREPOT_HOME=str(tmp_path)) == (
        1,
        "",
        "ENTREPOT_SMTP_URL has to look like smtp://host:port or smtps://user:password@host\n",
    )


def test_the_first_administrators_password_has_to_be_a_good_one(committed_url, tmp_path):
    assert beside(tmp_path, "serve", DATABASE_URL=committed_url, ENTREPOT_ADMIN_PASSWORD="short") == (
        1,
        "",
        "ENTREPOT_ADMIN_USER and ENTREPOT_ADMIN_PASSWORD make no administrator: "
        "Your password must be at least 7 characters.\n"
        "Your password must include both numeric and alphabetic characters.\n",
    )


def test_the_database_of_a_newer_program_is_left_alone(entrepot, committed_url):
    with psycopg.connect(committed_url) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    sentence = (
        "The database has revision 9999, which this version of entrepot does not know. "
        "Run the version that has upgraded it, or a newer one.\n"
    )
    assert entrepot("config", "get", "general/locale/code") == (1, "", sentence)
    assert entrepot("serve") == (1, "", sentence)


def test_an_old_postgresql_is_refused():
    with pytest.raises(migrations.DatabaseUnsuitable) as unsuitable:
        migrations.check_server(140_011)
    assert str(unsuitable.value) == "entrepot needs PostgreSQL 15 or newer; this server is of version 14."
    migrations.check_server(150_000)


def test_a_new_shop_has_a_role_for_its_administrators(entrepot):
    assert entrepot("setup:upgrade") == (0, "The database is up to date.\n", "")
    assert entrepot("setup:upgrade") == (0, "The database is up to date.\n", "")
    names = ("--username", "ada", "--email", "ada@example.com", "--firstname", "Ada", "--lastname", "Lovelace")
    made = entrepot("admin", "create-user", *names, "--role", "Administrators", typed="Ada-Password-1\n")
    assert made == (0, "1\n", "")
