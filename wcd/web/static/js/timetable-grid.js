// The grid: EventCalendar with rooms as columns; tells what was dragged, draws what the model says.
const NO_ROOM = 'none';
const pad = (n) => String(n).padStart(2, '0');
// The library's dates are local ones whose clock shows the wall's time.
const wall = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;

export function createGrid({ box, model, setup, icons, on, minutesBetween }) {
  const { words, day, rooms } = setup;
  const shown = new Map();
  let dragged = null;
  let refocus = null;
  let calendar = null;
  let shownHours = [8, 20];
  let outside = false;

  const placeOf = (event) => ({
    starts: wall(event.start), ends: wall(event.end),
    room: event.resourceIds[0] === NO_ROOM ? '' : String(event.resourceIds[0] ?? ''),
  });

  function eventOf(one) {
    const hit = model.hits().has(one.id);
    const called = one.state === 'called_off';
    return {
      id: one.id,
      resourceIds: [one.room || NO_ROOM],
      start: `${one.starts}:00`,
      end: `${one.ends}:00`,
      title: one.title,
      editable: setup.may && !called,
      classNames: [one.kind, `is-${one.state}`, ...(minutesBetween(one.starts, one.ends) < 40 ? ['short'] : []), ...(hit ? ['hit'] : []), ...(on.isChosen(one.id) ? ['chosen'] : [])],
      extendedProps: { hit },
    };
  }

  const belongs = (one) => one?.starts.slice(0, 10) === day;

  /** Draw these sessions as the model has them now. */
  function draw(ids) {
    if (!calendar) return; // a phone shows the list
    grown();
    const active = document.activeElement?.closest?.('[data-session]')?.dataset.session;
    for (const id of ids) {
      const one = model.get(id);
      const wanted = belongs(one) ? eventOf(one) : null;
      const key = wanted && JSON.stringify([wanted, one.title, one.people, one.lacks, one.lang]);
      if (shown.get(id) === key || (id === dragged && wanted)) continue;
      if (!wanted) { if (shown.delete(id)) calendar.removeEventById(id); continue; }
      if (shown.has(id)) calendar.updateEvent(wanted);
      else calendar.addEvent(wanted);
      shown.set(id, key);
      if (id === active) refocus = id;
    }
    // The library draws changed events anew, as other elements.
    if (refocus) queueMicrotask(() => setTimeout(() => { element(refocus)?.focus({ preventScroll: false }); refocus = null; }));
  }

  const element = (id) => box.querySelector(`[data-session="${id}"]`);

  function content({ event }) {
    const one = model.get(event.id);
    if (!one) return { domNodes: [] };
    const title = document.createElement('b');
    title.textContent = one.title;
    if (one.lang) title.lang = one.lang;
    const small = document.createElement('small');
    const spans = [`${wall(event.start).slice(11)}–${wall(event.end).slice(11)}`, ...(one.people ? [words.people.replace('{n}', one.people)] : [])];
    small.append(...spans.map((word) => Object.assign(document.createElement('span'), { textContent: word })));
    const nodes = [title, small];
    if (one.state !== 'confirmed') nodes.push(text(words[one.state]));
    const flags = document.createElement('span');
    flags.className = 'flags';
    if (event.extendedProps.hit) flags.append(icon('alert-triangle', words.clash));
    if (one.lacks) flags.append(icon('language', words.lacks));
    if (flags.childNodes.length) nodes.push(flags);
    return { domNodes: nodes };
  }

  function text(word) {
    const small = document.createElement('small');
    small.className = 'in-state';
    small.textContent = word;
    return small;
  }

  function icon(name, label) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `${icons}#i-${name}`);
    svg.append(use);
    return svg;
  }

  function label({ resource }) {
    const room = rooms.find((one) => one.id === resource.id);
    const name = document.createElement('b');
    name.textContent = resource.title;
    const nodes = [name];
    if (room) {
      const seats = document.createElement('small');
      seats.textContent = words.seats.replace('{n}', room.seats);
      nodes.push(seats);
    }
    return { domNodes: nodes };
  }

  function mounted({ event, el }) {
    if (el.classList.contains('ec-preview') || el.classList.contains('ec-ghost')) return;
    const one = model.get(event.id);
    el.dataset.session = event.id;
    el.id = `session-${event.id}`;
    el.tabIndex = 0;
    // Its keys are its own: a screen reader shall hand them through.
    el.setAttribute('role', 'application');
    el.setAttribute('aria-label', [one.title, on.says(one), ...(event.extendedProps.hit ? [words.clash] : []),
      ...(one.state === 'confirmed' ? [] : [words[one.state]]), ...(one.lacks ? [words.lacks] : [])].join(', '));
    if (setup.may) el.setAttribute('aria-describedby', 'tt-keys');
    if (refocus === event.id) { el.focus(); refocus = null; }
  }

  /** Hours that every day shows, and those of sessions outside them; past midnight where one lasts that long. */
  function hours() {
    let [first, last] = shownHours;
    for (const one of model.on(day)) {
      first = Math.min(first, Number(one.starts.slice(11, 13)));
      const ends = (one.ends.slice(0, 10) > day ? 24 : 0) + Number(one.ends.slice(11, 13)) + (one.ends.slice(14) === '00' ? 0 : 1);
      last = Math.max(last, Math.min(ends, 32));
    }
    shownHours = [first, last];
    return { slotMinTime: `${pad(first)}:00`, slotMaxTime: `${pad(last)}:00` };
  }

  /** A column for sessions without a room only where there are any. */
  function columns() {
    const found = rooms.map((room) => ({ id: room.id, title: room.name }));
    outside ||= !found.length || model.on(day).some((one) => !one.room);
    if (outside) found.push({ id: NO_ROOM, title: words.noRoom });
    return found;
  }

  /** The grid grows for what somebody put outside it; it does not shrink under anybody's hands. */
  function grown() {
    const [before, had] = [String(shownHours), outside];
    const wanted = { ...hours(), resources: columns() };
    if (String(shownHours) !== before) for (const name of ['slotMinTime', 'slotMaxTime']) calendar.setOption(name, wanted[name]);
    if (outside !== had) { calendar.setOption('resources', wanted.resources); setTimeout(plain); }
  }

  function start() {
    const today = model.on(day);
    for (const one of today) shown.set(one.id, JSON.stringify([eventOf(one), one.title, one.people, one.lacks, one.lang]));
    box.hidden = false;
    calendar = window.EventCalendar.create(box, {
      view: 'resourceTimeGridDay',
      date: day,
      headerToolbar: { start: '', center: '', end: '' },
      resources: columns(),
      events: today.map(eventOf),
      ...hours(),
      height: '100%',
      columnWidth: rooms.length > 6 ? 'minmax(7.5rem, 1fr)' : 'minmax(0, 1fr)',
      allDaySlot: false,
      slotDuration: '00:30',
      slotHeight: 38,
      slotLabelInterval: '01:00',
      slotLabelFormat: (time) => `${pad(time.getHours())}:${pad(time.getMinutes())}`,
      snapDuration: '00:05',
      slotEventOverlap: false,
      eventResizableFromStart: true,
      editable: setup.may,
      longPressDelay: 350,
      nowIndicator: setup.today === day,
      dayHeaderFormat: () => '',
      locale: document.documentElement.lang,
      eventContent: content,
      resourceLabelContent: label,
      eventDidMount: mounted,
      eventDragStart: ({ event }) => begin(event.id),
      eventResizeStart: ({ event }) => begin(event.id),
      dragConstraint: (info) => { on.drag(info.event.id, placeOf(info.event), info.jsEvent); return true; },
      resizeConstraint: (info) => { on.drag(info.event.id, placeOf(info.event), info.jsEvent); return true; },
      viewDidMount: plain,
      eventDragStop: end,
      eventResizeStop: end,
      eventDrop: dropped,
      eventResize: dropped,
    });
  }

  /** The library calls its boxes a table, but there are no rows in it: readers are told of sessions with time and room. */
  function plain() {
    for (const el of box.querySelectorAll('[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader]')) {
      for (const name of ['role', 'aria-colindex', 'aria-colspan', 'aria-rowindex']) el.removeAttribute(name);
    }
  }

  box.addEventListener('click', (event) => {
    const id = event.target.closest('[data-session]')?.dataset.session;
    if (id) on.choose(id);
  });

  function begin(id) {
    dragged = id;
    box.classList.add('dragging');
    on.begin(id);
  }

  function end() {
    box.classList.remove('dragging');
  }

  function dropped(info) {
    const id = dragged;
    dragged = null;
    shown.delete(id);
    shown.set(id, '');
    on.drop(id, placeOf(info.event), info.jsEvent);
  }

  return {
    start, draw, element, placeOf,
    get dragged() { return dragged; },
    focus: (id) => { refocus = id; setTimeout(() => { const found = element(id); if (found) { found.focus(); refocus = null; } }); },
    mark(ids) {
      for (const el of box.querySelectorAll('.in-way')) if (!ids.has(el.dataset.session)) el.classList.remove('in-way');
      for (const id of ids) element(id)?.classList.add('in-way');
    },
    /** Which room and time lie under a point of the window; null outside the grid. */
    at(x, y) {
      const found = box.contains(document.elementFromPoint(x, y)) ? calendar.dateFromPoint(x, y) : null;
      return found?.resource ? { starts: wall(found.date), room: found.resource.id === NO_ROOM ? '' : found.resource.id, column: found.dayEl } : null;
    },
    rooms: () => rooms.map((room) => room.id),
  };
}
