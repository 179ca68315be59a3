// A camera sees one badge in thirty pictures: only the first of them is a scan. Pure.

const AWAY = 1500; // ms out of sight, and it is a new scan

export function createRepeats() {
  let seen = '';
  let last = -Infinity;
  return {
    /** Whether this text is newly shown. Call it for every picture in which it was read. */
    isNew(text, time) {
      const fresh = text !== seen || time - last > AWAY;
      seen = text;
      last = time;
      return fresh;
    },
  };
}
