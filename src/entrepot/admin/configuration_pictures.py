"""Settings that are pictures: logos, one for each scope. The value is the name of a file in the setting's folder."""

from __future__ import annotations

from collections.abc import Mapping

from entrepot.admin.page import AdminPage
from entrepot.admin.picture_field import PicturePlace
from entrepot.catalog.media.single_files import LOGOS, LOGOS_ON_PAGES
from entrepot.stores.values import Scope

FOLDERS: Mapping[str, str] = {
    "sales/identity/logo": LOGOS,
    "sales/identity/logo_html": LOGOS_ON_PAGES,
}
"""By the path of the setting."""
UPLOAD = "adminhtml/system_config/upload"


def place_of(page: AdminPage, path: str, scope: Scope, scope_id: int) -> PicturePlace:
    """New pictures of a scope have a folder of their own, as in Magento: `websites/1`."""
    below = "default" if scope == "default" else f"{scope}/{scope_id}"
    return PicturePlace(FOLDERS[path], page.url(UPLOAD, section=path.partition("/")[0]), below)
