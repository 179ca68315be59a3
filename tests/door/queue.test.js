import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createQueue } from '../../wcd/web/static/door/queue.js';
import { memoryStore } from './memory-store.js';

const scan = (id) => ({ id, code: 'X' });
const ids = (rows) => rows.map((row) => row.id);

async function filled(...names) {
  const store = memoryStore();
  const queue = createQueue(store);
  for (const name of names) assert.equal(await queue.add(scan(name)), true);
  return { store, queue };
}

test('scans wait in the order in which they came', async () => {
  const { queue } = await filled('b', 'a', 'c');
  assert.deepEqual(ids(await queue.waiting(2)), ['b', 'a']);
  assert.equal(await queue.count(), 3);
});

test('only what the server named as stored leaves', async () => {
  const { queue } = await filled('a', 'b', 'c');
  const sent = await queue.waiting(50);
  const left = await queue.settle(sent, [{ id: 'a', stored: true }, { id: 'b' }, { id: 'z', stored: true }]);
  assert.equal(left, 1);
  assert.deepEqual(ids(await queue.waiting(50)), ['b', 'c']);
});

test('settling the same answer twice does no harm', async () => {
  const { queue } = await filled('a', 'b');
  const sent = await queue.waiting(50);
  await queue.settle(sent, [{ id: 'a', stored: true }]);
  await queue.settle(sent, [{ id: 'a', stored: true }]);
  assert.deepEqual(ids(await queue.waiting(50)), ['b']);
});

test('what repeating cannot change goes to the list, whole', async () => {
  const { queue } = await filled('a', 'b');
  const left = await queue.settle(await queue.waiting(50), [{ id: 'a', stored: false, error: 'different_body' }]);
  assert.equal(left, 1);
  assert.deepEqual(await queue.aside(), [{ id: 'a', error: 'different_body', scan: scan('a') }]);
  assert.deepEqual(ids(await queue.waiting(50)), ['b']);
});

test('full storage: the scan is kept in memory, sent and settled like the others', async () => {
  let full = false;
  const queue = createQueue(memoryStore({ full: () => full }));
  await queue.add(scan('a'));
  full = true;
  assert.equal(await queue.add(scan('b')), false);
  assert.equal(queue.unsaved(), 1);
  assert.deepEqual(ids(await queue.waiting(50)), ['a', 'b']);
  await queue.settle(await queue.waiting(50), [{ id: 'b', stored: true }]);
  assert.equal(queue.unsaved(), 0);
  assert.deepEqual(ids(await queue.waiting(50)), ['a']);
});
