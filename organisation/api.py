"""Answers for machines: JSON of named fields, faults as problem+json, and a description made of the same table.

Every address is one `Endpoint`. The decision who gets in is that of the page about the same thing, made by the same
queryset; nothing in the request but the person changes it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override

from .pages import PAGE, Request

Json = dict[str, Any]
PROBLEM = "application/problem+json"
FURTHEST = 400  # pages
TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number"}
MOMENT: Json = {"type": "string", "format": "date-time"}
KEY: Json = {"type": "string", "format": "uuid"}
ADDRESS: Json = {"type": "string", "format": "uri-reference"}
TEXTS: Json = {"type": "array", "items": TEXT}
OF_ROUTE = {"slug": TEXT, "uuid": KEY}


def or_null(schema: Json) -> Json:
    """The same, or nothing."""
    return schema | {"type": [schema["type"], "null"]}


@dataclass(frozen=True, slots=True)
class Field:
    """One name in an answer: what it says, how it is found, what it looks like, and an example."""

    says: str
    value: Callable[[Any], Any]
    schema: Json
    example: Any = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A thing in an answer: its fields by name, and nothing besides."""

    name: str
    fields: Mapping[str, Field]
    parts: tuple["Shape", ...] = ()

    def of(self, thing: Any) -> Json:
        """This thing in that shape."""
        return {name: field.value(thing) for name, field in self.fields.items()}

    @property
    def ref(self) -> Json:
        """Where it is described."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self) -> Json:
        """Its description (JSON Schema)."""
        names = {name: field.schema | {"description": field.says} for name, field in self.fields.items()}
        return {"type": "object", "required": [*names], "additionalProperties": False, "properties": names}

    @property
    def example(self) -> Json:
        """A whole one."""
        return {name: field.example for name, field in self.fields.items()}

    @property
    def schemas(self) -> Json:
        """Its description and those of its parts, by name."""
        found = {self.name: self.schema}
        for part in self.parts:
            found |= part.schemas
        return found


def each(says: str, shape: Shape, value: Callable[[Any], Iterable[Any]]) -> Field:
    """A list of things of a shape."""
    schema = {"type": "array", "items": shape.ref}
    return Field(says, lambda thing: [shape.of(one) for one in value(thing)], schema, [shape.example])


def within(says: str, shape: Shape, value: Callable[[Any], Any]) -> Field:
    """A thing of a shape."""
    return Field(says, lambda thing: shape.of(value(thing)), shape.ref, shape.example)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address: `find` gives the thing, or the rows when it is a list; it raises `Http404` like a page."""

    route: str
    name: str
    says: str
    shape: Shape
    find: Callable[..., Any]
    many: bool = False
    # The setting that opens it to who is not signed in.
    opened_by: str = ""

    @property
    def url(self) -> URLPattern:
        """For the list of addresses."""
        return path(self.route, self._view, name=self.name)

    @property
    def _view(self) -> Callable[..., HttpResponseBase]:
        @login_not_required  # a machine gets 401, not a page to sign in
        def view(request: Request, **parts: Any) -> HttpResponseBase:
            with override("nl"):
                answer = self._answer(request, parts)
            answer.headers["Content-Language"] = "nl"
            return answer

        return view

    def _answer(self, request: Request, parts: Json) -> HttpResponse:
        if not (request.user.is_authenticated or self.opened_by and getattr(settings, self.opened_by)):
            return problem(HTTPStatus.UNAUTHORIZED)
        if request.method not in ("GET", "HEAD"):
            return problem(HTTPStatus.METHOD_NOT_ALLOWED)
        try:
            found = self.find(request, **parts)
            return _unless_known(request, _page(request, self.shape, found) if self.many else self.shape.of(found))
        except Http404:
            return problem(HTTPStatus.NOT_FOUND)

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", self.route)

    @property
    def described(self) -> Json:
        """What it takes and gives."""
        parts = [
            {"name": name, "in": "path", "required": True, "schema": OF_ROUTE[kind]}
            for kind, name in re.findall(r"<(\w+):(\w+)>", self.route)
        ]
        pages = {"name": "page", "in": "query", "schema": WHOLE | {"minimum": 1}}
        told = {"schema": self.shape.ref, "example": self.shape.example}
        if self.many:
            told = {"schema": _listing(self.shape), "example": {"results": [self.shape.example], **ENDS}}
        problems = {str(status.value): {"$ref": "#/components/responses/Problem"} for status in FAULTS}
        return {
            "operationId": self.name.removeprefix("api-"),
            "summary": self.says,
            "parameters": [*parts, pages] if self.many else parts,
            "responses": {
                "200": {"description": "Found", "content": {"application/json": told}},
                "304": {"description": "The same as what If-None-Match names"},
                **problems,
            },
        }


