// Beside the grid: what does not fit on this day, the chosen session, what is said aloud, what went wrong.
export function createAside({ root, model, setup, on, placed }) {
  const { words, day } = setup;
  const chosenBox = root.querySelector('#tt-chosen');
  const clashBox = root.querySelector('#tt-clashes');
  const live = root.querySelector('#tt-live');
  const notice = root.querySelector('#tt-notice');
  const tip = document.createElement('div');
  tip.className = 'tt-tip';
  tip.hidden = true;
  document.body.append(tip);

  const make = (name, text, className = '') => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  function clashRow(one) {
    const item = make('li');
    const link = make('a', one.title, `state ${one.blocks ? 'bad' : 'care'}`);
    link.href = `#session-${one.session}`;
    link.addEventListener('click', (event) => { event.preventDefault(); on.goTo(one.session); });
    item.append(link, make('small', one.says));
    return item;
  }

  function drawClashes() {
    const found = model.clashesOn(day);
    clashBox.querySelector('[data-count]').textContent = found.length;
    clashBox.querySelector('[data-clashes]').replaceChildren(
      ...(found.length ? found.map(clashRow) : [make('li', words.noClashes, 'quiet')]),
    );
  }

  function drawChosen(id) {
    const one = model.get(id);
    chosenBox.hidden = !one;
    if (!one) return;
    const title = make('h3');
    const link = make('a', one.title);
    link.href = `/organiser/sessions/${id}`;
    if (one.lang) link.lang = one.lang;
    title.append(link);
    const rows = make('ul', '', 'rows clashes');
    rows.setAttribute('role', 'list');
    rows.append(...model.clashesOf(id).map(clashRow));
    const acts = make('div', '', 'acts');
    if (setup.may && one.state !== 'called_off') {
      acts.append(button(words.place, () => on.form(id)), button(words.copy, () => on.copy(id)));
      if (one.starts) acts.append(button(words.off, () => on.takeOff(id)));
    }
    chosenBox.lastElementChild.replaceChildren(title, make('p', placed(one), 'small'), rows, acts);
  }

  function button(word, does) {
    const found = make('button', word, 'btn');
    found.type = 'button';
    found.addEventListener('click', does);
    return found;
  }

  return {
    drawClashes,
    drawChosen,
    say(text) { live.textContent = text; },
    /** Something that must be read: it stays until the next one. */
    warn(title, lines = [], kind = 'bad') {
      notice.replaceChildren();
      if (!title) return;
      const box = make('div', '', `notice ${kind}`);
      box.setAttribute('role', 'alert');
      const inner = make('div');
      inner.append(make('p', title, 'strong'), ...lines.map((line) => make('p', line)));
      box.append(inner);
      notice.append(box);
    },
    /** Words at the pointer while something is dragged. */
    tip(event, { title, lines = [], bad = false }) {
      tip.hidden = false;
      tip.classList.toggle('bad', bad);
      const text = [title, ...lines].join('\n');
      if (tip.dataset.text !== text) {
        tip.dataset.text = text;
        tip.replaceChildren(make('b', title), ...lines.map((line) => make('span', line)));
      }
      if (event?.clientX !== undefined) {
        const left = Math.min(event.clientX + 16, window.innerWidth - 310);
        const top = event.clientY + 24 > window.innerHeight - 160 ? event.clientY - 150 : event.clientY + 24;
        tip.style.transform = `translate(${left}px, ${top}px)`;
      }
    },
    hideTip() { tip.hidden = true; },
  };
}
