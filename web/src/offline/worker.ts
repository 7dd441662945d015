/**
 * The service worker. The build writes it into `sw.js` (web/offline.ts) and puts five constants before it. It caches
 * the app's shell and the wallet's files, so that tickets open in flight mode, and on gates the pages of the door. The wallet itself caches the orders
 * (features/wallet/kept.ts). This worker never caches an answer of the API.
 */

/** A hash of the files: another hash means another release. */
declare const release: string;
/** The shell's page first, then everything that it and the wallet load. */
declare const files: [string, ...string[]];
/** What the door needs in addition. Only devices that have opened a door cache it. */
declare const doorFiles: string[];
/** The API's root and the pattern of a ticket's QR code address, both from the contract. */
declare const apiRoot: string;
declare const qrCode: RegExp;

/** Types that TypeScript would otherwise only have instead of the browser's. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waiting {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response> | Response): void;
}
interface Pushed extends Waiting {
  data: { json(): { title: string; body: string; path: string; tag: string; language: string } };
}
interface Clicked extends Waiting {
  notification: { data: { path: string }; close(): void };
}
interface Window {
  navigate(url: string): Promise<Window | null>;
  focus(): Promise<unknown>;
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listen: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listen: (event: Asked) => void): void;
  addEventListener(type: 'message', listen: (event: MessageEvent & Waiting) => void): void;
  addEventListener(type: 'push', listen: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listen: (event: Clicked) => void): void;
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<Window[]>;
    openWindow(url: string): Promise<unknown>;
  };
  registration: {
    navigationPreload?: { enable(): Promise<void> };
    showNotification(title: string, options: object): Promise<void>;
  };
}
const worker = self as unknown as WorkerScope;

const shell = `shell:${release}`;
/** An empty cache, which says that this device is a gate. */
const gateMark = 'gate';
/** How long the wallet waits for a connection that does not answer, as in the crowd at a door. */
const patienceMs = 3_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches.has(gateMark).then((isGate) => (isGate ? keep([...files, ...doorFiles]) : keep(files))),
  );
});

async function keep(wanted: string[]): Promise<void> {
  // Hashed files may come from the browser's cache. The others must be those of this release.
  const requests = wanted.map((file) =>
    file.startsWith('/assets/') ? file : new Request(file, { cache: 'reload' }),
  );
  await (await caches.open(shell)).addAll(requests);
}

async function keepDoor(): Promise<void> {
  if (await caches.has(gateMark)) return;
  await keep(doorFiles);
  await caches.open(gateMark);
}

worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('shell:') && name !== shell).map((name) => caches.delete(name)),
  );
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** The person wants the new release now. Otherwise it waits until every page of the old one is closed. */
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
  // If the network fails meanwhile, the page asks again when it is opened again.
  if (event.data === 'keep-door') event.waitUntil(keepDoor().catch(() => {}));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (qrCode.test(pathname)) return event.respondWith(fresh(request));
  if (pathname.startsWith(apiRoot)) return;
  if (request.mode === 'navigate') return event.respondWith(page(event, pathname));
  if (!files.includes(pathname) && !doorFiles.includes(pathname)) return;
  // A hashed file never changes.
  event.respondWith(pathname.startsWith('/assets/') ? fromCache(request) : fresh(request));
});

/** Pages come from the server while it is reachable, so that nobody stays on an old release. */
async function page(event: Asked, pathname: string): Promise<Response> {
  const fromServer = event.preloadResponse.then((early) => early ?? fetch(event.request));
  const fromShell = () => caches.match(files[0]).then((found) => found ?? Response.error());
  const answers = [fromServer.catch(fromShell)];
  if (/^\/(orders|tickets|door)(\/|$)/.test(pathname)) answers.push(wait(patienceMs).then(fromShell));
  return Promise.race(answers);
}

const fromCache = async (request: Request): Promise<Response> =>
  (await caches.match(request)) ?? fetch(request);

const fresh = (request: Request): Promise<Response> =>
  fetch(request).catch(async () => (await caches.match(request)) ?? Response.error());

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Shows a notification. The server encrypts it for this browser (docs/tickets.md). */
worker.addEventListener('push', (event) => {
  const { title, body, path, tag, language } = event.data.json();
  event.waitUntil(
    worker.registration.showNotification(title, {
      body,
      tag,
      lang: language,
      dir: 'auto',
      icon: '/icons/app-192.png',
      data: { path },
    }),
  );
});

/** Opens the page that the notification is about: in a window of the app if one is open. */
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage(new URL(event.notification.data.path, location.origin).href));
});

async function openPage(url: string): Promise<void> {
  const [open] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const shown = await open?.navigate(url).catch(() => null);
  if (shown) await shown.focus();
  else await worker.clients.openWindow(url);
}
