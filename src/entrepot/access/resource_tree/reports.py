"""Reports and their refreshing."""

from entrepot.access.resource import Resource

REPORTS = Resource(
    "Magento_Reports::report",
    "Reports",
    70,
    children=(
        Resource(
            "Magento_Reports::report_marketing",
            "Marketing",
            10,
            children=(
                Resource(
                    "Magento_Reports::shopcart",
                    "Shopping Cart",
                    10,
                    children=(
                        Resource("Magento_Reports::product", "Products in Cart", 10),
                        Resource("Magento_Reports::abandoned", "Abandoned Cart", 20),
                    ),
                ),
                Resource("Magento_Reports::report_search", "Search Terms", 30),
                Resource("Magento_Newsletter::problem", "Newsletter Problem Reports", 40),
            ),
        ),
        Resource(
            "Magento_Reports::review",
            "Reviews",
            20,
            children=(
                Resource("Magento_Reports::review_customer", "By Customers", 10),
                Resource("Magento_Reports::review_product", "By Products", 20),
            ),
        ),
        Resource(
            "Magento_Reports::salesroot",
            "Sales",
            40,
            children=(
                Resource("Magento_Reports::salesroot_sales", "Orders", 10),
                Resource("Magento_Reports::tax", "Tax", 20),
                Resource("Magento_Reports::invoiced", "Invoiced", 30),
                Resource("Magento_Reports::shipping", "Shipping", 40),
                Resource("Magento_Reports::refunded", "Refunds", 50),
                Resource("Magento_Reports::coupons", "Coupons", 50),
            ),
        ),
        Resource(
            "Magento_Reports::customers",
            "Customers",
            50,
            children=(
                Resource("Magento_Reports::totals", "Order Total", 10),
                Resource("Magento_Reports::customers_orders", "Order Count", 20),
                Resource("Magento_Reports::accounts", "New", 30),
            ),
        ),
        Resource(
            "Magento_Reports::report_products",
            "Products",
            60,
            children=(
                Resource("Magento_Reports::viewed", "Views", 10),
                Resource("Magento_Reports::bestsellers", "Bestsellers", 20),
                Resource("Magento_Reports::lowstock", "Low Stock", 30),
                Resource("Magento_Reports::sold", "Ordered", 40),
                Resource("Magento_Reports::downloads", "Downloads", 50),
            ),
        ),
        Resource(
            "Magento_Reports::statistics",
            "Statistics",
            80,
            children=(Resource("Magento_Reports::statistics_refresh", "Refresh Statistics", 10),),
        ),
        Resource(
            "Magento_Analytics::business_intelligence",
            "Business Intelligence",
            90,
            children=(
                Resource("Magento_Analytics::advanced_reporting", "Advanced Reporting", 10),
                Resource("Magento_Analytics::bi_essentials", "BI Essentials", 20),
            ),
        ),
    ),
)
