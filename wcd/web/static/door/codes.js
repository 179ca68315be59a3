// What a QR, a hand scanner or a person said → a code of ours, or what else it was. Pure.

const ALPHABET = /^[0-9A-HJKMNP-TV-Z]+$/; // Crockford's base32: no I, L, O, U
const CODE = 26;
const SHORT = 8;
const LONGEST = 64; // of what is no code, this much is kept

export function fold(text) {
  return text
    .normalize('NFKC') // full-width letters of a Chinese keyboard
    .toUpperCase()
    .replace(/[\s\p{Pd}·.]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** → {code, shortCode, isOurs}: exactly one of code and shortCode is not null. */
export function readCode(text) {
  const folded = text.length > 4 * LONGEST ? '' : fold(text);
  const ours = ALPHABET.test(folded);
  if (ours && folded.length === CODE) return { code: folded, shortCode: null, isOurs: true };
  if (ours && folded.length === SHORT) return { code: null, shortCode: folded, isOurs: true };
  return { code: clean(text), shortCode: null, isOurs: false };
}

/** `7K4M2Q9D` as people read it: `7K4M-2Q9D`. */
export function showShort(code) {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

function clean(text) {
  // Half of a surrogate pair at the cut, or a control character, would not survive JSON and the database.
  const printable = [...text.slice(0, 4 * LONGEST)].filter((c) => !/[\p{Cc}\p{Cs}]/u.test(c));
  return printable.slice(0, LONGEST).join('') || '?';
}
