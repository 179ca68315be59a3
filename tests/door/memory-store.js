// The app's own store in memory, which may be told that the disk is full.

import { pageStore } from '../../wcd/web/static/door/page-store.js';

export function memoryStore({ full = () => false } = {}) {
  const store = pageStore();
  return {
    ...store,
    async append(table, row) {
      if (full()) throw new DOMException('no room', 'QuotaExceededError');
      await store.append(table, row);
    },
  };
}
