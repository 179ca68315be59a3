import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { LOOKS, clockTime, detailsOf } from '../../wcd/web/static/door/verdicts.js';
import { put } from '../../wcd/web/static/door/words.js';

const ZONE = 'Asia/Shanghai';
const HERE = { now: Date.parse('2023-10-28T01:48:00Z'), zone: ZONE };
const EAST = { zh: '东门', en: 'East gate' };
const WEST = { zh: '西门', en: 'West gate' };
const bare = { first: null, opens_at: null, gates: [], edition: null, guest: {} };
const details = (answer) => detailsOf({ ...bare, ...answer }, HERE);

test('every verdict of the table of truth has a look of its own', () => {
  const cases = JSON.parse(readFileSync(new URL('verdicts.json', import.meta.url), 'utf8'));
  const words = new Set(cases.map((one) => one.expect.word));
  for (const word of words) assert.ok(word in LOOKS, word);
  const looks = [...words].map((word) => `${LOOKS[word].tone} ${LOOKS[word].sign}`);
  const sounds = [...words].map((word) => JSON.stringify(LOOKS[word].notes));
  assert.equal(new Set(looks).size, words.size);
  assert.equal(new Set(sounds).size, words.size);
});

test('green admits, red and amber do not', () => {
  const green = Object.keys(LOOKS).filter((word) => LOOKS[word].tone === 'go');
  assert.deepEqual(green, ['welcome', 'welcome_back']);
});

test('already inside says where and how long ago', () => {
  const first = { at: '2023-10-28T00:41:00Z', gate: EAST };
  assert.deepEqual(details({ verdict: 'already_inside', first }), [
    { key: 'first_at', values: { gate: EAST, minutes: 67 }, time: '08:41' },
  ]);
  const now = { at: '2023-10-28T01:47:30Z', gate: EAST };
  assert.equal(details({ verdict: 'already_inside', first: now })[0].key, 'first_just_now');
});

test('too early says the time, another day the day as well, in each language', () => {
  const said = (verdict, opens_at) => {
    const [{ values }] = details({ verdict, opens_at });
    return ['zh', 'en'].map((language) => put('%(time)s', values, language));
  };
  assert.deepEqual(said('too_early', '2023-10-28T05:00:00Z'), ['13:00', '13:00']);
  assert.deepEqual(said('wrong_day', '2023-10-29T00:00:00Z'), ['10月29日 08:00', '29 Oct 08:00']);
});

test('the wrong gate names the right ones; a stranger is named', () => {
  assert.deepEqual(details({ verdict: 'wrong_gate', gates: [EAST, WEST] })[0].values.gates, {
    zh: '东门、西门',
    en: 'East gate, West gate',
  });
  assert.equal(details({ verdict: 'unknown', guest: null })[0].key, 'not_a_badge');
  assert.equal(details({ verdict: 'unknown', guest: null, edition: EAST })[0].key, 'badge_of');
  assert.deepEqual(details({ verdict: 'welcome' }), []);
});

test('words take values by name, in their language', () => {
  assert.equal(put('%(gate)s, %(minutes)s', { gate: EAST, minutes: 0 }, 'zh'), '东门, 0');
  assert.equal(put('100 % of %(missing)s', {}, 'en'), '100 % of %(missing)s');
  assert.equal(clockTime('2023-10-28T16:05:00Z', ZONE), '00:05');
});
