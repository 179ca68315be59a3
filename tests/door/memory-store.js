// The port of store.js in memory, so that the logic above it can be tried without a browser.

export function memoryStore({ full = () => false } = {}) {
  const tables = { scans: [], aside: [] };
  const has = (table, id) => tables[table].some((row) => row.id === id);
  const copy = (row) => structuredClone(row);
  return {
    tables,
    async append(table, row) {
      if (full()) throw new DOMException('no room', 'QuotaExceededError');
      if (has(table, row.id)) throw new DOMException('twice', 'ConstraintError');
      tables[table].push(copy(row));
    },
    async remove(table, id) {
      tables[table] = tables[table].filter((row) => row.id !== id);
    },
    async move(from, to, row) {
      tables[from] = tables[from].filter((other) => other.id !== row.id);
      if (!has(to, row.id)) tables[to].push(copy(row));
    },
    list: async (table, limit) => tables[table].slice(0, limit).map(copy),
    count: async (table) => tables[table].length,
  };
}
