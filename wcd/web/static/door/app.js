// Starts the door app and wires its parts together.

import { createClient } from './client.js';
import { createClock } from './clock.js';
import { readCode } from './codes.js';
import { asideScreen, noticeScreen, startScreen, typeScreen } from './plain-view.js';
import { pageStore } from './page-store.js';
import { createQueue } from './queue.js';
import { createRepeats } from './repeats.js';
import { createCamera } from './scanner.js';
import { createShift } from './shift.js';
import { createSounds } from './sounds.js';
import { openStore } from './store.js';
import { createSync } from './sync.js';
import { fitName, verdictScreen } from './verdict-view.js';
import { createView } from './view.js';
import { createWedge } from './wedge.js';
import { createWords } from './words.js';

const NUMBERS = 2000; // ms after a scan, the numbers are asked for
const timers = { set: (act, ms) => setTimeout(act, ms), clear: (handle) => clearTimeout(handle) };
const store = await openStore().catch(pageStore);
const client = createClient();
const clock = createClock({ offset: (await store.get('offset').catch(() => 0)) ?? 0 });
const queue = createQueue(store);
const sounds = createSounds();
const wedge = createWedge();
const repeats = createRepeats();
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('wcd-door') : null;
let soon = null;

const ui = {
  words: createWords(await loadWords(), await store.get('language').catch(() => null)),
  state: (await store.get('state').catch(() => null)) ?? null,
  light: { online: true, paired: true, waiting: 0, unsaved: 0 },
  age: 0,
  heard: 0,
  camera: { on: false, torch: false, cameras: 0, why: null },
  torchOn: false,
  paused: false,
  booted: false, // the server was asked once
  started: false,
  last: null,
  aside: 0,
  panel: null, // 'type' or 'aside', over the gate
  time: () => ({ now: clock.now(), zone: ui.state.edition.zone }),
};

const act = {
  start: startCamera,
  pause,
  torch,
  nextCamera,
  changeLanguage,
  typeCode: () => openPanel('type'),
  showAside: () => openPanel('aside'),
  typed,
  close,
  letIn: (record) => shift.letIn(record),
  undo: (record) => shift.undo(record),
};
const view = createView(document.getElementById('app'), act);
const sync = createSync({ queue, client, clock, timers, tell: { results: takeResults, state: takeState, light: takeLight } });
const shift = createShift({
  queue,
  sync,
  clock,
  sounds,
  timers,
  gate: () => ui.state.gate.id,
  screen: { shows: () => cover(), gone: () => cover(), last: (record) => draw({ last: record }) },
});
const camera = createCamera({
  video: view.video,
  makeDecoder: () => new Worker(new URL('./decoder.worker.js', import.meta.url), { type: 'module' }),
  onText: (text) => {
    if (!repeats.isNew(text, performance.now()) || !ready()) return;
    ui.panel = null;
    void shift.take(text, 'camera');
  },
});

listen();
if (tabs) tabs.onmessage = ({ data: results }) => learn(results);
draw({ aside: (await queue.aside().catch(() => [])).length });
await sync.poll();
ui.booted = true;
void cover();
void sync.push();
sync.start(window);
setInterval(tick, 1000);

async function loadWords() {
  for (;;) {
    const answer = await client.words();
    if (answer.ok) {
      void store.put('words', answer.body).catch(() => {});
      return answer.body;
    }
    const kept = await store.get('words').catch(() => null);
    if (kept) return kept;
    await new Promise((resolve) => timers.set(resolve, 2000));
  }
}

function ready() {
  return ui.light.paired && ui.started && ui.state !== null && ui.panel !== 'aside';
}

function takeResults(_sent, results) {
  tabs?.postMessage(results); // two tabs share one queue: whoever sends a scan tells the one that shows it
  learn(results);
}

function learn(results) {
  shift.learn(results);
  soon ??= timers.set(() => {
    soon = null;
    void sync.poll();
  }, NUMBERS);
}

