// What a paired desk keeps in the browser: what it still has to send, and the little that it needs without a connection.
const NAME = "balie";
let opening = null;

function base() {
  opening ??= new Promise((good, bad) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { autoIncrement: true });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  });
  return opening;
}

async function within(store, how, work) {
  const db = await base();
  return new Promise((good, bad) => {
    const deal = db.transaction(store, how, { durability: "strict" }), asked = work(deal.objectStore(store));
    deal.oncomplete = () => good(asked?.result);
    deal.onabort = () => bad(deal.error);
  });
}

// The queue: each entry before it is sent, until its answer is there.
export const remember = (entry) => within("queue", "readwrite", (store) => store.add(entry));
export const change = (key, entry) => within("queue", "readwrite", (store) => store.put(entry, key));
export const forget = (keys) => within("queue", "readwrite", (store) => keys.map((key) => store.delete(key)).at(-1));

// Of one school, the one where it was scanned: a device that became a desk elsewhere sends it nowhere else. Without a school, of all.
export async function waiting(place = "") {
  const keys = await within("queue", "readonly", (store) => store.getAllKeys());
  const entries = await within("queue", "readonly", (store) => store.getAll());
  return keys.map((key, at) => ({ key, entry: entries[at] })).filter((row) => row.entry && (!place || row.entry.place === place));
}
export const count = async (place = "") => (await waiting(place)).length;

export const keep = (name, value) => within("kept", "readwrite", (store) => store.put(value, name));
export const kept = (name) => within("kept", "readonly", (store) => store.get(name));

// The names and books of the school go; what still has to be sent stays.
export const wipe = () => within("kept", "readwrite", (store) => {
  store.delete("copy");
  return store.put(0, "open");
});
