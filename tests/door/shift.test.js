import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from '../../wcd/web/static/door/client.js';
import { createClock } from '../../wcd/web/static/door/clock.js';
import { createQueue } from '../../wcd/web/static/door/queue.js';
import { createShift } from '../../wcd/web/static/door/shift.js';
import { createSync } from '../../wcd/web/static/door/sync.js';
import { memoryStore } from './memory-store.js';

const NOW = '2023-10-28T01:00:00.000Z';
const CODE = '0123456789ABCDEFGHJKMNPQRS';
const GUEST = { native_name: '欧阳靖霖', latin_name: 'Ouyang Jinglin' };

/** A gate: `says` is the server's verdict by code; `wire.up` whether the network is there. */
function gate(says = () => 'welcome') {
  const wire = { up: true };
  const stored = [];
  const shown = [];
  const strip = [];
  const sounded = [];
  let patience = null;

  async function fetch(address, { body }) {
    if (!wire.up) throw new TypeError('Failed to fetch');
    const results = JSON.parse(body).scans.map((scan) => {
      stored.push(scan);
      const verdict = scan.kind === 'undo' ? null : scan.kind === 'let_in' ? 'welcome' : says(scan.code ?? scan.short_code);
      return { id: scan.id, stored: true, verdict, guest: scan.kind === 'scan' && verdict !== 'unknown' ? GUEST : null };
    });
    return new Response(JSON.stringify({ now: NOW, results }));
  }

  let shift = null;
  const queue = createQueue(memoryStore());
  const clock = createClock();
  const idle = { set: () => 0, clear: () => {} };
  const tell = { results: (_sent, results) => shift.learn(results), state: () => {}, light: () => {} };
  const sync = createSync({ queue, client: createClient({ fetch }), clock, tell, timers: idle });
  shift = createShift({
    queue,
    sync,
    clock,
    sounds: { give: (look) => sounded.push(look.tone) },
    screen: {
      shows: (record) => shown.push(record.verdict),
      gone: () => shown.push('gone'),
      last: (record) => strip.push(record.undone ? 'undone' : record.verdict),
    },
    timers: {
      set(act) {
        patience = act;
        return act;
      },
      clear() {
        patience = null;
      },
    },
    gate: () => 'gate-1',
  });
  return { wire, stored, shown, strip, sounded, shift, sync, queue, losePatience: () => patience?.() };
}

test('a badge: checking, then welcome, with one sound', async () => {
  const it = gate();
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  assert.deepEqual(it.shown, ['checking', 'welcome']);
  assert.deepEqual(it.sounded, ['calm', 'go']);
  assert.deepEqual(it.strip, ['welcome']);
  assert.equal(it.shift.showing().answer.guest.native_name, '欧阳靖霖');
});

test('no network: kept, said honestly, verified when it returns', async () => {
  const it = gate(() => 'revoked');
  it.wire.up = false;
  await it.shift.take(CODE, 'scanner');
  await it.sync.push();
  it.losePatience();
  assert.deepEqual(it.shown, ['checking', 'unverified']);
  assert.equal(await it.queue.count(), 1);
  it.wire.up = true;
  await it.sync.push();
  assert.deepEqual(it.shown, ['checking', 'unverified', 'revoked']);
  assert.equal(await it.queue.count(), 0);
});

test('an answer that comes after the next guest: strip and sound, the screen is not taken away', async () => {
  const it = gate((code) => (code === CODE ? 'revoked' : 'welcome'));
  it.wire.up = false;
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  it.losePatience();
  it.shift.close();
  it.wire.up = true;
  it.shown.length = 0;
  await it.sync.push();
  assert.deepEqual(it.shown, []);
  assert.equal(it.strip.at(-1), 'revoked');
  assert.equal(it.sounded.at(-1), 'stop');
});

test('patience ends with the answer', async () => {
  const it = gate();
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  it.losePatience();
  assert.equal(it.shift.showing().verdict, 'welcome');
});

test('a red verdict waits for its tap: the next scan is not taken', async () => {
  const it = gate(() => 'revoked');
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  assert.equal(await it.shift.take('7K4M2Q9D', 'scanner'), false);
  assert.equal(it.stored.length, 1);
  it.shift.close();
  assert.equal(await it.shift.take('7K4M2Q9D', 'scanner'), true);
});

test('a green or amber verdict gives way to the next scan', async () => {
  const it = gate((code) => (code === CODE ? 'already_inside' : 'welcome'));
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  assert.equal(await it.shift.take('7k4m-2q9d', 'typed'), true);
  await it.sync.push();
  assert.equal(it.shift.showing().read, '7K4M-2Q9D');
});

test('what is no code of ours is red at once, even without a network', async () => {
  const it = gate(() => 'unknown');
  it.wire.up = false;
  await it.shift.take('https://example.org/', 'camera');
  assert.deepEqual(it.shown, ['unknown']);
  assert.equal(await it.queue.count(), 1);
});

test('letting in all the same is a fact about the scan, and keeps the name on the screen', async () => {
  const it = gate(() => 'already_inside');
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  const refused = it.shift.showing();
  await it.shift.letIn(refused);
  await it.sync.push();
  const fact = it.stored.at(-1);
  assert.deepEqual([fact.kind, fact.about], ['let_in', refused.scan.id]);
  assert.equal(it.shift.showing().verdict, 'welcome');
  assert.equal(it.shift.showing().answer.guest.native_name, '欧阳靖霖');
});

test('undoing closes the verdict and says so', async () => {
  const it = gate();
  await it.shift.take(CODE, 'camera');
  await it.sync.push();
  const done = it.shift.showing();
  await it.shift.undo(done);
  await it.sync.push();
  assert.equal(it.stored.at(-1).kind, 'undo');
  assert.equal(it.stored.at(-1).about, done.scan.id);
  assert.equal(it.shift.showing(), null);
  assert.equal(it.strip.at(-1), 'undone');
});
