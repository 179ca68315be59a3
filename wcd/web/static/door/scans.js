// Makes the facts: scans and corrections, as docs/door-protocol.md writes them. Pure but for randomness.

/** A UUID of version 7. crypto.randomUUID is missing over plain http; getRandomValues is there. */
export function newId(now, random = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = random(new Uint8Array(16));
  let rest = now;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A scan. What is no code of ours needs no server to be called unknown. */
export function newScan({ code, shortCode, isOurs }, enteredBy, gate, time) {
  const fact = { ...frame('scan', gate, time), code, short_code: shortCode, entered_by: enteredBy };
  return isOurs ? fact : { ...fact, verdict: 'unknown' };
}

/** The person at the door admits the guest of a scan in spite of its verdict. */
export function letIn(scan, gate, time) {
  return { ...frame('let_in', gate, time), about: scan.id, entered_by: scan.entered_by };
}

/** A scan did not happen: a correcting fact, never a deletion. */
export function undo(scan, gate, time) {
  return { ...frame('undo', gate, time), about: scan.id, entered_by: scan.entered_by };
}

function frame(kind, gate, time) {
  return {
    id: newId(time.wall),
    kind,
    about: null,
    gate,
    code: null,
    short_code: null,
    scanned_at: new Date(time.wall).toISOString(),
    offset_ms: time.offset,
    verdict: null,
    entered_by: null,
  };
}
