"""Products and categories."""

from entrepot.access.resource import Resource

CATALOG = Resource(
    "Magento_Catalog::catalog",
    "Catalog",
    30,
    children=(
        Resource(
            "Magento_Catalog::catalog_inventory",
            "Inventory",
            10,
            children=(
                Resource(
                    "Magento_Catalog::products",
                    "Products",
                    10,
                    children=(
                        Resource("Magento_Catalog::update_attributes", "Update Attributes", 10),
                        Resource("Magento_Catalog::edit_product_design", "Edit Product Design", 20),
                    ),
                ),
                Resource(
                    "Magento_Catalog::categories",
                    "Categories",
                    20,
                    children=(Resource("Magento_Catalog::edit_category_design", "Edit Category Design", 0),),
                ),
            ),
        ),
    ),
)
