// One shift at a gate: what was scanned, what is shown for it, and when that changes. No DOM, no network of its own.

import { readCode, showShort } from './codes.js';
import { letIn, newScan, undo } from './scans.js';
import { LOOKS } from './verdicts.js';

const PATIENCE = 2500; // ms without an answer, and the screen says "stored, not verified"

/**
 * `screen`: shows(record) draws a verdict, gone() takes it away, last(record) is the strip; `sounds.give(look)`.
 * A record is {scan, read, at, verdict, answer, undone}.
 */
export function createShift({ queue, sync, clock, sounds, screen, timers, gate }) {
  const records = new Map(); // by scan id, of this shift: answers may come late
  let showing = null;
  let patience = null;

  /** Somebody showed a code. False while a red verdict waits for its tap. */
  async function take(text, enteredBy) {
    if (showing && LOOKS[showing.verdict].tone === 'stop') {
      sounds.give(LOOKS[showing.verdict]);
      return false;
    }
    const read = readCode(text);
    const scan = newScan(read, enteredBy, gate(), clock.read());
    const record = { scan, read: read.shortCode ? showShort(read.shortCode) : read.code, at: now(), verdict: scan.verdict ?? 'checking', answer: null };
    records.set(scan.id, record);
    await queue.add(scan);
    show(record);
    timers.clear(patience);
    patience = timers.set(() => lose(record), PATIENCE);
    void sync.push();
    return true;
  }

  function show(record) {
    showing = record;
    screen.shows(record);
    sounds.give(LOOKS[record.verdict]);
  }

  function lose(record) {
    if (record.verdict !== 'checking') return;
    record.verdict = 'unverified';
    if (showing === record) show(record);
    screen.last(record);
  }

  /** The server's answers to what was sent. */
  function learn(results) {
    for (const answer of results) {
      const record = records.get(answer.id);
      if (!record || !answer.stored || !(answer.verdict in LOOKS)) continue;
      const changed = record.verdict !== answer.verdict;
      const late = record.verdict === 'unverified';
      const guest = answer.guest ?? record.answer?.guest ?? null; // corrections answer without the guest
      Object.assign(record, { verdict: answer.verdict, answer: { ...answer, guest } });
      if (showing === record) {
        if (changed) show(record);
        else screen.shows(record); // the same word, now with its reason
      } else if (late && LOOKS[record.verdict].tone !== 'go') sounds.give(LOOKS[record.verdict]);
      screen.last(record);
    }
  }

  async function correct(record, fact, verdict) {
    records.set(fact.id, { ...record, scan: fact, at: now(), verdict });
    await queue.add(fact);
    void sync.push();
    return records.get(fact.id);
  }

  function close() {
    showing = null;
    screen.gone();
  }

  const now = () => new Date(clock.now()).toISOString();

  return {
    take,
    learn,
    close,
    showing: () => showing,
    /** The person at the gate lets the guest in all the same. */
    async letIn(record) {
      const made = await correct(record, letIn(record.scan, gate(), clock.read()), 'welcome');
      show(made);
      screen.last(made);
    },
    /** The last scan did not happen. */
    async undo(record) {
      const made = await correct(record, undo(record.scan, gate(), clock.read()), record.verdict);
      if (showing === record) close();
      screen.last({ ...made, undone: true });
    },
  };
}
