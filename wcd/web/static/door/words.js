// Texts in two languages: the chosen one large, the other beside it.

import { el } from './dom.js';

export function createWords(texts, chosen) {
  let first = texts[chosen] ? chosen : 'zh';
  const second = () => (first === 'zh' ? 'en' : 'zh');
  const say = (language, key, values) => put(texts[language][key] ?? key, values, language);

  return {
    get language() {
      return first;
    },
    get other() {
      return second();
    },
    change() {
      first = second();
    },
    /** One text in the chosen language. */
    text: (key, values) => say(first, key, values),
    /** The same in the other language. */
    textOther: (key, values) => say(second(), key, values),
    /** Both as nodes: [text, <span lang>]. Values may be {zh, en}. */
    both: (key, values, tag = 'span') => [
      say(first, key, values),
      ' ',
      el(tag, { lang: second() }, say(second(), key, values)),
    ],
    /** A name that comes in two languages: {zh, en}. */
    name: (pair) => pair[first] || pair[second()] || '',
    nameOther: (pair) => (pair[first] && pair[second()] !== pair[first] ? pair[second()] : ''),
  };
}

/** `%(name)s` → the value; a value may be {zh, en}, or a function of the language. */
export function put(text, values, language) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => {
    const value = values?.[name];
    if (value === undefined || value === null) return whole;
    if (typeof value === 'function') return value(language);
    return String(typeof value === 'object' ? value[language] : value);
  });
}
