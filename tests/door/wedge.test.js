import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createWedge } from '../../wcd/web/static/door/wedge.js';

const CODE = '0123456789ABCDEFGHJKMNPQRS';
const key = (name, more = {}) => ({ key: name, code: '', ctrlKey: false, metaKey: false, altKey: false, ...more });

function type(wedge, keys, gap, start = 0) {
  let time = start;
  let read = null;
  for (const one of keys) {
    read = wedge.feed(typeof one === 'string' ? key(one) : one, time) ?? read;
    time += gap;
  }
  return read;
}

test('a scanner types fast and ends with Enter', () => {
  assert.deepEqual(type(createWedge(), [...CODE, 'Enter'], 8), { text: CODE });
});

test('some end with Tab, and press Shift before each capital', () => {
  const keys = [...CODE].flatMap((c) => ['Shift', c]);
  assert.deepEqual(type(createWedge(), [...keys, 'Tab'], 30), { text: CODE });
});

test('a person is slower, and keeps the keys to themselves', () => {
  assert.equal(type(createWedge(), [...'7K4M2Q9D', 'Enter'], 140), null);
});

test('Enter long after the burst is a person at a button', () => {
  const wedge = createWedge();
  assert.equal(type(wedge, [...CODE], 8), null);
  assert.equal(wedge.feed(key('Enter'), 5000), null);
});

test('a burst that was cut off does not stain the next one', () => {
  const wedge = createWedge();
  type(wedge, [...'ABCDEF'], 8);
  assert.deepEqual(type(wedge, [...CODE, 'Enter'], 8, 1000), { text: CODE });
});

test('a pause after the first key does not cost a code its first letter', () => {
  const wedge = createWedge();
  type(wedge, [CODE[0]], 8);
  assert.deepEqual(type(wedge, [...CODE.slice(1), 'Enter'], 8, 300), { text: CODE });
});

test('a key that somebody touched just before is no part of the code', () => {
  const wedge = createWedge();
  type(wedge, ['x'], 8);
  assert.deepEqual(type(wedge, [...CODE, 'Enter'], 8, 300), { text: CODE });
});

test('shortcuts and a few keys are not a scan', () => {
  const wedge = createWedge();
  assert.equal(type(wedge, [...'ABC', 'Enter'], 8), null);
  assert.equal(type(wedge, [key('r', { ctrlKey: true }), ...'ABCDE', 'Enter'], 8, 1000), null);
});

test('a Chinese input method leaves only the place on the keyboard', () => {
  const keys = [...CODE].map((c) => key('Process', { code: /\d/.test(c) ? `Digit${c}` : `Key${c}` }));
  assert.deepEqual(type(createWedge(), [...keys, 'Enter'], 8), { text: CODE });
});

test('a scanner that pauses in the middle is still one scan', () => {
  const wedge = createWedge();
  type(wedge, [...CODE.slice(0, 14)], 8);
  assert.deepEqual(type(wedge, [...CODE.slice(14), 'Enter'], 8, 400), { text: CODE });
});

test('two codes in a row are two scans', () => {
  const wedge = createWedge();
  assert.deepEqual(type(wedge, [...CODE, 'Enter'], 8), { text: CODE });
  assert.deepEqual(type(wedge, [...'WCD22-5TQX', 'Enter'], 8, 230), { text: 'WCD22-5TQX' });
});
