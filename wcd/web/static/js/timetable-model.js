// What the timetable knows: sessions by id, places on the wall's clock, steps to take back. No page, no network.
const MINUTE = 60_000;

/** Wall times are texts such as "2023-10-29T09:00"; they are reckoned as if there were no zones. */
export const toMs = (wall) => Date.parse(`${wall}:00Z`);
export const toWall = (ms) => new Date(ms).toISOString().slice(0, 16);
export const addMinutes = (wall, minutes) => toWall(toMs(wall) + minutes * MINUTE);
export const minutesBetween = (from, to) => Math.round((toMs(to) - toMs(from)) / MINUTE);

/** Where a session is: {starts, ends, room}; starts is empty while it waits. */
export const placeOf = ({ starts = '', ends = '', room = '' }) => ({ starts, ends, room });
export const samePlace = (one, other) =>
  one.starts === other.starts && one.ends === other.ends && (!one.starts || one.room === other.room);
export const seen = (place) => `${place.starts}|${place.ends}|${place.starts ? place.room : ''}`;
export const shifted = (place, minutes) => ({
  ...place, starts: addMinutes(place.starts, minutes), ends: addMinutes(place.ends, minutes),
});

export function createModel() {
  const sessions = new Map();
  let clashes = [];
  let working = 0;

  /** Take the server's word for it, but for what is being dragged (`except`). Returns the ids that look otherwise now; null where sessions have gone. */
  function apply(news, { except } = {}) {
    const changed = new Set();
    const before = hits();
    let held = false;
    for (const one of news.sessions) {
      if (one.id === except) { held = true; continue; }
      sessions.set(one.id, { starts: '', ends: '', room: '', people: 0, ...one });
      changed.add(one.id);
    }
    clashes = news.clashes;
    if (!held) working = news.working; // what is in somebody's hand is told again once they let go
    const now = hits();
    for (const id of new Set([...before, ...now])) if (before.has(id) !== now.has(id)) changed.add(id);
    return news.total === sessions.size || except ? changed : null;
  }

  /** All anew: returns every id there was or is. */
  function replace(news) {
    const ids = new Set(sessions.keys());
    sessions.clear();
    apply(news);
    for (const id of sessions.keys()) ids.add(id);
    return ids;
  }

  const hits = () => new Set(clashes.flatMap((one) => (one.other ? [one.session, one.other] : [one.session])));

  return {
    apply, replace, hits,
    get working() { return working; },
    get all() { return [...sessions.values()]; },
    get: (id) => sessions.get(id),
    put: (id, place) => sessions.set(id, { ...sessions.get(id), ...place }),
    waiting: () => [...sessions.values()].filter((one) => !one.starts),
    on: (day) => [...sessions.values()].filter((one) => one.starts.slice(0, 10) === day),
    clashesOf: (id) => clashes.filter((one) => one.session === id || one.other === id),
    clashesOn: (day) => clashes.filter((one) => !one.day || one.day === day),
    /** Sessions that would be in the same room at the same time: drawn at once, before the server has answered. */
    inTheWay(id, place) {
      if (!place.starts || !place.room) return [];
      return [...sessions.values()].filter(
        (one) => one.id !== id && one.room === place.room && one.state !== 'called_off'
          && one.starts && one.starts < place.ends && place.starts < one.ends,
      );
    },
    /** The first free place of that length on a day, at or after a time. */
    firstFree(day, minutes, rooms, { from = '09:00', until = '18:00' } = {}) {
      const last = toMs(`${day}T${until}`) - minutes * MINUTE;
      for (let at = toMs(`${day}T${from}`); at <= last; at += 15 * MINUTE) {
        for (const room of rooms) {
          const place = { starts: toWall(at), ends: toWall(at + minutes * MINUTE), room };
          if (this.inTheWay('', place).length === 0) return place;
        }
      }
      return null;
    },
    /** The room nearest in the list that is free then. */
    freeRoom(id, place, rooms) {
      const here = rooms.indexOf(place.room);
      const near = rooms.filter((room) => room !== place.room)
        .sort((a, b) => Math.abs(rooms.indexOf(a) - here) - Math.abs(rooms.indexOf(b) - here));
      return near.find((room) => this.inTheWay(id, { ...place, room }).length === 0);
    },
  };
}

/** Steps that can be taken back, newest last. They outlive a change of the day: `kept` reads and writes a text. */
export function createSteps(kept) {
  let { done = [], undone = [] } = read(kept);
  const keep = () => kept.write(JSON.stringify({ done: done.slice(-50), undone: undone.slice(-50) }));
  return {
    get canUndo() { return done.length > 0; },
    get canRedo() { return undone.length > 0; },
    add(step) { done.push(step); undone = []; keep(); },
    takeUndo() { const step = done.pop(); keep(); return step; },
    takeRedo() { const step = undone.pop(); keep(); return step; },
    wasUndone(step) { undone.push(step); keep(); },
    wasRedone(step) { done.push(step); keep(); },
  };
}

function read(kept) {
  try {
    return JSON.parse(kept.read() || '{}') ?? {};
  } catch {
    return {};
  }
}
