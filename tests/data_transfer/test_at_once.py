"""Imports as processes of their own: two at once, and one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest

PROGRAM = [sys.executable, "-c", "from entrepot.cli import main; main()"]


@pytest.fixture
def begin(committed_url, tmp_path):
    """Start a command; its process."""
    environment = os.environ | {"DATABASE_URL": committed_url, "ENTREPOT_HOME": str(tmp_path)}

    def begin(*arguments, **more):
        return subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    return begin


@pytest.fixture
def entrepot(begin):
    """Run a command; (exit status, standard output, standard error)."""

    def run(*arguments):
        process = begin(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    return run


LAST = "from data_transfer order by transfer_id desc limit 1"
"""The record of the import that was begun last."""


def value(url, sql):
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchone()[0]


def products(count):
    return "sku,name,price,qty\n" + "".join(f"P{number},Name {number},5,{number}\n" for number in range(count))


def test_products_are_imported_checked_and_exported_on_the_command_line(entrepot, committed_url, tmp_path):
    file, report, out = tmp_path / "in.csv", tmp_path / "refused.csv", tmp_path / "out.csv"
    file.write_text("sku,name,price\nA,Bag,5\nB,Hat,cheap\n")
    refusal = "Line 3: price: Value for 'price' attribute contains incorrect value\n"

    checked = entrepot("import", "products", file, "--dry-run")
    assert checked == (
        1,
        "Checked 2 rows: 1 created, 0 updated, 0 deleted; 1 rows refused. Nothing was written.\n",
        refusal,
    )
    assert value(committed_url, "select count(*) from product") == 0

    done = entrepot("import", "products", file, "--report", report)
    assert done == (
        1,
        "Imported 2 rows: 1 created, 0 updated, 0 deleted; 1 rows refused.\n",
        f"{refusal}The refused rows are in {report}.\n",
    )
    assert report.read_text() == (
        "sku,name,price,import_error\nB,Hat,cheap,price: Value for 'price' attribute contains incorrect value\n"
    )
    report.write_text(report.read_text().replace("cheap", "7"))
    assert entrepot("import", "products", report) == (
        0,
        "Imported 1 rows: 1 created, 0 updated, 0 deleted; 0 rows refused.\n",
        "",
    )

    assert entrepot("export", "products", "--output", out, "--filter", "price=6..8") == (0, "", "")
    assert [line[:4] for line in out.read_text().splitlines()] == ["sku,", "B,,D"]
    status, text, _ = entrepot("export", "products", "--filter", "price=6..8")
    assert (status, text) == (0, out.read_text())
    assert sorted(path.name for path in tmp_path.glob("*.csv*")) == ["in.csv", "out.csv", "refused.csv"]


def test_source_quantities_are_imported_and_exported_on_the_command_line(entrepot, tmp_path):
    file = tmp_path / "stock.csv"
    file.write_text("source_code;sku;quantity\ndefault;A;5\nmars;A;5\n")
    assert entrepot("import", "stock-sources", file, "--separator", ";") == (
        1,
        "Imported 2 rows: 1 created, 0 updated, 0 deleted; 1 rows refused.\n",
        'Line 3: source_code: Source code "mars" does not exists\n',
    )
    assert entrepot("export", "stock-sources") == (0, "source_code,sku,status,quantity\ndefault,A,1,5\n", "")
    assert entrepot("import", "stock-sources", file, "--separator", ";", "--behavior", "delete")[0] == 1
    assert entrepot("export", "stock-sources", "--skip", "status") == (0, "source_code,sku,quantity\n", "")


def test_a_file_that_cannot_be_imported_is_a_sentence_on_standard_error(entrepot, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_bytes("sku,name\nA,Grün\n".encode("latin-1"))
    status, _, error = entrepot("import", "products", file)
    assert (status, error) == (
        1,
        "The file is not encoded in UTF-8 (line 2). Save it as CSV UTF-8 and try again.\n",
    )
    assert entrepot("import", "products", tmp_path / "none.csv")[0] == 1
    stopped = tmp_path / "stopped.csv"
    stopped.write_text("sku,name,price\nA,Bag,cheap\n")
    status, _, error = entrepot("import", "products", stopped, "--stop-on-error")
    assert status == 1
    assert error.endswith("Maximum error count has been reached or system error is occurred!\n")


def test_two_imports_of_the_same_products_at_once_both_end_well(begin, entrepot, committed_url, tmp_path):
    there, back = tmp_path / "there.csv", tmp_path / "back.csv"
    text = products(1200)
    header, *rows = text.splitlines(keepends=True)
    there.write_text(text)
    # In the other direction, so that they meet; whoever comes second changes what the first made.
    back.write_text("".join([header, *reversed(rows)]))
    assert entrepot("export", "products")[0] == 0

    both = [begin("import", "products", file) for file in (there, back)]
    ends = [(*process.communicate(timeout=180), process.returncode) for process in both]

    assert [(error, status) for _, error, status in ends] == [("", 0), ("", 0)]
    assert value(committed_url, "select count(*) from product") == 1200
    assert value(committed_url, "select sum(created_count) from data_transfer") == 1200
    assert value(committed_url, "select sum(updated_count) from data_transfer") == 1200
    assert value(committed_url, "select sum(quantity)::int from inventory_source_item") == sum(range(1200))


@pytest.fixture
def held_up(begin, entrepot, committed_url, tmp_path):
    """In the block, an import of 4000 products that has saved 500 and cannot go on, for somebody holds the 600th."""

    @contextmanager
    def held_up(file):
        file.write_text("sku,name,price,qty\nP600,Name 600,5,600\n")
        assert entrepot("import", "products", file)[0] == 0
        file.write_text(products(4000))
        with psycopg.connect(committed_url) as holder:
            holder.execute("select from product where sku = 'P600' for update")
            process = begin("import", "products", file)
            while value(committed_url, f"select rows_done {LAST}") != 500:
                assert process.poll() is None
                time.sleep(0.05)
            yield process
            assert value(committed_url, f"select last_line {LAST}") == 501
            assert value(committed_url, f"select rows_done {LAST}") == 500
        assert value(committed_url, "select count(*) from product") == 501

    return held_up


def test_an_import_that_is_killed_has_kept_whole_chunks_and_its_record_says_where_it_was(held_up, entrepot, tmp_path):
    file = tmp_path / "in.csv"
    with held_up(file) as process:
        process.kill()
        process.communicate(timeout=60)

    status, out, _ = entrepot("import", "products", file)
    assert (status, out) == (0, "Imported 4000 rows: 3499 created, 501 updated, 0 deleted; 0 rows refused.\n")


def test_an_import_that_is_interrupted_by_hand_says_so_in_its_record(held_up, committed_url, tmp_path):
    with held_up(tmp_path / "in.csv") as process:
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)

    assert (process.returncode, error) == (
        1,
        "Stopped after line 501: the 500 rows up to there are dealt with. Run it again to do the rest.\n",
    )
    assert value(committed_url, f"select state || ': ' || message {LAST}") == (
        "stopped: Interrupted on the command line."
    )
