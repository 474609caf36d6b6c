"""The API document of a small shop, declared here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from entrepot.directory import service as directory
from entrepot.kit.context import GUEST, Actor, ActorType, Context, Services
from entrepot.kit.db import Db
from entrepot.kit.errors import WebapiError
from entrepot.kit.rest import json_text
from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, Filled, contract
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.openapi import ApiDocument, ServiceNotAvailable
from entrepot.kit.rest.openapi_types import definition_name
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, MayUse, Operation, operation, operations_of
from entrepot.kit.rest.request import Request
from entrepot.kit.search_criteria import FilterGroup, SearchCriteria, SearchResults
from tests.rest_client import RestClient

FORMATS = ["application/json", "application/xml"]
ERROR = {"$ref": "#/definitions/error-response"}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}


@contract("Magento.Library.Api.Data.BookExtensionInterface")
class BookExtension(Contract):
    """Nothing more is known of a book."""


@contract("Magento.Library.Api.Data.BookInterface")
class Book(Contract):
    """A book, or a volume of one."""

    id: int | None = None
    title: Always[str] = None
    """As on the title page, which may be longer
    than what is on the cover.

    Never translated.
    """
    price: Decimal | None = None
    is_lent: bool | None = None
    volumes: list[Book] | None = None
    """In the order of their numbers."""
    anything: Any = None
    extension_attributes: BookExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Sales.Api.Data.LoanInterface")
class Loan(Contract):
    """Who has what."""

    book: Always[Book] = None


@operation("GET /V1/books", access=MayUse("Library::read"), service="Magento.Library.Api.BookRepository.getList")
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> SearchResults[Book]:
    """The books that match."""
    return SearchResults()


@operation("GET /V1/books/{book_id}", access=ANONYMOUS, service="Magento.Library.Api.BookRepository.get")
async def get(ctx: Context, book_id: int, edit_mode: bool = False, languages: list[str] | None = None) -> Book:
    """One book,
    with its volumes.

    Raises:
        NoSuchEntity: there is none.
    """
    return Book()


@operation(
    "PUT /V1/books/me", access=SELF, service="Magento.Library.Api.BookRepository.save", force={"book.id": CUSTOMER_ID}
)
@operation(
    "PUT /V1/books/{book_id}", access=MayUse("Library::write"), service="Magento.Library.Api.BookRepository.save"
)
@operation("POST /V1/books", access=MayUse("Library::write"), service="Magento.Library.Api.BookRepository.save")
async def save(ctx: Context, book: Book, save_options: bool = False) -> Book:
    """Keep a book."""
    return book


@operation(
    "DELETE /V1/books/{book_id}", access=MayUse("Library::write"), service="Magento.Library.Api.BookRepository.delete"
)
async def delete(ctx: Context, book_id: int) -> bool:
    """Give a book away."""
    return True


@operation(
    "GET /V1/loans/me", access=SELF, service="Magento.Library.Api.Library.getLoans", force={"customerId": CUSTOMER_ID}
)
async def get_loans(ctx: Context, customer_id: int) -> list[Loan]:
    """What the caller has to bring back."""
    return []


@operation(
    "GET /V1/loans",
    access=MayUse("Library::read"),
    service="Magento.Library.Api.Library.search",
    guests_by_setting=True,
)
async def search(ctx: Context) -> SearchResults[Loan]:
    """All loans."""
    return SearchResults()


@operation("POST /V1/library/closing", access=ANONYMOUS, service="Entrepot.Library.Api.Doors.close")
async def close(ctx: Context) -> None:
    """Shut the doors."""


def operations() -> list[Operation]:
    functions = (get_list, get, save, delete, get_loans, search, close)
    return [each for function in functions for each in reversed(vars(function)["__operations__"])]


@dataclass
class Caller:
    """What the document looks at in a context."""

    actor: Actor = GUEST
    configuration: dict[str, str] = field(default_factory=dict)

    def config_default(self, path: str) -> str | None:
        return self.configuration.get(path)


LIBRARIAN = Caller(Actor(ActorType.ADMIN, 1, frozenset({"Library::read", "Library::write"})))
READER = Caller(Actor(ActorType.ADMIN, 2, frozenset({"Library::read"})))
OWNER = Caller(Actor(ActorType.ADMIN, 3, frozenset({"Magento_Backend::all"})))
CUSTOMER = Caller(Actor(ActorType.CUSTOMER, 4))


def document(
    caller: Caller = OWNER,
    query: str = "",
    *,
    base_path: str = "/rest/default",
    path: str = "/rest/default/schema",
    asynchronous: bool = False,
    api: ApiDocument | None = None,
    scheme: str = "https",
) -> dict[str, Any]:
    request = Request("GET", path, query, {"host": "shop.example.com"}, scheme=scheme)
    api = api or ApiDocument(operations())
    return api.describe(caller, request, base_path, asynchronous=asynchronous)  # type: ignore[arg-type]


def asynchronous(caller: Caller = OWNER) -> dict[str, Any]:
    return document(caller, path="/rest/default/async/schema", asynchronous=True)


def bulk() -> dict[str, Any]:
    whole = "/rest/default/async/bulk/schema"
    return document(path=whole, base_path=whole, asynchronous=True)


def routes(described: dict[str, Any]) -> set[str]:
    return {f"{method.upper()} {path}" for path, item in described["paths"].items() for method in item}


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_the_document_opens_with_the_shop_and_its_address():
    described = document()

    assert list(described) == ["swagger", "info", "host", "basePath", "schemes", "tags", "paths", "definitions"]
    assert described["swagger"] == "2.0"
    assert described["info"] == {"version": "2.3", "title": "Magento Community"}
    assert described["host"] == "shop.example.com"
    assert described["basePath"] == "/rest/default"
    assert described["schemes"] == ["https"]
    assert described["tags"] == [
        {"name": name, "description": "The API document of a small shop, declared here."}
        for name in ("libraryBookRepositoryV1", "libraryV1", "libraryDoorsV1")
    ]


def test_the_scheme_is_that_of_the_client_before_a_proxy_that_ends_the_encryption():
    proxied = Caller(GUEST, {"web/secure/offloader_header": "X-Forwarded-Proto"})
    request = Request("GET", "/rest/schema", "", {"host": "shop", "x-forwarded-proto": "https"})

    described = ApiDocument([]).describe(proxied, request, "/rest", asynchronous=False)  # type: ignore[arg-type]

    assert described["schemes"] == ["https"]
    assert document(scheme="http")["schemes"] == ["http"]


@pytest.mark.parametrize(
    ("caller", "expected"),
    [
        (Caller(), {"GET /V1/books/{bookId}", "POST /V1/library/closing"}),
        (CUSTOMER, {"GET /V1/books/{bookId}", "POST /V1/library/closing", "PUT /V1/books/me", "GET /V1/loans/me"}),
        (READER, {"GET /V1/books/{bookId}", "POST /V1/library/closing", "GET /V1/books", "GET /V1/loans"}),
        (
            Caller(GUEST, {"webapi/webapisecurity/allow_insecure": "1"}),
            {"GET /V1/books/{bookId}", "POST /V1/library/closing", "GET /V1/loans"},
        ),
    ],
)
def test_callers_see_only_what_they_may_call(caller, expected):
    api = ApiDocument(operations())
    document(OWNER, api=api)

    assert routes(document(caller, api=api)) == expected


def test_a_caller_without_a_right_does_not_see_the_types_either():
    assert "sales-data-loan-interface" in document(CUSTOMER)["definitions"]
    assert "sales-data-loan-interface" not in document(Caller())["definitions"]


def test_a_search_is_spread_into_one_query_parameter_per_leaf():
    described = document()["paths"]["/V1/books"]["get"]

    assert described == {
        "tags": ["libraryBookRepositoryV1"],
        "description": "The books that match.",
        "operationId": "libraryBookRepositoryV1GetListGet",
        "consumes": FORMATS,
        "produces": FORMATS,
        "parameters": [
            {"name": f"searchCriteria{leaf}", "in": "query", "type": kind}
            for leaf, kind in (
                ("[filterGroups][0][filters][0][field]", "string"),
                ("[filterGroups][0][filters][0][value]", "string"),
                ("[filterGroups][0][filters][0][conditionType]", "string"),
                ("[sortOrders][0][field]", "string"),
                ("[sortOrders][0][direction]", "string"),
                ("[pageSize]", "integer"),
                ("[currentPage]", "integer"),
            )
        ],
        "responses": {
            "200": {
                "description": "200 Success.",
                "schema": {"$ref": "#/definitions/library-data-book-search-results-interface"},
            },
            "400": {"description": "400 Bad Request", "schema": ERROR},
            "401": {"description": "401 Unauthorized", "schema": ERROR},
            "default": {"description": "Unexpected error", "schema": ERROR},
        },
    }


def test_simple_arguments_of_a_read_are_path_and_query_parameters():
    described = document()["paths"]["/V1/books/{bookId}"]["get"]

    assert described["description"] == "One book, with its volumes."
    assert described["parameters"] == [
        {"name": "bookId", "in": "path", "type": "integer", "required": True},
        {"name": "editMode", "in": "query", "type": "boolean", "required": False},
        {
            "name": "languages[]",
            "in": "query",
            "type": "array",
            "items": {"type": "string"},
            "collectionFormat": "multi",
            "required": False,
        },
    ]
    assert list(described["responses"]) == ["200", "400", "500", "default"]
    assert described["responses"]["500"] == {"description": "Internal Server error", "schema": ERROR}


def test_arguments_of_a_write_form_one_body():
    described = document()["paths"]["/V1/books"]["post"]

    body, key = described["parameters"]
    assert (key["name"], key["in"], key["required"]) == ("Idempotency-Key", "header", False)
    assert [body] == [
        {
            "name": "libraryBookRepositoryV1SavePostBody",
            "in": "body",
            "schema": {
                "required": ["book"],
                "properties": {
                    "book": {"$ref": "#/definitions/library-data-book-interface"},
                    "saveOptions": {"type": "boolean"},
                },
                "type": "object",
                "xml": {"name": "request"},
            },
        }
    ]


def test_a_variable_of_the_path_that_is_no_argument_is_a_text():
    variable, body = document()["paths"]["/V1/books/{bookId}"]["put"]["parameters"]

    assert variable == {"name": "bookId", "in": "path", "type": "string", "required": True}
    assert list(body["schema"]["properties"]) == ["book", "saveOptions"]


def test_forced_parameters_are_left_out():
    paths = document()["paths"]

    assert "parameters" not in paths["/V1/loans/me"]["get"]
    (body,) = paths["/V1/books/me"]["put"]["parameters"]
    assert body["schema"]["properties"]["book"] == {"$ref": "#/definitions/library-data-book-interface"}


def test_an_operation_without_answer_has_no_schema():
    described = document(Caller())["paths"]["/V1/library/closing"]["post"]

    assert described["responses"] == {
        "200": {"description": "200 Success."},
        "default": {"description": "Unexpected error", "schema": ERROR},
    }


def test_a_type_is_described_by_its_fields_and_may_hold_itself():
    definitions = document(Caller())["definitions"]

    assert list(definitions) == [
        "error-response",
        "error-errors",
        "error-errors-item",
        "error-parameters",
        "error-parameters-item",
        "library-data-book-interface",
        "library-data-book-extension-interface",
        "framework-attribute-interface",
    ]
    assert definitions["library-data-book-interface"] == {
        "type": "object",
        "description": "A book, or a volume of one.",
        "properties": {
            "id": {"type": "integer"},
            "title": {
                "type": "string",
                "description": "As on the title page, which may be longer than what is on the cover.",
                "x-nullable": True,
            },
            "price": {"type": "number"},
            "is_lent": {"type": "boolean"},
            "volumes": {
                "type": "array",
                "description": "In the order of their numbers.",
                "items": {"$ref": "#/definitions/library-data-book-interface"},
            },
            "anything": {"type": "string"},
            "extension_attributes": {"$ref": "#/definitions/library-data-book-extension-interface"},
            "custom_attributes": {"type": "array", "items": {"$ref": "#/definitions/framework-attribute-interface"}},
        },
        "required": ["title"],
    }
    assert definitions["library-data-book-extension-interface"] == {
        "type": "object",
        "description": "Nothing more is known of a book.",
    }


def test_a_page_of_a_list_is_described_by_what_it_holds():
    definitions = document(OWNER)["definitions"]

    results = definitions["library-data-book-search-results-interface"]
    assert results["properties"]["items"] == {
        "type": "array",
        "items": {"$ref": "#/definitions/library-data-book-interface"},
    }
    assert results["required"] == ["items", "search_criteria", "total_count"]
    assert definitions["framework-search-criteria-interface"]["required"] == ["filter_groups"]


@contract("Magento.Library.Api.Data.NoteInterface", may_be_empty=True)
class Note(Contract):
    """What somebody wrote into a book."""

    text: str | None = None
    pages: list[int | None] | None = None
    number: Filled[int] = None


@operation("GET /V1/notes", access=ANONYMOUS, service="Magento.Library.Api.Notes.get")
async def get_note(ctx: Context) -> Note | None:
    """The newest note."""


@operation("GET /V1/notes/text", access=ANONYMOUS, service="Magento.Library.Api.Notes.getText")
async def get_text(ctx: Context) -> str | None:
    """Its text."""


@operation("GET /V1/notes/all", access=ANONYMOUS, service="Magento.Library.Api.Notes.getList")
async def get_notes(ctx: Context) -> list[Note]:
    """All of them."""
    return []


def test_an_answer_that_may_be_nothing_says_so():
    declared = [each for f in (get_note, get_text, get_notes) for each in vars(f)["__operations__"]]
    described = document(api=ApiDocument(declared))
    answers = {path: item["get"]["responses"]["200"]["schema"] for path, item in described["paths"].items()}

    # No type, so that it holds for the list, too; the rest only holds for an object.
    fields = {
        "text": {"type": "string"},
        "pages": {"type": "array", "items": {"type": "integer", "x-nullable": True}},
        "number": {"type": "integer"},
    }
    assert answers["/V1/notes"] == {
        "maxItems": 0,
        "description": "What somebody wrote into a book. An empty list when there is none.",
        "properties": fields,
        "required": ["number"],
    }
    assert answers["/V1/notes/text"] == {"description": "string, or an empty list when there is none", "maxItems": 0}
    assert described["definitions"]["library-data-note-interface"] == {
        "maxItems": 0,
        "description": "What somebody wrote into a book.",
        "properties": fields,
        "required": ["number"],
    }


def test_the_values_of_a_refusal_come_by_name_or_in_their_order():
    definitions = document()["definitions"]

    assert "type" not in definitions["error-parameters"]
    assert list(definitions["error-parameters"]["properties"]) == ["resources", "fieldName", "fieldValue"]
    assert definitions["error-parameters"]["items"] == {"$ref": "#/definitions/error-parameters-item"}


@contract("Magento.InventoryExportStockApi.Api.Data.ProductStockIndexDataInterface")
class StockIndex(Contract):
    """A line of the export."""


@contract("Magento.InventoryApi.Api.Data.SourceItemInterface")
class SourceItem(Contract):
    """Named in a module of two words."""


@contract("Entrepot.Catalog.Api.Data.ShelfInterface")
class Shelf(Contract):
    """One of our own."""


@pytest.mark.parametrize(
    ("cls", "generic", "name"),
    [
        (FilterGroup, (), "framework-search-filter-group"),
        (SearchCriteria, (), "framework-search-criteria-interface"),
        (SourceItem, (), "inventory-api-data-source-item-interface"),
        (Shelf, (), "entrepot-catalog-data-shelf-interface"),
        (SearchResults, (SourceItem,), "inventory-api-data-source-item-search-results-interface"),
        (SearchResults, (Loan,), "sales-data-loan-search-result-interface"),
        (
            SearchResults,
            (StockIndex,),
            "inventory-export-stock-api-data-export-stock-salable-qty-search-result-interface",
        ),
    ],
)
def test_definitions_have_magentos_names(cls, generic, name):
    assert definition_name(cls, generic) == name


def test_services_narrow_the_document():
    described = document(OWNER, "services=libraryV1,libraryDoorsV1")

    assert routes(described) == {"GET /V1/loans/me", "GET /V1/loans", "POST /V1/library/closing"}
    assert [tag["name"] for tag in described["tags"]] == ["libraryV1", "libraryDoorsV1"]
    assert routes(document(OWNER, "services=all")) == routes(document(OWNER))


@pytest.mark.parametrize(
    "wrong", ["", "libraryV1,", "library-V1", "libraryV", "libraryV1, libraryDoorsV1", "all,libraryV1"]
)
def test_services_in_another_form_are_refused(wrong):
    with pytest.raises(WebapiError) as refused:
        document(OWNER, f"services={wrong}")

    assert refused.value.status == 400
    assert refused.value.message == "Incorrect format of request URI or Requested services are missing."


def test_a_list_of_services_in_brackets_is_refused():
    with pytest.raises(WebapiError, match="Incorrect format of request URI"):
        document(OWNER, "services[]=libraryV1")


def test_an_unknown_service_is_refused_by_name():
    with pytest.raises(ServiceNotAvailable) as refused:
        document(OWNER, "services=libraryV1,nosuchV1")

    assert refused.value.status == 400
    assert refused.value.message == 'Requested service is not available: "%1"'
    assert refused.value.parameters == ("nosuchV1",)


def test_a_caller_who_may_call_nothing_gets_an_empty_object_of_paths():
    described = document(Caller(), "services=libraryV1")

    assert described["tags"] == []
    assert json.loads(json_text.dumps(described))["paths"] == {}


def test_asynchronous_calls_are_writes_that_answer_what_was_accepted():
    described = asynchronous()

    assert described["basePath"] == "/rest/default/async"
    assert routes(described) == {
        "POST /V1/books",
        "PUT /V1/books/me",
        "PUT /V1/books/{bookId}",
        "DELETE /V1/books/{bookId}",
        "POST /V1/library/closing",
    }
    accepted = {"$ref": "#/definitions/asynchronous-operations-data-async-response-interface"}
    responses = described["paths"]["/V1/books"]["post"]["responses"]
    assert list(responses) == ["202", "400", "401", "default"]
    assert responses["202"] == {"description": "202 Accepted.", "schema": accepted}
    answer = described["definitions"]["asynchronous-operations-data-async-response-interface"]
    assert list(answer["properties"]) == ["bulk_uuid", "request_items", "errors"]
    assert answer["required"] == ["bulk_uuid", "request_items", "errors"]
    item = described["definitions"]["asynchronous-operations-data-item-status-interface"]
    assert list(item["properties"]) == ["id", "data_hash", "status", "error_message", "error_code"]
    assert item["required"] == ["id", "data_hash", "status"]


def test_bulk_calls_take_a_list_of_bodies_with_the_variables_of_the_path():
    described = bulk()

    assert described["basePath"] == "/rest/default/async/bulk"
    assert described["paths"]["/V1/books/byBookId"]["put"]["parameters"] == [
        {
            "name": "libraryBookRepositoryV1SavePutBooksByBookIdBody",
            "in": "body",
            "schema": {
                "type": "array",
                "items": {
                    "required": ["book"],
                    "properties": {
                        "book": {"$ref": "#/definitions/library-data-book-interface"},
                        "saveOptions": {"type": "boolean"},
                        "bookId": {"type": "string"},
                    },
                    "type": "object",
                },
            },
        }
    ]
    (deletion,) = described["paths"]["/V1/books/byBookId"]["delete"]["parameters"]
    assert deletion["schema"]["items"]["properties"] == {"bookId": {"type": "integer"}}
    assert deletion["schema"]["items"]["required"] == ["bookId"]


def test_an_id_does_not_depend_on_who_asks():
    api = ApiDocument(operations())

    assert document(LIBRARIAN, api=api)["paths"]["/V1/books/{bookId}"]["put"]["operationId"] == (
        "libraryBookRepositoryV1SavePutBooksByBookId"
    )
    assert (
        document(CUSTOMER, api=api)["paths"]["/V1/books/me"]["put"]["operationId"] == "libraryBookRepositoryV1SavePut"
    )


def test_callers_with_the_same_rights_share_one_document():
    api = ApiDocument(operations())

    first = document(Caller(Actor(ActorType.ADMIN, 7, frozenset({"Library::read", "Unrelated"}))), api=api)
    second = document(READER, api=api)

    assert second["paths"] is first["paths"]
    assert document(LIBRARIAN, api=api)["paths"] is not first["paths"]


@pytest.mark.parametrize("described", [document(), document(Caller()), asynchronous(), bulk()])
def test_the_document_keeps_the_rules_of_swagger(described):
    written = json.loads(json_text.dumps(described))

    known = {f"#/definitions/{name}" for name in written["definitions"]}
    assert references(written) <= known
    ids = [item["operationId"] for methods in written["paths"].values() for item in methods.values()]
    assert len(ids) == len(set(ids))
    tags = {tag["name"] for tag in written["tags"]}
    for path, methods in written["paths"].items():
        assert path.startswith("/")
        assert set(methods) <= METHODS
        for item in methods.values():
            assert set(item["tags"]) <= tags
            assert item["responses"]
            assert all(response["description"] for response in item["responses"].values())
            assert_parameters_are_sound(path, item.get("parameters", []))
    for name, definition in written["definitions"].items():
        if not name.startswith("error-parameters"):
            assert definition["type"] in ("object", "array")
        assert set(definition.get("required", [])) <= set(definition.get("properties", {}))


def assert_parameters_are_sound(path: str, parameters: list[dict[str, Any]]) -> None:
    assert {p["name"] for p in parameters if p["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
    assert len({(p["in"], p["name"]) for p in parameters}) == len(parameters)
    assert sum(p["in"] == "body" for p in parameters) <= 1
    for parameter in parameters:
        match parameter["in"]:
            case "body":
                assert parameter["schema"]["type"] in ("object", "array")
            case "path":
                assert parameter["required"] is True
                assert parameter["type"] in ("string", "number", "integer", "boolean")
            case "query":
                assert parameter["type"] != "array" or parameter["items"]


@pytest.fixture
def rest(services: Services, db: Db) -> RestClient:
    """The calls of the directory, with their document."""
    declared = operations_of([directory])
    return RestClient(Dispatcher(services, declared, describer=ApiDocument(declared)))


async def test_the_document_is_served_below_rest(rest):
    reply = await rest.get("/rest/all/schema?services=directoryCurrencyInformationAcquirerV1", scheme="https")

    assert reply.status == 200
    assert reply.headers["content-type"].startswith("application/json")
    assert (reply.body["host"], reply.body["basePath"], reply.body["schemes"]) == ("shop.test", "/rest/all", ["https"])
    assert [tag["name"] for tag in reply.body["tags"]] == ["directoryCurrencyInformationAcquirerV1"]
    # The worked example of the specification.
    described = reply.body["paths"]["/V1/directory/currency"]["get"]
    assert described.pop("description")
    assert described == {
        "tags": ["directoryCurrencyInformationAcquirerV1"],
        "operationId": "directoryCurrencyInformationAcquirerV1GetCurrencyInfoGet",
        "consumes": FORMATS,
        "produces": FORMATS,
        "responses": {
            "200": {
                "description": "200 Success.",
                "schema": {"$ref": "#/definitions/directory-data-currency-information-interface"},
            },
            "default": {"description": "Unexpected error", "schema": ERROR},
        },
    }
    assert list(reply.body["definitions"])[5:] == [
        "directory-data-currency-information-interface",
        "directory-data-exchange-rate-interface",
        "directory-data-exchange-rate-extension-interface",
        "directory-data-currency-information-extension-interface",
    ]


@pytest.mark.parametrize(
    ("address", "base_path"),
    [
        ("/rest/schema", "/rest"),
        ("/rest/default/schema?services=all", "/rest/default"),
        ("/rest/default/async/schema", "/rest/default/async"),
        ("/rest/async/schema?services=all", "/rest/async"),
        ("/rest/default/async/bulk/schema", "/rest/default/async/bulk"),
    ],
)
async def test_the_base_path_is_the_address_up_to_the_document(rest, address, base_path):
    assert (await rest.get(address)).body["basePath"] == base_path


async def test_the_directory_can_only_be_read_so_its_asynchronous_document_is_empty(rest):
    reply = await rest.get("/rest/default/async/schema")

    assert reply.body["paths"] == {}
    assert len(reply.body["definitions"]) == 5


async def test_the_refusal_of_an_unknown_service_names_it(rest):
    reply = await rest.get("/rest/default/schema?services=nosuchV1")

    assert reply.status == 400
    assert reply.body == {"message": 'Requested service is not available: "%1"', "parameters": ["nosuchV1"]}
