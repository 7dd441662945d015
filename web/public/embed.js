// Runs first in the pages of a widget's frame (docs/widget.md), and in no other page. A frame on another site has no cookies,
// and in some browsers no storage. So this keeps the guest's session in the frame, sends it as a bearer token, and tells the
// host's page what happens.
(() => {
  const [, , event = ''] = location.pathname.split('/');
  const base = `/embed/${event}`;
  document.documentElement.dataset.base = base;

  /** The tab's own storage, so that the frame survives a page of a bank; null where the browser forbids it. */
  const tab = (() => {
    try {
      return window.sessionStorage;
    } catch {
      return null;
    }
  })();
  const KEPT = `admit.embed.${event}`;
  const kept = (() => {
    try {
      return JSON.parse(tab?.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  })();
  const save = () => {
    try {
      tab?.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // The frame then forgets when it loads another page.
    }
  };

  /** Storage of the frame alone: neither what the shop keeps for its own pages, nor an error where storage is forbidden. */
  class FrameStorage {
    constructor(items, changed) {
      Object.assign(this, items);
      Object.defineProperty(this, 'changed', { value: changed });
    }
    get length() {
      return Object.keys(this).length;
    }
    key(n) {
      return Object.keys(this)[n] ?? null;
    }
    getItem(name) {
      return Object.hasOwn(this, name) ? this[name] : null;
    }
    setItem(name, value) {
      this[name] = String(value);
      this.changed();
    }
    removeItem(name) {
      delete this[name];
      this.changed();
    }
    clear() {
      for (const name of Object.keys(this)) delete this[name];
      this.changed();
    }
  }
  const local = new FrameStorage(kept.items, () => {
    kept.items = { ...local };
    save();
  });
  Object.defineProperty(window, 'localStorage', { value: local });
  if (!tab) Object.defineProperty(window, 'sessionStorage', { value: new FrameStorage({}, () => {}) });
  // Each of these fails or asks for permission in a frame of another site. The app does without them.
  for (const name of ['serviceWorker', 'locks']) delete Navigator.prototype[name];
  delete window.caches;

  const given = new URLSearchParams(location.search);
  kept.host = given.get('host') ?? kept.host;
  if (given.has('lang')) local.setItem('admit.language', given.get('lang'));
  if (given.has('theme')) local.setItem('admit.theme', given.get('theme'));
  save();

  /** The browser delivers it only if the page around this frame has the origin that it said. */
  const tell = (message) => {
    if (parent !== window && /^https?:\/\/[^/]+$/.test(kept.host ?? ''))
      parent.postMessage({ admit: 1, ...message }, kept.host);
  };

  const ask = window.fetch.bind(window);
  const isOwn = (url) => url.origin === location.origin && url.pathname.startsWith('/api/');
  window.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!isOwn(url)) return ask(input, init);
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    if (kept.token) headers.set('authorization', `Bearer ${kept.token}`);
    if (headers.has('admit-guest-key')) headers.set('admit-guest-token', 'wanted');
    // Never with a cookie: the frame acts for its own guest, and not for who is signed in at the shop.
    const answer = await ask(input, { ...init, headers, credentials: 'omit' });
    const token = answer.headers.get('admit-guest-token');
    if (token) {
      kept.token = token;
      save();
    }
    if (answer.ok && /^\/api\/orders\/[^/]+$/.test(url.pathname)) void noteOrder(answer.clone());
    return answer;
  };

  const noteOrder = async (answer) => {
    const order = await answer.json().catch(() => null);
    if (order?.status !== 'confirmed' || kept.bought === order.id) return;
    kept.bought = order.id;
    save();
    tell({ type: 'bought', orderId: order.id, tickets: order.tickets?.length ?? 0, total: order.total });
  };

  const blobOf = async (path) => {
    const answer = await window.fetch(path);
    if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
    const [, name = 'tickets'] = /filename="?([^";]+)/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
    return { name, url: URL.createObjectURL(await answer.blob()) };
  };
  const download = async (path) => {
    const { name, url } = await blobOf(path);
    const link = Object.assign(document.createElement('a'), { href: url, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  /** For the app (src/api/embedded.ts): pictures and files that only the guest may see. */
  window.admitEmbed = { urlOf: async (path) => (await blobOf(path)).url, download };

  const isOfPurchase = (path) =>
    path === base ||
    ['checkout', 'orders', 'tickets', 'offers', 'sandbox', `e/${event}`].some(
      (begin) => path === `${base}/${begin}` || path.startsWith(`${base}/${begin}/`),
    );
  addEventListener(
    'click',
    (clicked) => {
      const link = clicked.target.closest?.('a[href]');
      if (!link || link.href.startsWith('blob:')) return;
      const url = new URL(link.href);
      if (url.origin !== location.origin || isOfPurchase(url.pathname)) return;
      clicked.preventDefault();
      clicked.stopImmediatePropagation();
      if (isOwn(url)) return void download(url.pathname + url.search).catch(() => open(url.href, '_blank', 'noopener'));
      // All else of the shop is for a tab of its own, where the address says whose page it is.
      const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : url.pathname;
      open(path + url.search + url.hash, '_blank', 'noopener');
    },
    true,
  );
  addEventListener('keydown', (pressed) => {
    const isTaken = pressed.defaultPrevented || document.querySelector('dialog[open]');
    if (pressed.key === 'Escape' && !isTaken) tell({ type: 'close' });
  });

  addEventListener('DOMContentLoaded', () => {
    const root = document.getElementById('root');
    const say = () => {
      if (root.offsetHeight > 0) tell({ type: 'height', height: root.offsetHeight });
    };
    new ResizeObserver(say).observe(root);
  });
})();
