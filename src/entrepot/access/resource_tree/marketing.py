"""Promotions, mails, search and URLs, reviews."""

from entrepot.access.resource import Resource

MARKETING = Resource(
    "Magento_Backend::marketing",
    "Marketing",
    50,
    children=(
        Resource(
            "Magento_CatalogRule::promo",
            "Promotions",
            10,
            children=(
                Resource("Magento_CatalogRule::promo_catalog", "Catalog Price Rule", 10),
                Resource("Magento_SalesRule::quote", "Cart Price Rules", 30),
            ),
        ),
        Resource(
            "Magento_Backend::marketing_communications",
            "Communications",
            30,
            children=(
                Resource("Magento_Email::template", "Email Templates", 10),
                Resource("Magento_Newsletter::template", "Newsletter Template", 20),
                Resource("Magento_Newsletter::queue", "Newsletter Queue", 30),
                Resource("Magento_Newsletter::subscriber", "Newsletter Subscribers", 40),
            ),
        ),
        Resource(
            "Magento_Backend::marketing_seo",
            "SEO & Search",
            40,
            children=(
                Resource("Magento_Search::search", "Search Terms", 10),
                Resource("Magento_Search::synonyms", "Search Synonyms", 20),
                Resource("Magento_UrlRewrite::urlrewrite", "URL Rewrites", 20),
                Resource("Magento_Sitemap::sitemap", "Site Map", 30),
            ),
        ),
        Resource(
            "Magento_Backend::marketing_user_content",
            "User Content",
            50,
            children=(
                Resource("Magento_Review::reviews_all", "All Reviews", 10),
                Resource("Magento_Review::pending", "Pending Reviews", 20),
            ),
        ),
    ),
)
