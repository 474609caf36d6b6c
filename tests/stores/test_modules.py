"""The module list that clients read to learn what the server can do."""

from entrepot.stores.modules import MODULES


def test_the_foundation_loads_first_and_the_rest_is_sorted():
    assert MODULES[:2] == ("Magento_Store", "Magento_Directory")
    assert list(MODULES[2:]) == sorted(MODULES[2:])


def test_each_of_the_135_modules_is_named_once():
    assert len(MODULES) == 135
    assert len(set(MODULES)) == 135
    assert {"Magento_InventorySales", "Magento_Quote", "Magento_WebapiAsync", "Magento_Wishlist"} <= set(MODULES)
