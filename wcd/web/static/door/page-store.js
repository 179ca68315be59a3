// The port of store.js in memory: for a browser that gives no storage (private windows), and for tests.

export function pageStore() {
  const tables = { scans: [], aside: [] };
  const notes = new Map();
  const copy = (row) => structuredClone(row);
  const add = (table, row) => {
    if (!tables[table].some((other) => other.id === row.id)) tables[table].push(copy(row));
  };
  const remove = (table, id) => {
    tables[table] = tables[table].filter((row) => row.id !== id);
  };
  return {
    append: async (table, row) => add(table, row),
    remove: async (table, id) => remove(table, id),
    async move(from, to, row) {
      remove(from, row.id);
      add(to, row);
    },
    list: async (table, limit) => tables[table].slice(0, limit).map(copy),
    count: async (table) => tables[table].length,
    get: async (key) => notes.get(key),
    put: async (key, value) => void notes.set(key, value),
  };
}
