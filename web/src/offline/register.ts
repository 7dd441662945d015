/** A worker that has a newer release ready and waits for the pages of the old one to go. */
let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

export const newRelease = (): ServiceWorker | null => waiting;

export function onNewRelease(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** Loads the page anew with the release that waits. */
export function takeNewRelease(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('take-over');
}

let begun = false;

/**
 * Starts the service worker, for those who have something to keep, once the page has what it needs: files for later
 * must not slow a visit.
 */
export async function registerWorker(): Promise<void> {
  if (begun || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  begun = true;
  if (document.readyState !== 'complete')
    await new Promise((loaded) => addEventListener('load', loaded, { once: true }));
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const look = () => {
    // The first worker of all replaces nothing.
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    for (const listen of listeners) listen();
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
}
