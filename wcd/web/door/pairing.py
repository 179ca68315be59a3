"""Pairing: the QR opens a page, its button pairs. Phones and mail scanners open links in advance."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from wcd.checkin import devices, queries
from wcd.web.cookies import DOOR, make_cookie
from wcd.web.forms import read_form
from wcd.web.pages import page, redirect

AnyRequest = Request[Any, Any, Any]
KEPT = 60 * 24 * 3600
NAME_LENGTH = 80


@get("/{token:str}")
async def show(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Which gate this is, and the button."""
    return page(
        request, "door/pair.html", gate=await queries.gate_of_link(token), address_of_form=request.url.path
    )


@post("/{token:str}")
async def pair(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The phone is a device of the gate from now on."""
    form = await read_form(request)
    name = " ".join(form.one("name").split())[:NAME_LENGTH]
    secret = await devices.pair_device(token, name=name)
    response = redirect("/door/")
    response.cookies.append(make_cookie(DOOR, secret, seconds=KEPT))
    return response


router = Router("/pair", route_handlers=[show, pair])
