// The timetable editor: puts model, server, grid, keyboard, list and aside together.
const root = document.querySelector('#timetable');
const setup = JSON.parse(document.querySelector('#tt-setup').content.textContent);
const parts = await Promise.all(['model', 'server', 'grid', 'keys', 'tray', 'aside'].map((name) => import(root.dataset[name])));
const { createModel, createSteps, placeOf, samePlace, seen, shifted, addMinutes, minutesBetween,
  createServer, Refusal, fieldsOf, createGrid, createKeys, createTray, createAside } = Object.assign({}, ...parts);

const { words, day } = setup;
const NOWHERE = { starts: '', ends: '', room: '' };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const wide = window.matchMedia('(width >= 60rem)');
const roomName = (id) => setup.rooms.find((room) => room.id === id)?.name ?? words.noRoom;
const dayName = (wall) => setup.days.find((one) => one.day === wall.slice(0, 10))?.says ?? wall.slice(0, 10);
const placed = (place) => (place.starts
  ? `${dayName(place.starts)} ${place.starts.slice(11)}–${place.ends.slice(11)} · ${roomName(place.room)}` : words.unscheduled);

const model = createModel();
const steps = createSteps({
  read: () => sessionStorage.getItem(`timetable-steps-${setup.edition}`),
  write: (text) => sessionStorage.setItem(`timetable-steps-${setup.edition}`, text),
});
let chosen = null;
let preview = null;
let cancelled = false;

const server = createServer({ csrf: setup.csrf, onNews: take, onTrouble: trouble, working: () => model.working });
const aside = createAside({ root, model, setup, placed, on: { goTo, copy, takeOff, form } });
const grid = createGrid({
  box: root.querySelector('#tt-grid'), model, setup, minutesBetween, icons: root.dataset.icons,
  on: { says: placed, isChosen: (id) => id === chosen, choose, begin, drag, drop },
});
const tray = createTray({
  section: root.querySelector('#tt-pool'), model, grid, setup, addMinutes, icons: root.dataset.icons,
  on: { choose, begin, drag, drop: dropFromTray },
});
const keys = createKeys({
  box: root.querySelector('#tt-grid'), pool: root.querySelector('#tt-pool'), model, grid, setup,
  shifted, addMinutes, minutesBetween, samePlace, placeOf,
  on: { trial, settled, letGo, move, takeOff, copy, form, undo, redo, choose, placeFirst,
    open: (id) => leave(`/organiser/sessions/${id}`) },
});

// ---- what the server says

function take(news) {
  const busy = grid.dragged ?? keys.held;
  const before = new Map(news.sessions.map((one) => [one.id, model.get(one.id)]));
  const changed = model.apply(news, { except: busy });
  if (changed === null) { everything(); return; }
  for (const one of news.sessions) {
    const was = before.get(one.id);
    if (one.by && was && one.id !== busy && one.version !== was.version && !mine.has(`${one.id} ${one.version}`)) {
      aside.say(fill(words.movedBy, { who: one.by, title: one.title, place: placed(one) }));
    }
  }
  document.querySelector('#tt-state').textContent = news.state;
  draw(changed);
}

async function everything() {
  const news = await server.changes(0);
  if (news) draw(model.replace(news));
}

function draw(ids) {
  grid.draw(ids);
  tray.draw();
  aside.drawClashes();
  aside.drawChosen(chosen);
  countDays();
  if (!wide.matches) freshList();
}

function countDays() {
  for (const tab of document.querySelectorAll('.tt-days [data-day]')) {
    tab.querySelector('.n').textContent = model.on(tab.dataset.day).length;
  }
}

/** On a phone the list is the page's own: it is fetched anew. */
async function freshList() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('.tt-list');
  if (fresh) root.querySelector('.tt-list').replaceWith(fresh);
}

function trouble(error) {
  if (!error) aside.warn(words.online, [], 'good');
  else aside.warn(error.status === 401 ? words.signIn : words.offline, [], 'care');
}

// ---- verbs; each is shown at once and put right where the server says no

const mine = new Set();

async function act(id, verb, fields, place) {
  const was = placeOf(model.get(id));
  if (place) { model.put(id, place); draw(new Set([id])); }
  try {
    const answer = await server.verb(id, verb, fields);
    mine.add(`${answer.session} ${answer.version}`);
    aside.warn('');
    if (answer.news) take(answer.news);
    return answer;
  } catch (error) {
    if (place) { model.put(id, was); draw(new Set([id])); }
    refused(error);
    return null;
  }
}

function refused(error) {
  if (!(error instanceof Refusal)) { aside.warn(words.offline, [], 'care'); return; }
  const { says, what = [], news } = error.body;
  aside.warn(error.status === 401 ? words.signIn : says ?? words.failed, what);
  if (news) take(news);
}

async function move(id, { from, to, version, confirmed = false, quiet = false }) {
  const fields = () => ({
    ...fieldsOf(to), version, seen: seen(from), confirmed: confirmed ? '1' : '',
  });
  const answer = to.starts ? await act(id, 'move', fields, to) : await off(id, { from, version });
  if (answer && !quiet) {
    steps.add({ id, from, to, confirmed: model.get(id)?.state === 'confirmed' });
    buttons();
    told(id);
  }
  return answer;
}

