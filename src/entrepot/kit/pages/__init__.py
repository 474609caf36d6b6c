"""Pages rendered on the server, for any face of the program: declared like operations, called with a `Page`.

    @page("customer/account/edit", access=SIGNED_IN)
    async def edit(page: Page) -> Response:
        return page.render("edit.html", customer=await customers.get_by_id(page.ctx, page.actor.id))

A `Face` says what its pages are, who the visitor is and how the templates look; `PageApp` runs it as an ASGI
application: one transaction per request, a form key on every POST, security headers on every answer.
"""

from entrepot.kit.pages import unsent
from entrepot.kit.pages.application import PageApp
from entrepot.kit.pages.declare import Declared, PageTable, page, pages_of, sent_path
from entrepot.kit.pages.face import Face
from entrepot.kit.pages.form import Form, Upload
from entrepot.kit.pages.page import Page
from entrepot.kit.pages.security import PLAIN
from entrepot.kit.pages.sessions import Cookie, Message, Session, Sessions
from entrepot.kit.pages.static import STATIC, Statics
from entrepot.kit.pages.templates import Templates
from entrepot.kit.pages.texts import html, text

__all__ = [
    "PLAIN",
    "STATIC",
    "Cookie",
    "Declared",
    "Face",
    "Form",
    "Message",
    "Page",
    "PageApp",
    "PageTable",
    "Session",
    "Sessions",
    "Statics",
    "Templates",
    "Upload",
    "html",
    "page",
    "pages_of",
    "sent_path",
    "text",
    "unsent",
]
