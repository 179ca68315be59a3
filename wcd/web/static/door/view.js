// The screen of the gate: head, numbers, camera, the last guest, buttons. A verdict lies over it.

import { el, icon, svg } from './dom.js';
import { LOOKS, clockTime } from './verdicts.js';

/** `act`: what the buttons do. Everything that changes is drawn by `draw(ui)`; the video stays where it is. */
export function createView(root, act) {
  const video = el('video', { playsinline: true, muted: true, 'aria-hidden': 'true', tabindex: '-1' });
  video.muted = true;
  const camera = el('main', { class: 'cam' }, video);
  const parts = { head: el('header', { class: 'gate' }), figures: el('section'), last: el('section'), foot: el('footer', { class: 'foot' }) };
  const gate = el('div', { class: 'door' }, parts.head, parts.figures, camera, parts.last, parts.foot);
  let over = null;

  function draw(ui) {
    document.documentElement.lang = ui.words.language;
    parts.head.replaceChildren(...head(ui, act));
    figures(parts.figures, ui);
    camera.replaceChildren(video, ...overCamera(ui, act));
    parts.last.replaceWith((parts.last = last(ui, act)));
    parts.foot.replaceChildren(...buttons(ui, act));
  }

  return {
    video,
    draw,
    /** The gate's screen, once it is known. */
    show() {
      if (!gate.isConnected) root.replaceChildren(gate);
    },
    /** A screen over the gate's, or over nothing. */
    cover(screen) {
      over?.remove();
      over = screen;
      gate.inert = screen !== null;
      if (screen === null) return;
      if (!gate.isConnected) root.replaceChildren();
      root.append(screen);
      screen.querySelector('[data-first]')?.focus({ preventScroll: true });
    },
    /** Only the light: every second, without touching anything else. */
    light(ui) {
      for (const node of root.querySelectorAll('.light')) node.replaceWith(light(ui));
    },
  };
}

export function head(ui, act) {
  const { words, state } = ui;
  const gate = state?.gate;
  const kind = gate ? ` · ${words.text(gate.kind)}` : '';
  return [
    el(
      'p',
      {},
      el('b', {}, gate ? words.name(gate.name) : 'wcd', ' ', gate ? el('span', { lang: words.other }, words.nameOther(gate.name)) : null),
      gate ? `${gate.code}${kind}` : '',
    ),
    light(ui),
    el(
      'button',
      { class: 'btn', type: 'button', lang: words.other, onclick: act.changeLanguage },
      el('span', { 'aria-hidden': 'true' }, words.other === 'en' ? 'EN' : '中文'),
      el('span', { class: 'sr' }, words.textOther('switch_language')),
    ),
  ];
}

function light({ words, light: now, age }) {
  const [tone, text] = lightText(words, now, age);
  return el('p', { class: `light ${tone}`, role: 'status' }, text);
}

function lightText(words, { online, waiting, unsaved }, age) {
  if (unsaved > 0) return ['bad', words.text('storage_full')];
  if (!online) return ['bad', words.text(waiting > 0 ? 'light_waiting' : 'light_offline', { count: waiting })];
  if (waiting > 0) return ['care', words.text('light_sending', { count: waiting })];
  return ['', age < 3 ? words.text('light_now') : words.text('light_ago', { seconds: age })];
}

function figures(section, { words, state }) {
  const numbers = state?.numbers;
  section.setAttribute('aria-label', words.text('inside'));
  const figure = (key, value, small = null) =>
    el('div', {}, el('dt', {}, ...(key === 'last_ten_minutes' ? [words.text(key)] : words.both(key))), el('dd', {}, value ?? '–', small ? el('small', {}, ` ${small}`) : null));
  const expected = numbers?.expected ? `/ ${numbers.expected}` : null;
  section.replaceChildren(
    el(
      'dl',
      { class: 'figs' },
      figure('inside', numbers?.inside),
      figure('arrived', numbers?.arrived, expected),
      figure('last_ten_minutes', numbers?.last_ten_minutes),
    ),
  );
}

function overCamera(ui, act) {
  const { words, camera, state } = ui;
  const title = el('h1', { class: 'sr' }, words.text('scan'));
  const closed = state && !state.gate.open ? el('p', { class: 'banner' }, ...words.both('gate_off')) : null;
  if (ui.paused) return [title, closed, message(words, 'paused', null)].filter(Boolean);
  if (camera.why) {
    const again = camera.why === 'insecure' ? null : el('button', { class: 'btn', type: 'button', onclick: act.start }, ...words.both('try_again'));
    return [title, closed, message(words, `camera_${camera.why}`, again)].filter(Boolean);
  }
  const round = (name, key, onclick, pressed = null) =>
    el('button', { class: 'btn', type: 'button', 'aria-label': words.text(key), 'aria-pressed': pressed, onclick }, icon(name));
  return [
    title,
    closed,
    frame(),
    el(
      'div',
      { class: 'small-btns' },
      camera.torch ? round('bulb', 'torch', act.torch, String(Boolean(ui.torchOn))) : null,
      camera.cameras > 1 ? round('camera-rotate', 'camera_next', act.nextCamera) : null,
    ),
    el('p', { class: 'hint' }, el('span', {}, ...words.both('hint'))),
  ].filter(Boolean);
}

function message(words, key, button) {
  return el('div', { class: 'message' }, el('p', {}, words.text(key)), el('p', { lang: words.other }, words.textOther(key)), button);
}

function frame() {
  return svg(
    'svg',
    { class: 'frame', viewBox: '0 0 222 240', 'aria-hidden': 'true' },
    svg('path', { d: 'M3 37V3h34M185 3h34v34M219 203v34h-34M37 237H3v-34' }),
  );
}

function last(ui, act) {
  const { words, last: record, state } = ui;
  if (!record) return el('section', { class: 'last none', 'aria-label': words.text('last_none') }, el('p', {}, ...words.both('last_none')));
  const { tone } = LOOKS[record.verdict];
  const guest = record.answer?.guest;
  const time = clockTime(record.at, state.edition.zone);
  const word = record.undone ? 'undone' : record.verdict;
  return el(
    'section',
    { class: `last ${record.undone ? 'calm' : tone}`, 'aria-label': words.text(word) },
    icon(record.undone ? 'arrow-back-up' : tone === 'go' ? 'check' : tone === 'calm' ? 'clock' : 'alert-triangle'),
    el(
      'p',
      {},
      el('b', {}, guest ? guest.native_name || guest.latin_name : record.read),
      el('small', {}, record.verdict === 'welcome' && !record.undone ? '' : `${words.text(word)} · `, guest?.native_name && guest.latin_name ? `${guest.latin_name} · ` : '', time),
    ),
    record.undone || tone !== 'go' ? null : el('button', { class: 'btn', type: 'button', onclick: () => act.undo(record) }, words.text('undo')),
  );
}

function buttons(ui, act) {
  const { words } = ui;
  const button = (name, key, onclick, main = '') =>
    el('button', { class: `btn ${main}`, type: 'button', onclick }, icon(name), words.text(key), el('small', { lang: words.other }, words.textOther(key)));
  return [
    ui.paused ? button('scan', 'resume', act.start) : ui.camera.on ? button('player-pause', 'pause', act.pause) : null,
    button('keyboard', 'type_code', act.typeCode, 'main'),
    ui.aside > 0 ? button('alert-triangle', 'aside', act.showAside) : null,
  ].filter(Boolean);
}