function takeState(state) {
  ui.heard = performance.now();
  void store.put('state', state).catch(() => {});
  void store.put('offset', clock.read().offset).catch(() => {});
  draw({ state, age: 0 });
}

async function takeLight(light) {
  const changed = light.paired !== ui.light.paired;
  if (light.online) ui.heard = performance.now();
  ui.light = light;
  const aside = (await queue.aside().catch(() => [])).length;
  if (changed || aside !== ui.aside) draw({ aside });
  else tick();
}

function tick() {
  ui.age = Math.round((performance.now() - ui.heard) / 1000);
  if (clock.jumped()) void sync.poll();
  view.light(ui);
}

function draw(changes = {}) {
  const before = screenName();
  Object.assign(ui, changes);
  if (ui.state) {
    view.show();
    view.draw(ui);
  }
  if (screenName() !== before || !document.querySelector('.door')) cover();
}

function screenName() {
  if (!ui.light.paired) return 'unpaired';
  if (!ui.state) return ui.booted ? 'no_contact' : null;
  if (!ui.started) return 'start';
  return ui.panel ?? (shift.showing() ? 'verdict' : null);
}

/** What lies over the gate's screen now. */
async function cover() {
  const name = screenName();
  if (name === 'unpaired') view.cover(noticeScreen(ui, act, 'unpaired', { count: ui.light.waiting }));
  else if (name === 'no_contact') view.cover(noticeScreen(ui, act, 'no_contact'));
  else if (name === 'start') view.cover(startScreen(ui, act));
  else if (name === 'type') view.cover(typeScreen(ui, act));
  else if (name === 'aside') view.cover(asideScreen(ui, act, await queue.aside()));
  else if (name === null) view.cover(null);
  else {
    const screen = verdictScreen(shift.showing(), ui, act);
    view.cover(screen);
    fitName(screen);
  }
}

function openPanel(panel) {
  shift.close();
  ui.panel = panel;
  void cover();
}

function close() {
  ui.panel = null;
  shift.close();
}

function typed(text) {
  const read = readCode(text);
  if (!read.isOurs) return false;
  ui.panel = null;
  void shift.take(text, 'typed');
  return true;
}

async function startCamera() {
  sounds.unlock();
  ui.started = true;
  const found = await camera.start();
  draw({ paused: false, torchOn: false, camera: { on: found.ok, torch: Boolean(found.torch), cameras: found.cameras ?? 0, why: found.why ?? null } });
  void cover();
}

function pause() {
  camera.stop();
  draw({ paused: true, camera: { ...ui.camera, on: false } });
}

async function nextCamera() {
  const found = await camera.next();
  draw({ torchOn: false, camera: { on: found.ok, torch: Boolean(found.torch), cameras: found.cameras ?? 0, why: found.why ?? null } });
}

async function torch() {
  await camera.torch(!ui.torchOn).catch(() => {});
  draw({ torchOn: !ui.torchOn });
}

function changeLanguage() {
  ui.words.change();
  void store.put('language', ui.words.language).catch(() => {});
  draw();
  void cover();
}

function listen() {
  // Before any field or button: a hand scanner types wherever the focus is.
  document.addEventListener('keydown', onKey, { capture: true });
  document.addEventListener('pointerdown', () => sounds.unlock(), { capture: true });
  document.addEventListener('visibilitychange', () => {
    if (!ui.started || ui.paused) return;
    if (document.hidden) camera.stop();
    else if (!ui.camera.why) void startCamera();
  });
}

function onKey(event) {
  sounds.unlock();
  const read = wedge.feed(event, event.timeStamp); // when the key was pressed, however busy the page is
  if (read) {
    event.preventDefault();
    event.stopPropagation();
    if (event.target instanceof HTMLInputElement) event.target.value = '';
    if (ui.state && ui.light.paired) {
      ui.started = true;
      ui.panel = null;
      void shift.take(read.text, 'scanner');
    }
  } else if (event.key === 'Escape') close();
}
