// When to push, when to ask for the gate's state, how long to wait after a failure.

const BATCH = 50;
const POLL = 10_000;
const LONGEST_WAIT = 30_000;

/**
 * `tell` receives: results(sent, results), state(body), light({online, paired, waiting, aside}).
 * `timers` is {set(fn, ms) → handle, clear(handle)}; `random` spreads the devices' retries.
 */
export function createSync({ queue, client, clock, tell, timers, random = Math.random }) {
  let paired = true;
  let online = true;
  let failures = 0;
  let pushing = null;
  let again = false;
  let retry = null;
  let oneByOne = 0;

  async function shine() {
    tell.light({ online, paired, waiting: await queue.count(), unsaved: queue.unsaved() });
  }

  /** Send what waits. Calls while it runs make it look once more. */
  function push() {
    again = true;
    pushing ??= run().finally(() => {
      pushing = null;
    });
    return pushing;
  }

  async function run() {
    timers.clear(retry);
    while (again && paired) {
      again = false;
      try {
        await drain();
      } catch {
        later(0); // the device's storage failed: nothing was dropped
      }
    }
    await shine();
  }

  async function drain() {
    for (;;) {
      const batch = await queue.waiting(oneByOne > 0 ? 1 : BATCH);
      if (batch.length === 0) return;
      const answer = await client.send(batch);
      if (!(await take(batch, answer))) return;
    }
  }

  /** True when it is worth going on at once. */
  async function take(batch, answer) {
    if (answer.ok) {
      learn(answer);
      const left = await queue.settle(batch, answer.body.results);
      oneByOne = Math.max(0, oneByOne - left);
      tell.results(batch, answer.body.results);
      if (left > 0) return true;
      return later(0); // an answer that names none of ours
    }
    if (answer.why === 'unpaired') {
      paired = false;
      return false;
    }
    if (answer.why === 'refused') {
      if (batch.length > 1) oneByOne = batch.length;
      else {
        await queue.setAside(batch[0], `refused_${answer.status}`);
        oneByOne = Math.max(0, oneByOne - 1);
      }
      return true;
    }
    return later(answer.wait);
  }

  function later(wait) {
    online = false;
    const pause = Math.min(LONGEST_WAIT, 1000 * 2 ** failures) * (0.75 + random() / 2);
    failures += 1;
    retry = timers.set(retried, Math.max(wait, pause));
    return false;
  }

  async function retried() {
    await push();
    if (!online && (await queue.count()) === 0) await poll(); // another tab of the app has sent it meanwhile
  }

  function learn(answer) {
    online = true;
    failures = 0;
    clock.learn(Date.parse(answer.body.now), answer.took);
  }

  /** Ask for gate, numbers and time; pairs again if the device is known again. */
  async function poll() {
    const answer = await client.state();
    if (answer.ok) {
      const wasAway = !online || !paired;
      paired = true;
      learn(answer);
      tell.state(answer.body);
      if (wasAway) await push();
    } else if (answer.why === 'unpaired') paired = false;
    else online = false;
    await shine();
    return answer;
  }

  return {
    push,
    poll,
    /** Every ten seconds, and at once when the network returns or the clock jumps. */
    start(window) {
      const beat = async () => {
        await poll();
        timers.set(beat, POLL);
      };
      timers.set(beat, POLL);
      window.addEventListener('online', () => {
        failures = 0;
        void poll().then(push);
      });
      window.addEventListener('offline', () => {
        online = false;
        void shine();
      });
    },
  };
}
