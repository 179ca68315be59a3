// The only file that knows fetch. Answers are values: {ok, body, took} or {ok: false, why, status, wait}.

const TIMEOUT = 8000;
const NEVER = new Set([400, 413, 415, 422]); // asking the same again cannot help

export function createClient({ fetch = (...args) => globalThis.fetch(...args), steady = () => performance.now() } = {}) {
  return {
    words: () => ask('/door/words', {}, (body) => isObject(body.zh) && isObject(body.en)),
    state: () => ask('/door/state', {}, (body) => typeof body.now === 'string' && isObject(body.gate)),
    send: (scans) =>
      ask(
        '/door/scans',
        { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ scans }) },
        (body) => Array.isArray(body.results) && body.results.every(isObject),
      ),
  };

  async function ask(address, options, fits) {
    const began = steady();
    try {
      const answer = await fetch(address, {
        ...options,
        headers: { Accept: 'application/json', ...options.headers },
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (!answer.ok) return refusal(answer);
      const body = await answer.json();
      if (!isObject(body) || !fits(body)) return failed('network', answer.status);
      return { ok: true, body, took: steady() - began };
    } catch {
      return failed('network', 0); // no network, no time, a page instead of JSON, half a reply
    }
  }
}

function refusal(answer) {
  if (answer.status === 401) return failed('unpaired', 401);
  if (NEVER.has(answer.status)) return failed('refused', answer.status);
  const wait = Number(answer.headers.get('Retry-After')) * 1000;
  return { ...failed('network', answer.status), wait: Number.isFinite(wait) ? Math.min(wait, 120_000) : 0 };
}

function failed(why, status) {
  return { ok: false, why, status, wait: 0 };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
