// How each verdict looks, sounds and feels, and the lines it says. Pure.

/** tone: colour and shape; notes: [Hz, seconds] (0 Hz is a pause); buzz: milliseconds on, off, on. */
export const LOOKS = {
  welcome: { tone: 'go', sign: 'check', notes: [[880, 0.09], [1320, 0.16]], buzz: [60] },
  welcome_back: { tone: 'go', sign: 'back', notes: [[880, 0.07], [1320, 0.07], [1760, 0.12]], buzz: [40, 40, 40] },
  already_inside: { tone: 'wait', sign: 'mark', notes: [[587, 0.16], [0, 0.06], [587, 0.16]], buzz: [120, 80, 120] },
  wrong_gate: { tone: 'wait', sign: 'arrow', notes: [[587, 0.14], [740, 0.14], [587, 0.14]], buzz: [120, 80, 120] },
  wrong_day: { tone: 'wait', sign: 'day', notes: [[740, 0.16], [494, 0.22]], buzz: [120, 80, 120] },
  too_early: { tone: 'wait', sign: 'clock', notes: [[494, 0.16], [740, 0.22]], buzz: [120, 80, 120] },
  gate_closed: { tone: 'wait', sign: 'bar', notes: [[740, 0.12], [587, 0.12], [440, 0.24]], buzz: [120, 80, 120] },
  full: { tone: 'wait', sign: 'dots', notes: [[587, 0.1], [0, 0.05], [587, 0.1], [0, 0.05], [587, 0.1]], buzz: [120, 80, 120] },
  unknown: { tone: 'stop', sign: 'cross', notes: [[165, 0.5]], buzz: [400] },
  revoked: { tone: 'stop', sign: 'slash', notes: [[196, 0.22], [0, 0.06], [147, 0.34]], buzz: [300, 100, 300] },
  not_approved: { tone: 'stop', sign: 'bar', notes: [[165, 0.2], [0, 0.06], [165, 0.2], [0, 0.06], [165, 0.2]], buzz: [200, 80, 200, 80, 200] },
  unverified: { tone: 'calm', sign: 'clock', notes: [[660, 0.12], [0, 0.08], [660, 0.06]], buzz: [80, 60, 80] },
  checking: { tone: 'calm', sign: 'dots', notes: [], buzz: [] },
};

/** What is said beside the word: [{key, values}], most telling first. `at` is the server's time now. */
export function detailsOf(answer, { now, zone }) {
  const { verdict, first, opens_at: opens, gates, edition, guest } = answer;
  if (first && (verdict === 'already_inside' || verdict === 'welcome_back')) {
    const minutes = Math.floor((now - Date.parse(first.at)) / 60_000);
    const values = { gate: first.gate, minutes };
    return [{ key: minutes < 1 ? 'first_just_now' : 'first_at', values, time: clockTime(first.at, zone) }];
  }
  if (opens && (verdict === 'too_early' || verdict === 'wrong_day')) {
    const withDay = verdict === 'wrong_day';
    return [{ key: 'opens_at', values: { time: (language) => moment(opens, zone, language, withDay) } }];
  }
  if (verdict === 'wrong_gate' && gates?.length) return [{ key: 'admitted_at', values: { gates: list(gates) } }];
  if (verdict === 'unknown' && !guest) return [edition ? { key: 'badge_of', values: { edition } } : { key: 'not_a_badge' }];
  return [];
}

export function clockTime(iso, zone) {
  const options = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(iso));
}

function moment(iso, zone, language, withDay) {
  if (!withDay) return clockTime(iso, zone);
  const day = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    month: language === 'zh' ? 'numeric' : 'short',
    day: 'numeric',
  }).format(new Date(iso));
  return `${language === 'zh' ? day.replace('/', '月').replace(/(\d)$/, '$1日') : day} ${clockTime(iso, zone)}`;
}

function list(gates) {
  return { zh: gates.map((gate) => gate.zh).join('、'), en: gates.map((gate) => gate.en).join(', ') };
}