function off(id, { from, version }) {
  const confirmed = model.get(id).state === 'confirmed' ? '1' : '';
  return act(id, 'unschedule', () => ({ version, seen: seen(from), confirmed }), NOWHERE);
}

async function takeOff(id) {
  const one = model.get(id);
  if (!one.starts) return;
  const from = placeOf(one);
  const confirmed = one.state === 'confirmed';
  const answer = await off(id, { from, version: one.version });
  if (!answer) return;
  steps.add({ id, from, to: NOWHERE, confirmed });
  buttons();
  told(id);
  tray.element(id)?.focus();
}

async function copy(id, place) {
  const at = place?.starts ? place : null;
  const answer = await act(id, 'copy', () => (at ? fieldsOf(at) : {}));
  if (!answer) return;
  steps.add({ copy: answer.session, id, to: at ?? NOWHERE });
  buttons();
  choose(answer.session);
  told(answer.session);
  if (at) grid.focus(answer.session);
  else tray.element(answer.session)?.focus();
}

async function placeFirst(id) {
  const one = model.get(id);
  const to = model.firstFree(day, one.minutes, grid.rooms());
  if (!to) { aside.warn(words.noFreePlace, [], 'care'); return; }
  if (await move(id, { from: NOWHERE, to, version: one.version })) grid.focus(id);
}

function form(id) {
  return leave(`/organiser/timetable/${id}`);
}

/** The next page shall know what was done on this one. */
async function leave(address) {
  keys.settle();
  await server.idle();
  location.href = address;
}

/** What was done and how it fits, for ears and eyes. */
function told(id) {
  const one = model.get(id);
  if (!one) return;
  const clash = model.clashesOf(id).map((found) => found.says);
  aside.say([fill(words.placed, { title: one.title, place: placed(one) }), ...clash].join(' '));
}

// ---- steps back and forth

async function undo() {
  const step = steps.takeUndo();
  if (!step) { aside.say(words.nothingToUndo); return; }
  if (await backOrForth(step, step.to, step.from, true)) steps.wasUndone(step);
  buttons();
}

async function redo() {
  const step = steps.takeRedo();
  if (!step) { aside.say(words.nothingToRedo); return; }
  if (await backOrForth(step, step.from, step.to, false)) steps.wasRedone(step);
  buttons();
}

async function backOrForth(step, from, to, back) {
  if (step.copy) return copyAgain(step, back);
  const one = model.get(step.id);
  if (!one || !samePlace(placeOf(one), from)) {
    aside.warn(fill(words.undoLost, { title: one?.title ?? '' }), one ? [placed(one)] : [], 'care');
    return false;
  }
  const answer = await move(step.id, { from, to, version: one.version, confirmed: step.confirmed, quiet: true });
  if (!answer) return false;
  told(step.id);
  if (to.starts.slice(0, 10) === day) grid.focus(step.id);
  else if (!to.starts) tray.element(step.id)?.focus();
  return true;
}

async function copyAgain(step, back) {
  if (!back) {
    const answer = await act(step.id, 'copy', () => (step.to.starts ? fieldsOf(step.to) : {}));
    if (answer) step.copy = answer.session;
    return Boolean(answer);
  }
  const one = model.get(step.copy);
  return Boolean(one && await act(step.copy, 'discard', () => ({ version: one.version })));
}

function buttons() {
  document.querySelector('[data-do=undo]').disabled = !steps.canUndo;
  document.querySelector('[data-do=redo]').disabled = !steps.canRedo;
}

// ---- choosing, dragging, trying

function choose(id) {
  const before = chosen;
  chosen = id;
  grid.draw(new Set([before, id].filter(Boolean)));
  aside.drawChosen(id);
}

function goTo(id) {
  const one = model.get(id);
  if (one?.starts && one.starts.slice(0, 10) !== day) { location.href = `/organiser/timetable?day=${one.starts.slice(0, 10)}#session-${id}`; return; }
  choose(id);
  const found = grid.element(id) ?? tray.element(id);
  found?.scrollIntoView({ block: 'center', inline: 'center' });
  found?.focus();
}

function begin(id) {
  keys.settle();
  cancelled = false;
  look(id);
}

/** From here on somebody tries places for it; the version is that of what they saw. */
function look(id) {
  const one = model.get(id);
  const box = root.querySelector('#tt-grid').getBoundingClientRect();
  const inside = ({ clientX, clientY }) => clientX > box.left && clientX < box.right && clientY > box.top && clientY < box.bottom;
  preview = { id, from: placeOf(one), version: one.version, key: '', timer: 0, inside };
}

/** Under the pointer: what would be in the way is drawn at once, the server's words follow. */
function drag(id, place, event) {
  if (!preview) begin(id);
  const target = event && targetAt(event);
  const key = target ?? seen(place);
  if (key === preview.key) { if (event && preview.words) aside.tip(event, preview.words); return; }
  preview.key = key;
  if (target) { calm(); preview.words = { title: target === 'pool' ? words.takeOff : dayName(target) }; aside.tip(event, preview.words); return; }
  ask(id, place, event);
}

