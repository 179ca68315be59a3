import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCode, showShort } from '../../wcd/web/static/door/codes.js';

const CODE = '0123456789ABCDEFGHJKMNPQRS';
const ours = (code, shortCode) => ({ code, shortCode, isOurs: true });

test('what a badge says is taken as it is', () => {
  assert.deepEqual(readCode(CODE), ours(CODE, null));
});

test('a typed short code is read forgivingly', () => {
  for (const typed of ['7K4M-2Q9D', '7k4m2q9d', ' 7k4m 2q9d ', '7Ｋ４Ｍ－２Ｑ９Ｄ', '7K4M—2Q9D', '7k4m·2q9d']) {
    assert.deepEqual(readCode(typed), ours(null, '7K4M2Q9D'), typed);
  }
});

test('O is zero, I and L are one', () => {
  assert.deepEqual(readCode('oOiI-lL00'), ours(null, '00111100'));
});

test('U, a wrong length and signs are no code of ours', () => {
  for (const typed of ['7K4M2Q9U', '7K4M2Q9', '7K4M2Q9D1', `${CODE}1`, '七七七七七七七七', '7K4M/2Q9D']) {
    assert.equal(readCode(typed).isOurs, false, typed);
  }
});

test('of what is no code the first 64 characters are kept, whole and printable', () => {
  const read = (text) => readCode(text).code;
  assert.equal(read('https://example.org/x'), 'https://example.org/x');
  assert.equal(read('A'.repeat(4096)), 'A'.repeat(64));
  assert.equal(read('𬱖'.repeat(100)), '𬱖'.repeat(64));
  assert.equal(read('a\u0000b\ud800c\n'), 'abc');
  assert.equal(read('\u0000'), '?');
});

test('a short code is shown in two halves', () => {
  assert.equal(showShort('7K4M2Q9D'), '7K4M-2Q9D');
});
