import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const source = await readFile(new URL('../../wcd/web/static/js/timetable-model.js', import.meta.url), 'utf8');
const { addMinutes, createModel, createSteps, minutesBetween, placeOf, samePlace, seen, shifted } =
  await import(`data:text/javascript,${encodeURIComponent(source)}`);

const DAY = '2023-10-29';
const one = (id, starts, ends, room, more = {}) => ({
  id, starts: starts && `${DAY}T${starts}`, ends: ends && `${DAY}T${ends}`, room, state: 'confirmed', version: 1, ...more,
});
const news = (working, sessions, { clashes = [], total = sessions.length } = {}) => ({ working, total, sessions, clashes });

function model(...sessions) {
  const made = createModel();
  made.apply(news(1, sessions));
  return made;
}

test('wall times pass midnight and the end of a month', () => {
  assert.equal(addMinutes('2023-10-31T23:50', 20), '2023-11-01T00:10');
  assert.equal(minutesBetween('2023-10-31T23:50', '2023-11-01T00:10'), 20);
  assert.deepEqual(shifted({ starts: '2023-10-29T00:00', ends: '2023-10-29T01:00', room: 'a' }, -5),
    { starts: '2023-10-28T23:55', ends: '2023-10-29T00:55', room: 'a' });
});

test('without a time the room says nothing', () => {
  assert.ok(samePlace({ starts: '', ends: '', room: 'a' }, { starts: '', ends: '', room: '' }));
  assert.ok(!samePlace(placeOf(one('1', '09:00', '10:00', 'a')), placeOf(one('1', '09:00', '10:00', 'b'))));
  assert.equal(seen({ starts: '', ends: '', room: 'a' }), '||');
});

test('in the way is what shares a moment of the room, and takes place', () => {
  const known = model(one('1', '09:00', '10:00', 'a'), one('2', '10:00', '11:00', 'a'), one('3', '09:30', '10:30', 'b'),
    one('4', '09:30', '10:30', 'a', { state: 'called_off' }), one('5', '', '', ''));
  const ids = (id, starts, ends, room) => known.inTheWay(id, placeOf(one('', starts, ends, room))).map((found) => found.id);
  assert.deepEqual(ids('9', '09:30', '10:30', 'a'), ['1', '2']);
  assert.deepEqual(ids('1', '09:30', '10:00', 'a'), []);
  assert.deepEqual(ids('9', '11:00', '12:00', 'a'), []);
  assert.deepEqual(ids('9', '09:30', '10:30', ''), []);
});

test('the first free place, and the free room that is nearest', () => {
  const known = model(one('1', '09:00', '18:00', 'a'), one('2', '09:00', '10:00', 'b'));
  assert.deepEqual(known.firstFree(DAY, 60, ['a', 'b']), { starts: `${DAY}T10:00`, ends: `${DAY}T11:00`, room: 'b' });
  assert.equal(known.firstFree(DAY, 60, ['a']), null);
  assert.equal(known.freeRoom('9', placeOf(one('', '09:30', '10:30', 'a')), ['a', 'b', 'c']), 'c');
});

test('news change what they name, and what has a clash now or has none any more', () => {
  const known = model(one('1', '09:00', '10:00', 'a'), one('2', '09:00', '10:00', 'b'), one('3', '09:00', '10:00', 'c'));
  const moved = one('1', '09:00', '10:00', 'b', { version: 2 });
  const clashes = [{ session: '1', other: '2', day: DAY }];
  assert.deepEqual([...known.apply(news(2, [moved], { clashes, total: 3 }))].sort(), ['1', '2']);
  assert.deepEqual([...known.hits()].sort(), ['1', '2']);
  assert.deepEqual([...known.apply(news(3, [], { total: 3 }))].sort(), ['1', '2']);
  assert.equal(known.working, 3);
});

test('what has gone is noticed, and all is asked anew', () => {
  const known = model(one('1', '09:00', '10:00', 'a'), one('2', '', '', ''));
  assert.equal(known.apply(news(2, [], { total: 1 })), null);
  assert.deepEqual([...known.replace(news(2, [one('1', '09:00', '10:00', 'a')]))].sort(), ['1', '2']);
  assert.deepEqual(known.waiting(), []);
});

test('what is in somebody’s hand stays as they saw it, and is told again', () => {
  const known = model(one('1', '09:00', '10:00', 'a'), one('2', '09:00', '10:00', 'b'));
  const moved = [one('1', '12:00', '13:00', 'c', { version: 2 }), one('2', '14:00', '15:00', 'b', { version: 2 })];
  known.apply(news(5, moved, { total: 2 }), { except: '1' });
  assert.deepEqual([known.get('1').version, known.get('2').version, known.working], [1, 2, 1]);
  known.apply(news(5, moved, { total: 2 }));
  assert.deepEqual([known.get('1').version, known.working], [2, 5]);
});

test('steps go back and forth, and outlive a change of the page', () => {
  let text = '';
  const kept = { read: () => text, write: (now) => { text = now; } };
  const steps = createSteps(kept);
  steps.add({ id: '1' });
  steps.add({ id: '2' });
  steps.wasUndone(steps.takeUndo());
  const again = createSteps(kept);
  assert.deepEqual([again.canUndo, again.canRedo], [true, true]);
  assert.equal(again.takeRedo().id, '2');
  assert.equal(again.takeUndo().id, '1');
  assert.equal(again.takeUndo(), undefined);
  again.wasUndone({ id: '1' });
  again.add({ id: '3' });
  assert.equal(again.canRedo, false);
  text = 'broken';
  assert.equal(createSteps(kept).canUndo, false);
});
