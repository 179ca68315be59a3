import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from '../../wcd/web/static/door/client.js';
import { createClock } from '../../wcd/web/static/door/clock.js';
import { createQueue } from '../../wcd/web/static/door/queue.js';
import { createSync } from '../../wcd/web/static/door/sync.js';
import { memoryStore } from './memory-store.js';

const NOW = '2023-10-28T01:00:00.000Z';
const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const state = () => json({ now: NOW, gate: { id: 'g' } });

/** A server that keeps facts by id, and a wire that `faults` may spoil, one entry a request (null: no fault). */
function house(faults = []) {
  const stored = new Map();
  const requests = [];
  const waits = [];
  const told = { results: [], lights: [], states: [] };
  let retry = null;

  async function fetch(address, options) {
    if (address === '/door/state') return state();
    const { scans } = JSON.parse(options.body);
    requests.push(scans.map((scan) => scan.id));
    const fault = faults.shift() ?? null;
    const answer = await fault?.(scans, serve);
    return answer ?? serve(scans);
  }

  function serve(scans) {
    const results = scans.map((scan) => {
      stored.set(scan.id, (stored.get(scan.id) ?? 0) + 1);
      return { id: scan.id, stored: true, verdict: 'welcome' };
    });
    return json({ now: NOW, results });
  }

  const queue = createQueue(memoryStore());
  const sync = createSync({
    queue,
    client: createClient({ fetch }),
    clock: createClock(),
    tell: {
      results: (sent, results) => told.results.push(...results),
      state: (body) => told.states.push(body),
      light: (light) => told.lights.push(light),
    },
    timers: {
      set(act, ms) {
        waits.push(ms);
        retry = act;
        return act;
      },
      clear(handle) {
        if (handle === retry) retry = null;
      },
    },
    random: () => 0.5,
  });
  const fire = () => retry?.();
  return { queue, sync, stored, requests, waits, told, fire, waiting: () => retry !== null };
}

async function withScans(names, faults) {
  const it = house(faults);
  for (const id of names) await it.queue.add({ id });
  await it.sync.push();
  return it;
}

const offline = () => {
  throw new TypeError('Failed to fetch');
};
const lostAnswer = (scans, serve) => {
  serve(scans);
  throw new TypeError('Failed to fetch');
};
const status = (code, headers) => () => json({ error: 'no' }, code, headers);
const page = () => new Response('<!doctype html><h1>Sign in to the hotel</h1>');
const half = () => new Response('{"now": "2023-10-2');

test('what waits is sent, answered and gone', async () => {
  const it = await withScans(['a', 'b']);
  assert.deepEqual(it.requests, [['a', 'b']]);
  assert.deepEqual(it.told.results.map((r) => r.id), ['a', 'b']);
  assert.deepEqual(it.told.lights.at(-1), { online: true, paired: true, waiting: 0, unsaved: 0 });
});

test('a long shift goes in batches', async () => {
  const it = await withScans(Array.from({ length: 120 }, (_, i) => `s${i}`));
  assert.deepEqual(it.requests.map((ids) => ids.length), [50, 50, 20]);
  assert.equal(it.stored.size, 120);
});

for (const [name, fault] of Object.entries({ offline, page, half, 500: status(500), 502: status(502), 404: status(404) })) {
  test(`${name}: everything is kept and tried again`, async () => {
    const it = await withScans(['a'], [fault]);
    assert.equal(await it.queue.count(), 1);
    assert.equal(it.told.lights.at(-1).online, false);
    await it.fire();
    assert.deepEqual([...it.stored], [['a', 1]]);
    assert.equal(await it.queue.count(), 0);
    assert.equal(it.told.lights.at(-1).online, true);
  });
}

test('an answer lost after the server stored: sent again, the same fact', async () => {
  const it = await withScans(['a'], [lostAnswer]);
  await it.fire();
  assert.deepEqual([...it.stored], [['a', 2]]);
  assert.equal(await it.queue.count(), 0);
});

test('pauses grow to half a minute and no further', async () => {
  const it = await withScans(['a'], Array(8).fill(offline));
  for (let i = 0; i < 7; i += 1) await it.fire();
  assert.deepEqual(it.waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test('Retry-After is obeyed', async () => {
  const it = await withScans(['a'], [status(429, { 'Retry-After': '20' })]);
  assert.deepEqual(it.waits, [20_000]);
});

test('an answer that names none of ours is no progress', async () => {
  const it = await withScans(['a'], [() => json({ now: NOW, results: [{ id: 'other', stored: true }] })]);
  assert.deepEqual(it.requests, [['a']]);
  assert.equal(it.waiting(), true);
  assert.equal(await it.queue.count(), 1);
});

test('401 keeps the queue and stops; paired again, it goes on', async () => {
  const it = await withScans(['a', 'b'], [status(401)]);
  assert.deepEqual(it.told.lights.at(-1), { online: true, paired: false, waiting: 2, unsaved: 0 });
  await it.sync.push();
  assert.deepEqual(it.requests, [['a', 'b']]);
  await it.sync.poll();
  assert.deepEqual([...it.stored.keys()], ['a', 'b']);
  assert.equal(it.told.lights.at(-1).paired, true);
});

test('one bad scan in a batch: it alone goes to the list', async () => {
  const refuseB = (scans) => (scans.some((scan) => scan.id === 'b') ? json({ error: 'no' }, 422) : null);
  const it = await withScans(['a', 'b', 'c'], [refuseB, refuseB, refuseB, refuseB]);
  assert.deepEqual(it.requests, [['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  assert.deepEqual([...it.stored.keys()], ['a', 'c']);
  assert.deepEqual((await it.queue.aside()).map((row) => [row.id, row.error]), [['b', 'refused_422']]);
  assert.equal(await it.queue.count(), 0);
});

test('a scan made while another is on the wire is sent right after', async () => {
  let it = null;
  it = house([
    async () => {
      await it.queue.add({ id: 'b' });
      void it.sync.push();
      return null;
    },
  ]);
  await it.queue.add({ id: 'a' });
  await it.sync.push();
  assert.deepEqual(it.requests, [['a'], ['b']]);
});

test('any order of faults ends with every scan stored and none waiting', async () => {
  const kinds = [offline, lostAnswer, page, half, status(500), status(503)];
  let seed = 7;
  const next = (n) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  for (let round = 0; round < 50; round += 1) {
    const faults = Array.from({ length: next(6) }, () => kinds[next(kinds.length)]);
    const names = Array.from({ length: 1 + next(70) }, (_, i) => `${round}-${i}`);
    const it = await withScans(names, faults);
    for (let i = 0; i < 20 && it.waiting(); i += 1) await it.fire();
    assert.equal(it.stored.size, names.length);
    assert.equal(await it.queue.count(), 0);
  }
});
