import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCode } from '../../wcd/web/static/door/codes.js';
import { createClock } from '../../wcd/web/static/door/clock.js';
import { createRepeats } from '../../wcd/web/static/door/repeats.js';
import { letIn, newId, newScan, undo } from '../../wcd/web/static/door/scans.js';

const TIME = { wall: Date.parse('2023-10-28T01:00:03.120Z'), offset: -240 };
const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('an id is a UUID of version 7: sorted by time, never the same', () => {
  const ids = [1, 2, 3].map((ms) => newId(TIME.wall + ms));
  for (const id of ids) assert.match(id, V7);
  assert.deepEqual([...ids].sort(), ids);
  assert.notEqual(newId(TIME.wall), newId(TIME.wall));
  assert.equal(Number.parseInt(ids[0].slice(0, 8) + ids[0].slice(9, 13), 16), TIME.wall + 1);
});

test('a scan carries what was read, where, when, and leaves the verdict to the server', () => {
  const { id, ...rest } = newScan(readCode('7k4m-2q9d'), 'typed', 'gate-1', TIME);
  assert.match(id, V7);
  assert.deepEqual(rest, {
    kind: 'scan',
    about: null,
    gate: 'gate-1',
    code: null,
    short_code: '7K4M2Q9D',
    scanned_at: '2023-10-28T01:00:03.120Z',
    offset_ms: -240,
    verdict: null,
    entered_by: 'typed',
  });
});

test('what is no code of ours is unknown without a server', () => {
  assert.equal(newScan(readCode('https://example.org'), 'camera', 'gate-1', TIME).verdict, 'unknown');
});

test('corrections are facts of their own about a scan', () => {
  const scan = newScan(readCode('7k4m-2q9d'), 'scanner', 'gate-1', TIME);
  for (const fact of [letIn(scan, 'gate-1', TIME), undo(scan, 'gate-1', TIME)]) {
    assert.notEqual(fact.id, scan.id);
    assert.equal(fact.about, scan.id);
    assert.deepEqual([fact.code, fact.short_code, fact.verdict], [null, null, null]);
  }
});

function device() {
  const hands = { wall: 1_000_000, steady: 0 };
  const clock = createClock({ wall: () => hands.wall, steady: () => hands.steady });
  const pass = (ms) => {
    hands.wall += ms;
    hands.steady += ms;
  };
  return { hands, clock, pass };
}

test('the offset is learnt from the middle of the request', () => {
  const { clock, pass } = device();
  pass(400);
  clock.learn(9_000_000, 400); // the server said this 200 ms ago
  assert.equal(clock.now(), 9_000_200);
  pass(5000);
  assert.equal(clock.now(), 9_005_200);
  assert.deepEqual(clock.read(), { wall: 1_005_400, offset: 7_999_800 });
});

test('a clock set back by three hours in mid-shift changes nothing', () => {
  const { clock, pass, hands } = device();
  clock.learn(2_000_000, 0);
  hands.wall -= 3 * 3600_000;
  pass(1000);
  assert.equal(clock.now(), 2_001_000);
});

test('a clock that jumps ahead is noticed; the server mends it', () => {
  const { clock, pass, hands } = device();
  clock.learn(2_000_000, 0);
  assert.equal(clock.jumped(), false);
  hands.wall += 3 * 3600_000;
  assert.equal(clock.jumped(), true);
  pass(1000);
  clock.learn(2_001_000, 0);
  assert.equal(clock.now(), 2_001_000);
});

test('a slow answer does not spoil what a quick one said', () => {
  const { clock } = device();
  clock.learn(2_000_000, 100);
  clock.learn(2_000_000, 7000);
  assert.equal(clock.now(), 2_000_050);
});

test('thirty pictures of one badge are one scan, and a second showing is a second', () => {
  const repeats = createRepeats();
  const pictures = [0, 100, 200, 1600, 3000, 5000].map((time) => repeats.isNew('A', time));
  assert.deepEqual(pictures, [true, false, false, false, false, true]);
  assert.equal(repeats.isNew('B', 5010), true);
});
