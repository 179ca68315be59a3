// A hand scanner types: fast, then Enter. This tells it from a person, whatever has the focus. Pure.

import { readCode } from './codes.js';

const FAST = 90; // ms between two keys; people need more, Bluetooth scanners less
const SHORTEST = 6;
const HICCUP = 500; // once so many keys came fast it is a scanner: a busy phone or a weak radio may pause in the middle
const LONGEST = 4096;

/** feed(key event, time) → null, or {text} when Enter ends what only a scanner can have typed. */
export function createWedge() {
  let keys = [];
  let before = []; // keys that a pause just before parted from the burst: a busy phone's, or a person's
  let last = -Infinity;

  return {
    feed(event, time) {
      if (event.ctrlKey || event.metaKey || event.altKey) return null;
      if (time - last > (keys.length < SHORTEST ? FAST : HICCUP)) {
        before = time - last > HICCUP ? [] : [...before, ...keys];
        keys = [];
      }
      if (event.key === 'Enter' || event.key === 'Tab') {
        const text = whole(keys) || !whole([...before, ...keys]) ? keys.join('') : [...before, ...keys].join('');
        const fast = keys.length >= SHORTEST;
        keys = [];
        before = [];
        last = -Infinity;
        return fast ? { text } : null;
      }
      const character = characterOf(event);
      if (character === null) return null; // Shift comes before each capital
      last = time;
      if (keys.length < LONGEST) keys.push(character);
      return null;
    },
    /** Keys of a burst so far: a field that got them as well may take them out again. */
    pending: () => keys.length,
  };
}

const whole = (keys) => readCode(keys.join('')).isOurs;

function characterOf({ key, code }) {
  if (key.length === 1) return key;
  if (key !== 'Process' && key !== 'Unidentified') return null;
  // A Chinese input method swallows the key and leaves only its place on the keyboard.
  const place = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code ?? '');
  return place ? (place[1] ?? place[2] ?? place[3]) : null;
}
