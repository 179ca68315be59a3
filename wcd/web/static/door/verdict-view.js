// A verdict, full screen: colour, shape, word, name as large as it fits, what to do.

import { el } from './dom.js';
import { symbol } from './symbols.js';
import { LOOKS, detailsOf } from './verdicts.js';
import { head } from './view.js';

const LARGEST = 5.25; // rem
const SMALLEST = 1.75;
const AIR = 12; // px left above and below

/** `record`: {scan, verdict, answer, read}. The screen of one scan. */
export function verdictScreen(record, ui, act) {
  const look = LOOKS[record.verdict];
  const guest = record.answer?.guest;
  return el(
    'div',
    { class: `door over ${look.tone}`, onclick: (event) => dismissByTap(event, look, act) },
    el('header', { class: 'gate' }, ...head(ui, act)),
    el('main', { class: 'v' }, wordOf(record, look, ui), guest ? person(guest, ui) : why(record, ui), below(record, guest, ui)),
    el('footer', { class: 'foot' }, ...buttons(record, look, ui, act)),
  );
}

/** The name as large as its room allows; never cut. Call it once the screen is in the page. */
export function fitName(screen) {
  const name = screen.querySelector('.guest .n');
  const room = name?.parentElement;
  if (!room) return;
  for (let size = LARGEST; size >= SMALLEST; size -= 0.25) {
    name.style.fontSize = `${size}rem`;
    if (name.scrollWidth <= room.clientWidth && heightOf(room) <= room.clientHeight - AIR) return;
  }
  name.classList.add('anywhere'); // one word longer than the screen is wide: it breaks rather than being cut
}

/** Of its content: what is centred and too high overflows at the top as well, where scrollHeight does not look. */
function heightOf(room) {
  return room.lastElementChild.getBoundingClientRect().bottom - room.firstElementChild.getBoundingClientRect().top;
}

function wordOf({ verdict }, look, { words }) {
  const word = el('b', {}, words.text(verdict));
  return el('div', { class: 'word', role: 'alert' }, symbol(look), el('h1', {}, word, el('span', { lang: words.other }, words.textOther(verdict))));
}

function person({ native_name: native, latin_name: latin, organisation, delegation }, { words }) {
  const large = native || latin;
  const body = delegation ? words.name(delegation) : '';
  return el(
    'div',
    { class: 'guest' },
    el('p', { class: 'n' }, ...breakable(large)),
    native && latin && latin !== native ? el('p', { class: 'l', lang: 'en' }, latin) : null,
    el('p', { class: 'o' }, words.name(organisation), body ? ` · ${body}` : ''),
  );
}

/** A name breaks after “·”, hyphens and spaces, and nowhere else; “·” stays with what is before it. */
function breakable(name) {
  const word = (part) => [el('span', { class: 'w' }, part), el('wbr')];
  return name.split(' ').flatMap((spaced, place) => [place > 0 ? ' ' : null, ...spaced.split(/(?<=[·・-])/).flatMap(word)]);
}

function why(record, ui) {
  const { words } = ui;
  const [detail] = detailsOf(record.answer ?? { verdict: record.verdict }, ui.time());
  const key = detail?.key ?? (record.verdict === 'unverified' ? 'unverified_why' : null);
  return el(
    'div',
    { class: 'why' },
    key ? el('h2', {}, words.text(key, detail?.values), el('span', { lang: words.other }, words.textOther(key, detail?.values))) : null,
    el('p', { class: 'read', lang: 'en' }, record.read),
  );
}

function below(record, guest, ui) {
  const { words } = ui;
  const verdict = record.verdict;
  const details = guest ? detailsOf(record.answer, ui.time()) : [];
  return el(
    'div',
    {},
    guest ? band(guest.category, words) : null,
    details.length ? el('ul', { class: 'hist' }, ...details.map((detail) => history(detail, words))) : null,
    guest?.seat ? el('p', { class: 'seat' }, el('span', {}, ...words.both('seat')), el('b', {}, words.name(guest.seat))) : null,
    verdict === 'checking' ? null : el('p', { class: 'do' }, words.text(`${verdict}_do`), ' ', el('span', { lang: words.other }, words.textOther(`${verdict}_do`))),
  );
}

function band(category, words) {
  const other = words.other === 'en' ? category.en : category.zh;
  return el('p', { class: 'band', 'data-mark': category.mark, 'data-cat': category.code }, words.name(category), ' ', el('span', { lang: words.other }, other));
}

function history({ key, values, time }, words) {
  return el(
    'li',
    { class: time ? null : 'wide' },
    time ? el('time', {}, time) : null,
    el('span', {}, words.text(key, values), el('small', { lang: words.other }, words.textOther(key, values))),
  );
}

function buttons(record, look, { words }, act) {
  const button = (key, onclick, main = false, hint = key) =>
    el(
      'button',
      { class: `btn${main ? ' main' : ''}`, type: 'button', onclick, 'data-first': main },
      words.text(key),
      el('small', { lang: words.other }, words.textOther(hint)),
    );
  if (record.verdict === 'already_inside') return [button('to_desk', act.close), button('let_in', () => act.letIn(record), true)];
  if (record.verdict === 'unknown') return [button('type_code', act.typeCode), button('close', act.close, true)];
  if (look.tone === 'go') return [button('undo', () => act.undo(record)), button('next', act.close, true, 'next_hint')];
  if (record.verdict === 'unverified') return [button('undo', () => act.undo(record)), button('next', act.close, true)];
  return [button('close', act.close, true)];
}

// A tap anywhere is "next", but a red one needs its button, and so does a decision.
function dismissByTap(event, look, act) {
  if (event.target.closest('button') || look.tone === 'stop' || look.sign === 'mark') return;
  act.close();
}
