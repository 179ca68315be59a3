// Talking with the server: what changed, what if, and the verbs. Verbs go one after another.
const JSON_PLEASE = { accept: 'application/json' };
const EVERY = 1000;

export function createServer({ csrf, onNews, onTrouble, working }) {
  let line = Promise.resolve();
  let trouble = false;

  async function changes(since) {
    const answer = await fetch(`/organiser/timetable/changes?since=${since}`, { headers: JSON_PLEASE, redirect: 'manual' });
    if (answer.status === 204) return null;
    if (!answer.ok) throw new Refusal(answer.type === 'opaqueredirect' ? 401 : answer.status, {});
    return answer.json();
  }

  async function send(id, verb, fields) {
    const answer = await fetch(`/organiser/timetable/${id}/${verb}`, {
      method: 'POST',
      keepalive: true, // it arrives, too, when the page is left at once
      redirect: 'manual',
      headers: { ...JSON_PLEASE, 'x-csrf': csrf, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, since: working() }),
    });
    const body = answer.headers.get('content-type')?.startsWith('application/json') ? await answer.json() : {};
    if (!answer.ok) throw new Refusal(answer.type === 'opaqueredirect' ? 401 : answer.status, body);
    return body;
  }

  let asking;
  async function whatIf(id, place) {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ session: id, ...fieldsOf(place) });
    const answer = await fetch(`/organiser/timetable/what-if?${query}`, { headers: JSON_PLEASE, signal: asking.signal });
    return answer.json();
  }

  async function poll() {
    try {
      if (!document.hidden) {
        const news = await changes(working());
        if (news) onNews(news);
        if (trouble) onTrouble(null);
        trouble = false;
      }
    } catch (error) {
      if (!trouble) onTrouble(error);
      trouble = true;
    }
    setTimeout(poll, EVERY);
  }

  return {
    changes,
    whatIf,
    forget: () => asking?.abort(),
    /** When every verb has been answered. */
    idle: () => line,
    /** `fields` are asked for when it is this verb's turn: the one before may have changed them. */
    verb(id, name, fields) {
      const turn = line.then(() => send(id, name, fields()));
      line = turn.catch(() => {});
      return turn;
    },
    start() { setTimeout(poll, EVERY); document.addEventListener('visibilitychange', () => !document.hidden && changes(working()).then((news) => news && onNews(news), () => {})); },
  };
}

/** The server's no: `body.says` is a sentence, `body.what` who did what meanwhile, `body.news` how things stand. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.says ?? `status ${status}`);
    this.status = status;
    this.body = body;
  }
}

export function fieldsOf(place) {
  if (!place.starts) return {};
  const minutes = Math.round((Date.parse(`${place.ends}:00Z`) - Date.parse(`${place.starts}:00Z`)) / 60_000);
  return { day: place.starts.slice(0, 10), starts: place.starts.slice(11), minutes, room: place.room };
}