FAULTS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
ENDS = {"next": None, "previous": None}
FAULT: Json = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {"type": TEXT, "title": TEXT, "status": WHOLE},
}


def problem(status: HTTPStatus) -> HttpResponse:
    """A fault (RFC 9457). It tells nothing about what is there."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value}
    answer = JsonResponse(said, status=status, content_type=PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Session"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = "GET, HEAD"
    return answer


@login_not_required
def unknown(request: HttpRequest, **_parts: Any) -> HttpResponse:
    """An address that is not there."""
    return problem(HTTPStatus.NOT_FOUND if request.user.is_authenticated else HTTPStatus.UNAUTHORIZED)


def description(endpoints: Iterable[Endpoint]) -> Callable[..., HttpResponseBase]:
    """The view that describes these addresses."""
    told = openapi(endpoints)

    @login_not_required
    def view(request: Request) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return problem(HTTPStatus.UNAUTHORIZED)
        if request.method not in ("GET", "HEAD"):
            return problem(HTTPStatus.METHOD_NOT_ALLOWED)
        return _unless_known(request, told)

    return view


def openapi(endpoints: Iterable[Endpoint]) -> Json:
    """The description of these addresses (OpenAPI 3.1)."""
    told = list(endpoints)
    schemas: Json = {"Problem": FAULT}
    for one in told:
        schemas |= one.shape.schemas
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    cookie = {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Handelingsruimte",
            "version": "1",
            "description": "Released figures, to read. Names are in Dutch. A hidden figure is null with hidden: true.",
        },
        "security": [{"session": []}],
        "paths": {one.path: {"get": one.described} for one in told},
        "components": {
            "schemas": schemas,
            "responses": {"Problem": {"description": "A fault", "content": content}},
            "securitySchemes": {"session": cookie},
        },
    }


def _listing(shape: Shape) -> Json:
    ends = {name: or_null(ADDRESS) for name in ENDS}
    names = {"results": {"type": "array", "items": shape.ref}, **ends}
    return {"type": "object", "required": [*names], "additionalProperties": False, "properties": names}


def _page(request: Request, shape: Shape, rows: Any) -> Json:
    """A page of rows; one too many tells that there is a next one."""
    asked = request.GET.get("page", "1")
    if not (asked.isdecimal() and 1 <= int(asked) <= FURTHEST):
        raise Http404
    number = int(asked)
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    if not found and number > 1:
        raise Http404
    return {
        "results": [shape.of(row) for row in found[:PAGE]],
        "next": _other(request, number + 1) if len(found) > PAGE else None,
        "previous": _other(request, number - 1) if number > 1 else None,
    }


def _other(request: Request, number: int) -> str:
    return f"{request.path}?{urlencode({**request.GET.dict(), 'page': number})}"


def _unless_known(request: Request, told: Json) -> HttpResponse:
    """No cache keeps it, but whoever has it need not read it again: the tag is of the content, made after the check."""
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    tag = quote_etag(hashlib.sha256(answer.content).hexdigest())
    answer.headers["ETag"] = tag
    kept: HttpResponse = get_conditional_response(request, etag=tag, response=answer) or answer
    return kept
