"""What a paired device asks: the state of its gate, and the storing of its scans. JSON only (docs/door-protocol.md)."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post

from wcd.checkin import devices, numbers, scanning
from wcd.checkin.gates_at_work import PairedDevice, find_device
from wcd.core.clock import now
from wcd.web.cookies import DOOR, get_cookie

AnyRequest = Request[Any, Any, Any]
PROTOCOL = 1
MAX_BODY = 256 * 1024
MAX_SCANS = 200


class Batch(msgspec.Struct, frozen=True):
    """The scans, not yet read: a bad one must not spoil its neighbours."""

    scans: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_SCANS)]


@get("/state")
async def state(request: AnyRequest) -> Response[bytes]:
    """Gate, clock and numbers."""
    device = await _device(request)
    if device is None:
        return _answer(401, {"error": "unpaired"})
    await devices.note_contact(device)
    gate = device.gate
    said = {
        "protocol": PROTOCOL,
        "now": now(),
        "edition": {"code": device.edition_code, "zone": gate.zone, "name": device.edition_name},
        "device": {"id": device.id, "name": device.name},
        "gate": {
            "id": gate.id,
            "code": gate.code,
            "name": gate.name,
            "kind": gate.kind,
            "open": gate.is_open,
        },
        "numbers": await numbers.gate_numbers(gate),
    }
    return _answer(200, said)


@post("/scans", status_code=200)
async def scans(request: AnyRequest) -> Response[bytes]:
    """A batch of facts; the answer acknowledges each and says the verdict."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _answer(415, {"error": "not_json"})
    body = await _body(request)
    if body is None:
        return _answer(413, {"error": "too_large"})
    try:
        body.decode()  # what is passed on unread must be text
        batch = msgspec.json.decode(body, type=Batch)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _answer(422, {"error": "malformed"})
    bodies = [bytes(scan) for scan in batch.scans]
    results = await scanning.take_scans(get_cookie(request, DOOR), bodies)
    if results is None:
        return _answer(401, {"error": "unpaired"})
    return _answer(200, {"now": now(), "results": results})


async def _device(request: AnyRequest) -> PairedDevice | None:
    token = get_cookie(request, DOOR)
    return await find_device(token) if token else None


async def _body(request: AnyRequest) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _answer(status: int, said: dict[str, object]) -> Response[bytes]:
    return Response(
        msgspec.json.encode(said),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )


router = Router("/", route_handlers=[state, scans])
