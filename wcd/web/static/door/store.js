// The only file that knows IndexedDB. Rows keep the order in which they came; each has an id.

const NAME = 'wcd-door';
const TABLES = ['scans', 'aside'];

export async function openStore(indexedDB = globalThis.indexedDB) {
  const db = await open(indexedDB);
  return {
    append: (table, row) => write(db, [table], (tx) => tx.objectStore(table).add(row)),
    remove: (table, id) => write(db, [table], (tx) => deleteById(tx.objectStore(table), id)),
    move: (from, to, row) =>
      write(db, [from, to], (tx) => {
        deleteById(tx.objectStore(from), row.id);
        addOnce(tx.objectStore(to), row); // another tab of the app may have moved it already
      }),
    list: (table, limit) => read(db, table, (rows) => rows.getAll(null, limit)),
    count: (table) => read(db, table, (rows) => rows.count()),
    get: (key) => read(db, 'notes', (notes) => notes.get(key)),
    put: (key, value) => write(db, ['notes'], (tx) => tx.objectStore('notes').put(value, key)),
  };
}

function open(indexedDB) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const table of TABLES) {
        asked.result.createObjectStore(table, { autoIncrement: true }).createIndex('id', 'id', { unique: true });
      }
      asked.result.createObjectStore('notes');
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Done is done: `complete` comes after the rows are in the log; "strict" asks the disk as well where it is known.
function write(db, tables, act) {
  return new Promise((resolve, reject) => {
    const tx = db.transaction(tables, 'readwrite', { durability: 'strict' });
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('the storage is full'));
    act(tx);
  });
}

function read(db, table, ask) {
  return new Promise((resolve, reject) => {
    const asked = ask(db.transaction(table).objectStore(table));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function addOnce(rows, row) {
  rows.index('id').getKey(row.id).onsuccess = (found) => {
    if (found.target.result === undefined) rows.add(row);
  };
}

function deleteById(rows, id) {
  rows.index('id').getKey(id).onsuccess = (found) => {
    if (found.target.result !== undefined) rows.delete(found.target.result);
  };
}
