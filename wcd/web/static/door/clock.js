// How far the server's clock is ahead of this device's, kept through corrections of the device's clock.

const JUMP = 2000;
const SLOW = 3000; // an answer that took longer says too little about the time

export function createClock({ wall = () => Date.now(), steady = () => performance.now(), offset = 0 } = {}) {
  let known = Math.round(offset);
  let best = false;
  let last = { wall: wall(), steady: steady() };

  function watch() {
    const here = { wall: wall(), steady: steady() };
    const jump = here.wall - last.wall - (here.steady - last.steady);
    last = here;
    // Set back: certain, so the offset grows by as much. Ahead: the steady clock of many phones stands still while
    // they sleep, so it may be sleep; the wall clock is believed, and the next answer of the server mends it.
    if (jump < -JUMP) known -= Math.round(jump);
    return Math.abs(jump) > JUMP;
  }

  return {
    /** {wall, offset}: this device's time and what to add to it. */
    read() {
      watch();
      return { wall: last.wall, offset: known };
    },
    /** True when the clock jumped since it was looked at last: ask the server soon. */
    jumped: watch,
    /** An answer of the server: its time, and how long the question took. */
    learn(serverNow, took) {
      watch();
      if (best && took > SLOW) return;
      best = best || took <= SLOW;
      known = Math.round(serverNow + took / 2 - last.wall);
    },
    /** The server's time now, as far as we know. */
    now() {
      watch();
      return last.wall + known;
    },
  };
}
