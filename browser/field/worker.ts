// The field page without signal: keeps its own few files, answers nothing but them, knows no referral.

interface Shell {
  readonly version: string;
  readonly addresses: readonly string[];
}

interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope {
  readonly SHELL: Shell;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const own = `lapangan ${new URL(scope.registration.scope).pathname} `;
const name = own + scope.SHELL.version;

/** Every file as it is now, past the browser's own cache. */
async function take(): Promise<void> {
  const cache = await caches.open(name);
  const fresh = scope.SHELL.addresses.map((address) => new Request(address, { cache: "reload" }));
  await cache.addAll(fresh);
  await scope.skipWaiting();
}

async function forgetOlder(): Promise<void> {
  const older = (await caches.keys()).filter((one) => one.startsWith(own) && one !== name);
  await Promise.all(older.map((one) => caches.delete(one)));
  await scope.clients.claim();
}

async function answer(request: Request, address: string): Promise<Response> {
  const kept = await (await caches.open(name)).match(address);
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => (event as Waiting).waitUntil(take()));
self.addEventListener("activate", (event) => (event as Waiting).waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event as Asked;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === location.origin && scope.SHELL.addresses.indexOf(pathname) >= 0;
  if (request.method === "GET" && ours) (event as Asked).respondWith(answer(request, pathname));
});

export {};
