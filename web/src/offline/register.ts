/** A worker with a newer release that waits until the pages of the old one are closed. */
let waiting: ServiceWorker | null = null;
/** True if the person wants the newest release now. */
let wanted = false;
const listeners = new Set<() => void>();

export const newRelease = (): ServiceWorker | null => waiting;

export function onNewRelease(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** Reloads the page with the waiting release, or with an even newer one that replaces it before it has taken over. */
export function takeNewRelease(): void {
  if (!wanted)
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  wanted = true;
  waiting?.postMessage('take-over');
}

let begun = false;

/**
 * Registers the service worker, for people with something to cache, after the page has loaded, so that its downloads
 * do not slow the visit down.
 */
export async function registerWorker(): Promise<void> {
  if (begun || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  begun = true;
  if (document.readyState !== 'complete')
    await new Promise((loaded) => addEventListener('load', loaded, { once: true }));
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const look = () => {
    // The very first worker replaces nothing.
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    if (wanted) takeNewRelease();
    for (const listen of listeners) listen();
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
}
