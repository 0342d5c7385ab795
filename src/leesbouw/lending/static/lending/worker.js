// Serves the page of the desk and its parts when there is no connection. VERSION and PARTS stand before this text.
const NAME = `balie-${VERSION}`, SHELL = "/balie/", PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("balie-") && name !== NAME);
    const cache = await caches.open(NAME);
    for (const name of old) {
      const shell = await (await caches.open(name)).match(SHELL);
      if (shell) await cache.put(SHELL, shell);
      await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// The page tells which parts it loaded, and hears when all of it is kept.
self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    for (const part of event.data.parts ?? []) {
      if (new URL(part).origin === location.origin && !(await cache.match(part))) await cache.add(part).catch(() => {});
    }
    if (event.data.shell) await shell(SHELL).catch(() => {});
    if (await cache.match(SHELL)) event.ports[0]?.postMessage("kept");
  })());
});

async function shell(address) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.ok && answer.headers.get("X-Balie") === "open") await (await caches.open(NAME)).put(SHELL, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === SHELL && !address.search) {
    event.respondWith(shell(SHELL).catch(async (error) => (await caches.match(SHELL)) ?? Promise.reject(error)));
  } else if (address.pathname.startsWith("/static/") || address.pathname === "/favicon.ico") {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
