// The list of sessions that wait, and dragging out of it into the grid.
export function createTray({ section, model, grid, setup, icons, on, addMinutes }) {
  const { words, kinds } = setup;
  const list = section.querySelector('.pool');
  let drag = null;

  function draw() {
    const active = document.activeElement?.dataset?.session;
    const waiting = model.waiting();
    section.querySelector('[data-count]').textContent = waiting.length;
    list.replaceChildren(...waiting.map(row));
    if (!waiting.length) {
      const none = document.createElement('li');
      none.className = 'none quiet';
      none.textContent = words.allPlaced;
      list.append(none);
    }
    if (active) list.querySelector(`[data-session="${active}"]`)?.focus();
  }

  function row(one) {
    const item = document.createElement('li');
    item.className = one.kind;
    item.id = `session-${one.id}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.session = one.id;
    if (setup.may) button.setAttribute('aria-describedby', 'tt-keys');
    const title = document.createElement('span');
    title.textContent = one.title;
    if (one.lang) title.lang = one.lang;
    const small = document.createElement('small');
    small.textContent = `${kinds[one.kind]}　${words.minutes.replace('{n}', one.minutes)}`;
    button.append(title, small);
    button.addEventListener('click', (event) => event.detail && on.choose(one.id));
    item.append(button);
    return item;
  }

  function ghostAt(x, y) {
    const found = grid.at(x, y);
    if (!found) return null;
    const { minutes } = model.get(drag.id);
    return { place: { starts: found.starts, ends: addMinutes(found.starts, minutes), room: found.room }, column: found.column };
  }

  list.addEventListener('pointerdown', (event) => {
    const button = event.target.closest('[data-session]');
    if (!button || !setup.may || event.button !== 0 || event.pointerType !== 'mouse') return;
    drag = { id: button.dataset.session, x: event.clientX, y: event.clientY, ghost: null, place: null, button };
  });

  window.addEventListener('pointermove', (event) => {
    if (!drag) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
      drag.ghost = document.createElement('div');
      drag.ghost.className = 'tt-ghost';
      drag.ghost.textContent = model.get(drag.id).title;
      drag.button.classList.add('lifted');
      document.body.append(drag.ghost);
      on.begin(drag.id);
    }
    event.preventDefault();
    const found = ghostAt(event.clientX, event.clientY);
    drag.place = found?.place ?? null;
    drag.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`;
    drag.ghost.classList.toggle('over', Boolean(found));
    drag.ghost.textContent = found ? `${found.place.starts.slice(11)}–${found.place.ends.slice(11)}　${model.get(drag.id).title}` : model.get(drag.id).title;
    on.drag(drag.id, drag.place ?? { starts: '', ends: '', room: '' }, event);
  });

  function finish(event, dropped) {
    if (!drag) return;
    const { id, ghost, place, button } = drag;
    drag = null;
    if (!ghost) return;
    ghost.remove();
    button.classList.remove('lifted');
    window.addEventListener('click', (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true });
    setTimeout(() => window.dispatchEvent(new Event('tt-drag-over')));
    if (dropped && place) on.drop(id, place, event);
    else on.drop(id, null, event);
  }
  window.addEventListener('pointerup', (event) => finish(event, true));
  window.addEventListener('pointercancel', (event) => finish(event, false));

  return {
    draw,
    icons,
    element: (id) => list.querySelector(`[data-session="${id}"]`),
    cancel: (event) => drag?.ghost && finish(event, false),
    get dragging() { return Boolean(drag?.ghost); },
  };
}
