"""All pages as one ASGI application: reads a request within bounds, says who asks, and calls the page's function."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.domain.errors import NotFound, QuotidianError
from scheduler.web.dashboard.guard import Guard, comes_from_us
from scheduler.web.dashboard.looks import STATIC, THEMES, shown
from scheduler.web.dashboard.pages import PAGES
from scheduler.web.dashboard.signin import COOKIE, Door, form_token, is_form_token
from scheduler.web.dashboard.visit import Answer, Page, Upload, Visit, redirect

Handler = Callable[[Request], Awaitable[Response]]
MOST_FIELDS, MOST_FILES = 1_000, 20
BODY_SECONDS = 60
"""So long may a form take to arrive."""
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
LOG = logging.getLogger("quotidian.dashboard")


def site(renewal: Renewal, door: Door, *, hosts: Sequence[str] = (), pages: Sequence[Page] = PAGES) -> ASGIApp:
    """The dashboard of one workspace; also what it says of its own mistakes is guarded."""
    gate = Gate(renewal, door)
    routes = [Route(page.path, gate.handler(page), methods=list(page.methods)) for page in pages]
    pages_and_files = Starlette(
        routes=[Mount("/static", StaticFiles(directory=STATIC)), *routes],
        exception_handlers={HTTPException: gate.failed, Exception: gate.broken},
    )

    def names() -> Sequence[str]:
        return (*hosts, *renewal.app.settings.dashboard_hosts)

    return Guard(pages_and_files, hosts=names, renew=gate.renew)


class Gate:
    """Between requests and pages: each is answered by the settings as they were when it came."""

    def __init__(self, renewal: Renewal, door: Door) -> None:
        self._renewal = renewal
        self._app = renewal.app
        self._door = door
        self._secret = secrets.token_bytes(32)

    def renew(self, *, at_once: bool = False) -> App:
        """The workspace as its settings are now; `at_once` if we have just written them ourselves."""
        self._renewal.look(at_once=at_once)
        if self._app is not self._renewal.app:
            self._app = self._renewal.app
            self._door.relock(self._app.settings.dashboard_password.get_secret_value())
        return self._app

    def handler(self, page: Page) -> Handler:
        """Reads what a page asks for, lets it answer in a thread, and tells its errors in their own sentence."""

        async def handle(request: Request) -> Response:
            if not page.open and not await run_in_threadpool(self._who, request):
                return _response(request, redirect(f"/signin?to={quote(_onward(request))}"))
            form = await self._form(request, page) if request.method == "POST" else FormData()
            files = {key: await _upload(value) for key, value in form.multi_items() if isinstance(value, UploadFile)}
            await form.close()
            visit = await run_in_threadpool(self._visit, request, form, files)
            if visit.is_change and not self._is_ours(request, form):
                return _response(request, _refused(visit))
            return _response(request, await run_in_threadpool(_answered, page, visit))

        return handle

    async def failed(self, request: Request, error: Exception) -> Response:
        """There is no such page, or not for this method."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        visit = await run_in_threadpool(self._visit, request, FormData(), {})
        words = "There is no such page." if status == HTTPStatus.NOT_FOUND else HTTPStatus(status).phrase + "."
        return _response(request, shown(visit, "trouble.html", status=status, words=words, hint=""))

    async def broken(self, request: Request, error: Exception) -> Response:
        """A mistake of ours: its traceback goes to the log, not to the page."""
        LOG.error("page failed", exc_info=error, extra={"path": request.url.path})
        visit = await run_in_threadpool(self._visit, request, FormData(), {})
        words, hint = "This page made a mistake. Nothing was changed by it.", "The log has the details."
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return _response(request, shown(visit, "trouble.html", status=status, words=words, hint=hint))

    async def _form(self, request: Request, page: Page) -> FormData:
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > page.largest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=page.largest)
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None

    def _who(self, request: Request) -> str:
        return self._door.who(request.cookies.get(COOKIE, ""), now=self.renew().clock.now())

    def _visit(self, request: Request, form: FormData, files: dict[str, Upload]) -> Visit:
        token, who, app = request.cookies.get(COOKIE, ""), self._who(request), self._app
        fields = [(key, value) for key, value in form.multi_items() if isinstance(value, str)]
        query = request.query_params.multi_items()
        lists: dict[str, list[str]] = {}
        for key, value in (*query, *fields):
            lists.setdefault(key, []).append(value)
        return Visit(
            app=app,
            door=self._door,
            path=request.url.path,
            method=request.method,
            now=app.clock.now(),
            who=who,
            signed_in=bool(who),
            token=form_token(self._secret, token),
            theme=_theme(request),
            params=request.path_params,
            query=dict(query),
            form=dict(fields),
            lists=lists,
            files=files,
            cookies={key: unquote(value) for key, value in request.cookies.items()},
            headers=dict(request.headers),
            renew=partial(self.renew, at_once=True),
        )

    def _is_ours(self, request: Request, form: FormData) -> bool:
        given = form.get("token")
        token = request.cookies.get(COOKIE, "")
        proved = isinstance(given, str) and is_form_token(self._secret, token, given)
        return proved and comes_from_us(request.headers, host=request.headers.get("host", ""))


def _onward(request: Request) -> str:
    """Where to go once somebody is in: to what was asked for, after a form to the page that it stood on."""
    return request.url.path if request.method == "GET" else urlsplit(request.headers.get("referer", "")).path or "/"


def _theme(request: Request) -> str:
    theme = request.cookies.get("theme", "")
    return theme if theme in THEMES[1:] else ""


async def _upload(file: UploadFile) -> Upload:
    return Upload(name=file.filename or "", data=await file.read())


def _answered(page: Page, visit: Visit) -> Answer:
    try:
        return page.view(visit)
    except NotFound as error:
        return shown(visit, "trouble.html", status=HTTPStatus.NOT_FOUND, words=error.message, hint=error.hint)
    except QuotidianError as error:
        return shown(visit, "trouble.html", status=HTTPStatus.CONFLICT, words=error.message, hint=error.hint)


def _refused(visit: Visit) -> Answer:
    words = "This form is not from this page, or is too old."
    return shown(visit, "trouble.html", status=HTTPStatus.FORBIDDEN, words=words, hint="Go back, reload, try again.")


def _response(request: Request, answer: Answer) -> Response:
    """Cookies of a browser that came by a proxy over HTTPS go back that way only."""
    headers = {name: quote(value, safe=PRINTABLE) for name, value in answer.headers.items()}
    response: Response = Response(answer.body, answer.status, headers, media_type=answer.kind)
    if answer.chunks is not None:
        response = StreamingResponse(answer.chunks, answer.status, headers, media_type=answer.kind)
    is_secure = request.headers.get("origin", "").startswith("https://")
    options: dict[str, Any] = {"httponly": True, "samesite": "lax", "path": "/", "secure": is_secure}
    for name, value in answer.cookies.items():
        if value:
            response.set_cookie(name, quote(value), **options)
        else:
            response.delete_cookie(name, **options)
    return response