function ask(id, place, event) {
  if (!place.starts) { calm(); aside.hideTip(); preview.words = null; return; }
  const way = model.inTheWay(id, place);
  grid.mark(new Set(way.map((one) => one.id)));
  root.classList.toggle('clashing', way.length > 0);
  const show = (found) => {
    const free = way.length ? model.freeRoom(id, place, grid.rooms()) : null;
    preview.words = {
      title: found.length ? fill(words.clashesHere, { n: found.length }) : words.fitsHere, bad: found.length > 0,
      lines: [`${place.starts.slice(11)}–${place.ends.slice(11)} · ${roomName(place.room)}`, ...found.slice(0, 4),
        ...(found.length ? [words.mayDrop] : []), ...(free ? [fill(words.nearest, { room: roomName(free) })] : [])],
    };
    aside.tip(event, preview.words);
  };
  show(way.map((one) => `${roomName(place.room)}: ${one.title} (${one.starts.slice(11)}–${one.ends.slice(11)})`));
  clearTimeout(preview.timer);
  const mineNow = preview;
  preview.timer = setTimeout(async () => {
    try {
      const { clashes } = await server.whatIf(id, place);
      if (preview !== mineNow || preview.key !== seen(place) || !clashes) return;
      root.classList.toggle('clashing', clashes.length > 0);
      grid.mark(new Set(clashes.map((one) => (one.session === id ? one.other : one.session)).filter(Boolean)));
      show(clashes.map((one) => one.says));
      if (keys.held === id) aside.say(`${placed(place)}. ${clashes.length ? clashes.map((one) => one.says).join(' ') : words.fitsHere}`);
    } catch { /* the pointer has gone on, or the line is down: the next answer counts */ }
  }, 90);
}

function calm() {
  grid.mark(new Set());
  root.classList.remove('clashing');
  server.forget();
}

const targetAt = (event) => {
  if (preview?.inside(event)) return null; // most of the time; to ask what lies there makes the browser lay out the page
  const under = document.elementFromPoint(event.clientX, event.clientY);
  return under?.closest('.tt-days [data-day]')?.dataset.day ?? (under?.closest('#tt-pool') && !tray.dragging ? 'pool' : null);
};

function endPreview() {
  const ended = preview;
  clearTimeout(preview?.timer);
  preview = null;
  calm();
  aside.hideTip();
  return ended;
}

function drop(id, place, event) {
  const { from, version } = endPreview();
  const target = targetAt(event);
  const redraw = () => draw(new Set([id]));
  if (cancelled) { redraw(); aside.say(words.dropped); return; }
  if (target === 'pool') { redraw(); takeOff(id); return; }
  const to = target ? ontoDay(from, target) : place;
  if (event.ctrlKey || event.metaKey) { redraw(); copy(id, to); return; }
  if (samePlace(from, to)) { redraw(); return; }
  move(id, { from, to, version });
}

function ontoDay(from, target) {
  const minutes = minutesBetween(from.starts, from.ends);
  const starts = `${target}T${from.starts.slice(11)}`;
  return { starts, ends: addMinutes(starts, minutes), room: from.room };
}

function dropFromTray(id, place, event) {
  const { version } = endPreview() ?? {};
  if (cancelled || !place) { if (event) aside.say(words.dropped); return; }
  if (event.ctrlKey || event.metaKey) copy(id, place);
  else move(id, { from: NOWHERE, to: place, version });
}

function trial(id, place) {
  if (preview?.id !== id) look(id);
  model.put(id, place);
  draw(new Set([id]));
  grid.focus(id);
  preview.key = seen(place);
  aside.say(placed(place));
  const box = grid.element(id)?.getBoundingClientRect();
  ask(id, place, box ? { clientX: box.left, clientY: box.bottom - 10 } : undefined);
}

function settled(id) {
  endPreview();
  draw(new Set([id]));
}

function letGo(id, from) {
  endPreview();
  model.put(id, from);
  draw(new Set([id]));
  grid.focus(id);
  aside.say(words.dropped);
}

window.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !(grid.dragged || tray.dragging)) return;
  cancelled = true;
  tray.cancel(event);
}, true);

// ---- begin

function grow() {
  if (!wide.matches || root.classList.contains('has-grid')) return;
  root.classList.add('has-grid');
  grid.start();
  const wanted = location.hash.replace('#session-', '');
  if (model.get(wanted)) goTo(wanted);
}

model.apply(setup.news);
document.documentElement.classList.add('has-timetable');
tray.draw();
aside.drawClashes();
buttons();
grow();
wide.addEventListener('change', grow);
window.addEventListener('pagehide', () => keys.settle());
document.querySelector('[data-do=undo]').addEventListener('click', undo);
document.querySelector('[data-do=redo]').addEventListener('click', redo);
server.start();
root.dataset.ready = '';
