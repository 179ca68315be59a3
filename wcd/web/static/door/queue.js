// Scans that the server has not accepted yet. A scan leaves only when the server named its id.

/** `store` keeps rows in the order in which they came: append, list, remove, move, count (see store.js). */
export function createQueue(store) {
  const unsaved = new Map(); // what the device's storage would not take: kept as long as the page is open

  return {
    /** Keep a fact. False when it could only be kept in memory. */
    async add(scan) {
      try {
        await store.append('scans', scan);
        return true;
      } catch {
        unsaved.set(scan.id, scan);
        return false;
      }
    },

    /** The oldest ones, in order. */
    async waiting(limit) {
      const stored = await store.list('scans', limit);
      return [...stored, ...unsaved.values()].slice(0, limit);
    },

    async count() {
      return (await store.count('scans')) + unsaved.size;
    },

    unsaved: () => unsaved.size,

    /** Take the server's results for what was sent; how many scans left the queue. */
    async settle(sent, results) {
      const byId = new Map(results.map((result) => [result.id, result]));
      let left = 0;
      for (const scan of sent) {
        const result = byId.get(scan.id);
        if (result?.stored === true) await remove(scan.id);
        else if (typeof result?.error === 'string') await this.setAside(scan, result.error);
        else continue;
        left += 1;
      }
      return left;
    },

    /** What repeating cannot change goes to the list for a supervisor, never to nothing. */
    async setAside(scan, error) {
      const row = { id: scan.id, error, scan };
      if (unsaved.has(scan.id)) await store.append('aside', row);
      else await store.move('scans', 'aside', row);
      unsaved.delete(scan.id);
    },

    aside: () => store.list('aside', 1000),
  };

  async function remove(id) {
    if (!unsaved.delete(id)) await store.remove('scans', id);
  }
}
