// The quiet screens: start, not paired, no contact, typing a code, the list for a supervisor.

import { el, icon } from './dom.js';
import { head } from './view.js';

export function startScreen(ui, act) {
  const { words, state } = ui;
  return plain(
    ui,
    act,
    [
      el('p', { class: 'edition' }, ...words.both('scan')),
      el('h1', {}, words.name(state.gate.name), el('span', { lang: words.other }, words.nameOther(state.gate.name))),
      el('p', {}, `${words.name(state.edition.name)} · ${state.gate.code} · ${words.text(state.gate.kind)}`),
      el('p', { class: 'quiet' }, words.text('start_why'), el('span', { lang: words.other }, words.textOther('start_why'))),
    ],
    [bigButton(words, 'start', act.start, 'scan')],
  );
}

export function noticeScreen(ui, act, key, { count = 0 } = {}) {
  const { words } = ui;
  return plain(ui, act, [
    el('h1', {}, words.text(key), el('span', { lang: words.other }, words.textOther(key))),
    el('p', {}, words.text(`${key}_do`), el('span', { lang: words.other }, words.textOther(`${key}_do`))),
    count > 0 ? el('p', { role: 'status' }, words.text('unpaired_kept', { count }), el('span', { lang: words.other }, words.textOther('unpaired_kept', { count }))) : null,
  ]);
}

export function typeScreen(ui, act) {
  const { words } = ui;
  const wrong = el('p', { class: 'error', id: 'code-e', role: 'alert' });
  const input = el('input', {
    class: 'input',
    id: 'code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'go',
    lang: 'en',
    maxlength: '40',
    'aria-describedby': 'code-h code-e',
    'data-first': true,
  });
  const submit = (event) => {
    event.preventDefault();
    if (act.typed(input.value)) return;
    wrong.replaceChildren(...words.both('code_wrong'));
    input.select();
  };
  const label = el('label', { for: 'code' }, ...words.both('code_label'));
  const help = el('p', { class: 'help', id: 'code-h' }, words.text('code_help'), el('span', { lang: words.other }, words.textOther('code_help')));
  const check = el('button', { class: 'btn main', type: 'submit' }, words.text('check_code'), el('small', { lang: words.other }, words.textOther('check_code')));
  const form = el('form', { class: 'typing', novalidate: true, onsubmit: submit }, label, input, wrong, help, el('div', { class: 'foot' }, back(words, act), check));
  return plain(ui, act, [el('h1', {}, words.text('type_code'), el('span', { lang: words.other }, words.textOther('type_code'))), form]);
}

export function asideScreen(ui, act, rows) {
  const { words } = ui;
  const item = ({ scan, error }) => el('li', {}, el('code', {}, scan.code ?? scan.short_code ?? scan.kind), el('small', {}, `${scan.scanned_at} · ${error}`));
  return plain(
    ui,
    act,
    [
      el('h1', {}, words.text('aside'), el('span', { lang: words.other }, words.textOther('aside'))),
      el('p', {}, words.text('aside_why'), el('span', { lang: words.other }, words.textOther('aside_why'))),
      el('ul', { class: 'aside' }, ...rows.map(item)),
    ],
    [back(words, act), bigButton(words, 'aside_save', () => save(rows), 'download')],
  );
}

function plain(ui, act, children, buttons = []) {
  return el(
    'div',
    { class: 'door over plain' },
    el('header', { class: 'gate' }, ...head(ui, act)),
    el('main', { class: 'quietly' }, ...children.filter(Boolean)),
    buttons.length ? el('footer', { class: `foot${buttons.length === 1 ? ' one' : ''}` }, ...buttons) : null,
  );
}

function back(words, act) {
  return el('button', { class: 'btn', type: 'button', onclick: act.close }, words.text('back'), el('small', { lang: words.other }, words.textOther('back')));
}

function bigButton(words, key, onclick, sign) {
  return el('button', { class: 'btn main', type: 'button', onclick, 'data-first': true }, icon(sign), words.text(key), el('small', { lang: words.other }, words.textOther(key)));
}

function save(rows) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(rows, null, 2)], { type: 'application/json' }));
  el('a', { href: address, download: 'door-scans.json' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
