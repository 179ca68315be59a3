// The sign of a verdict: the shape says the colour once more, the drawing in it says the word once more.

import { svg } from './dom.js';

const SHAPES = {
  go: 'M52 2a50 50 0 1 0 0 100a50 50 0 1 0 0-100z',
  wait: 'M52 4l50 92H2z',
  stop: 'M31 2h42l29 29v42l-29 29H31L2 73V31z',
  calm: 'M10 4h84v96H10z',
};
const ROUND = {
  check: 'M27 54l17 17 34-37',
  back: 'M30 44h32a15 15 0 0 1 0 30H44M42 30L28 44l14 14',
  cross: 'M34 34l36 36M70 34L34 70',
  slash: 'M36 68l32-32',
  bar: 'M30 52h44',
  clock: 'M52 28v26l17 12',
  dots: 'M28 52h.1M52 52h.1M76 52h.1',
};
// The triangle has its room further down.
const LOW = {
  mark: 'M52 38v26M52 80h.1',
  arrow: 'M34 70h34M56 57l13 13-13 13',
  day: 'M36 56h32v26H36zM38 66h28M44 50v6M60 50v6',
  clock: 'M52 46v22l14 9',
  bar: 'M34 72h36',
  dots: 'M34 76h.1M52 76h.1M70 76h.1',
};

export function symbol({ tone, sign }) {
  const drawing = tone === 'wait' ? LOW[sign] : ROUND[sign];
  return svg(
    'svg',
    { class: 'sign', viewBox: '0 0 104 104', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { class: 'shape', d: SHAPES[tone] }),
    svg('path', { class: sign === 'day' ? 'drawing fine' : 'drawing', d: drawing }),
  );
}
