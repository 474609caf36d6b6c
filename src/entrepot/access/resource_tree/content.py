"""Pages, blocks, widgets, media and design."""

from entrepot.access.resource import Resource

CONTENT = Resource(
    "Magento_Backend::content",
    "Content",
    60,
    children=(
        Resource(
            "Magento_Backend::content_elements",
            "Elements",
            10,
            children=(
                Resource(
                    "Magento_Cms::page",
                    "Pages",
                    10,
                    children=(
                        Resource(
                            "Magento_Cms::save",
                            "Save Page",
                            10,
                            children=(Resource("Magento_Cms::save_design", "Edit Page Design", 0),),
                        ),
                        Resource("Magento_Cms::page_delete", "Delete Page", 20),
                    ),
                ),
                Resource("Magento_Cms::block", "Blocks", 30),
                Resource("Magento_Widget::widget_instance", "Widgets", 50),
                Resource("Magento_Cms::media_gallery", "Media Gallery", 70),
            ),
        ),
        Resource(
            "Magento_Backend::design",
            "Design",
            20,
            children=(
                Resource("Magento_Theme::theme", "Themes", 20),
                Resource("Magento_Backend::schedule", "Schedule", 30),
            ),
        ),
        Resource("Magento_Backend::content_translation", "Content translation", 40),
    ),
)
