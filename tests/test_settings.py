"""What operators set in the environment, and what they are told when it is wrong."""

import pytest

from entrepot.settings import Settings, SettingsWrong


def test_settings_are_read_by_their_names():
    found = Settings.from_environment(
        {"ENTREPOT_PORT": "80", "DATABASE_POOL": "3", "ENTREPOT_LOCAL_DURABLE": "0", "ENTREPOT_HOST": ""}
    )
    assert (found.port, found.database_pool, found.local_durable, found.host) == (80, 3, False, "127.0.0.1")


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ENTREPOT_PORT", "80000", "ENTREPOT_PORT has to be a whole number from 0 to 65535, not '80000'"),
        ("ENTREPOT_PORT", "abc", "ENTREPOT_PORT has to be a whole number from 0 to 65535, not 'abc'"),
        ("DATABASE_POOL", "0", "DATABASE_POOL has to be a whole number from 1 on, not '0'"),
        ("ENTREPOT_DEVELOPER_MODE", "perhaps", "ENTREPOT_DEVELOPER_MODE has to be 1 or 0, not 'perhaps'"),
        ("ENTREPOT_PRINT_FONT", "/no/font", "ENTREPOT_PRINT_FONT names no file: /no/font"),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_its_variable(variable, value, sentence):
    with pytest.raises(SettingsWrong) as wrong:
        Settings.from_environment({variable: value})
    assert str(wrong.value) == sentence


@pytest.mark.parametrize("url", ["mysql://shop:secret@host/shop", "secret"])
def test_a_malformed_address_of_a_database_is_not_repeated(url):
    with pytest.raises(SettingsWrong) as wrong:
        Settings.from_environment({"DATABASE_URL": url})
    assert str(wrong.value) == "DATABASE_URL has to look like postgresql://user:password@host:5432/database"
    assert wrong.value.__suppress_context__
