// The keyboard: a session that has the focus is moved key by key and put down after a pause, or when it is left.
const SETTLE = 700;
const STEPS = { ArrowUp: -5, ArrowDown: 5, PageUp: -60, PageDown: 60 };

export function createKeys({ box, pool, model, grid, setup, on, shifted, addMinutes, minutesBetween, samePlace, placeOf }) {
  let held = null;
  let timer = 0;

  function hold(id) {
    if (held?.id === id) return held;
    settle();
    const one = model.get(id);
    held = { id, from: placeOf(one), now: placeOf(one), version: one.version };
    return held;
  }

  function tryPlace(place) {
    held.now = place;
    on.trial(held.id, place);
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE);
  }

  /** Put down what is held. */
  function settle() {
    clearTimeout(timer);
    if (!held) return;
    const { id, from, now, version } = held;
    held = null;
    on.settled(id);
    if (!samePlace(from, now)) on.move(id, { from, to: now, version });
  }

  function letGo() {
    clearTimeout(timer);
    if (!held) return false;
    const { id, from } = held;
    held = null;
    on.letGo(id, from);
    return true;
  }

  function otherRoom(id, by) {
    const rooms = grid.rooms();
    const { now } = hold(id);
    const here = rooms.indexOf(now.room);
    const next = here < 0 ? (by > 0 ? 0 : rooms.length - 1) : here + by;
    if (rooms[next]) tryPlace({ ...now, room: rooms[next] });
  }

  function stretched(id, minutes) {
    const { now } = hold(id);
    const length = Math.min(1440, Math.max(5, minutesBetween(now.starts, now.ends) + minutes));
    tryPlace({ ...now, ends: addMinutes(now.starts, length) });
  }

  function onSession(event, id) {
    const one = model.get(id);
    const steady = !setup.may || one.state === 'called_off';
    if (event.key === 'Enter') { settle(); on.open(id); return true; }
    if (event.key === ' ') { on.choose(id); return true; }
    if (event.key === 'Escape') return letGo();
    if (steady) return false;
    if (event.key in STEPS) {
      if (event.shiftKey) stretched(id, STEPS[event.key]);
      else tryPlace(shifted(hold(id).now, STEPS[event.key]));
      return true;
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      otherRoom(id, (event.key === 'ArrowRight') === (document.dir !== 'rtl') ? 1 : -1);
      return true;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') { letGo(); on.takeOff(id); return true; }
    return letter(event, id);
  }

  function onWaiting(event, id) {
    if (event.key === 'Enter' || event.key === ' ') { on.placeFirst(id); return true; }
    return letter(event, id);
  }

  function letter(event, id) {
    const key = event.key.toLowerCase();
    if (key === 'c') { settle(); on.copy(id); return true; }
    if (key === 'm') { settle(); on.form(id); return true; }
    return false;
  }

  function steps(event) {
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if ((command && key === 'z' && !event.shiftKey) || (!command && key === 'u')) { settle(); on.undo(); return true; }
    if ((command && (key === 'y' || (key === 'z' && event.shiftKey))) || (!command && key === 'r')) { settle(); on.redo(); return true; }
    return false;
  }

  document.addEventListener('keydown', (event) => {
    if (event.target.closest('input, textarea, select, [contenteditable]') || event.altKey) return;
    const session = event.target.closest('[data-session]')?.dataset.session;
    const plain = !event.ctrlKey && !event.metaKey;
    const used = (plain && session && (box.contains(event.target) ? onSession(event, session)
      : pool.contains(event.target) && event.target.matches('[data-session]') && onWaiting(event, session))) || (setup.may && steps(event));
    if (!used) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // Drawing anew takes the focus away for a moment; whoever really leaves puts the session down.
  box.addEventListener('focusout', () => setTimeout(() => {
    if (held && document.activeElement !== document.body && document.activeElement?.dataset.session !== held.id) settle();
  }, 50));

  return { settle, letGo, get held() { return held?.id; } };
}
