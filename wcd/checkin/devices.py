"""Pairing phones with gates, and taking the pairing back."""

from datetime import timedelta
from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.actors.actors import device as device_actor
from wcd.checkin.errors import NoSuchDevice, NoSuchGate, PairingLinkSpent
from wcd.checkin.gates_at_work import PairedDevice
from wcd.checkin.tables import Device, Gate, PairingLink
from wcd.core.clock import now
from wcd.core.db import execute, in_transaction
from wcd.core.ids import new_token, token_hash

LINK_LIVES = timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=30)


@in_transaction
async def make_pairing_link(edition: UUID, gate: UUID, *, by: Actor) -> str:
    """The secret of a link that pairs one phone with a gate, once, within fifteen minutes."""
    by.must("door.supervise", edition)
    if not await Gate.exists().where((Gate.id == gate) & (Gate.edition == edition)):
        raise NoSuchGate
    token, at = new_token(), now()
    await PairingLink.insert(
        PairingLink(
            gate=gate, token_hash=token_hash(token), made_by=by.id, made_at=at, expires_at=at + LINK_LIVES
        )
    )
    await audit.record(by, "pairing_link.made", gate, edition=edition)
    return token


@in_transaction
async def pair_device(token: str, *, name: str = "") -> str:
    """Use a link: the new device's own secret. The link is spent, whoever comes second is refused."""
    spent = (
        await PairingLink.update({PairingLink.used_at: now()})
        .where(
            (PairingLink.token_hash == token_hash(token))
            & PairingLink.used_at.is_null()
            & (PairingLink.expires_at > now())
        )
        .returning(PairingLink.gate)
    )
    if not spent:
        raise PairingLinkSpent
    secret, gate = new_token(), spent[0]["gate"]
    row = Device(gate=gate, name=name, token_hash=token_hash(secret), paired_at=now(), seen_at=now())
    await Device.insert(row)
    edition = (await Gate.select(Gate.edition).where(Gate.id == gate))[0]["edition"]
    await audit.record(device_actor(row.id), "device.paired", row.id, edition=edition)
    return secret


@in_transaction
async def revoke_device(edition: UUID, device: UUID, *, by: Actor) -> UUID:
    """A lost phone, or the end of its shift: it can send nothing more. What it sent stays; returns its gate."""
    by.must("door.supervise", edition)
    rows = await Device.select(Device.gate, Device.revoked_at).where(
        (Device.id == device) & (Device.gate.edition == edition)
    )
    if not rows:
        raise NoSuchDevice
    if rows[0]["revoked_at"] is None:
        await Device.update({Device.revoked_at: now()}).where(Device.id == device)
        await audit.record(by, "device.revoked", device, edition=edition)
    gate: UUID = rows[0]["gate"]
    return gate


async def note_contact(device: PairedDevice) -> None:
    """A device is there; written at most every half minute, for supervisors who look for a silent one."""
    if now() - device.seen_at > SEEN_EVERY:
        # Not through Piccolo: one plain statement beside every tenth look of every phone.
        await execute("UPDATE checkin_device SET seen_at = $1 WHERE id = $2", now(), device.id)
