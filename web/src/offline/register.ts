/** A worker that has a newer release ready and waits for the pages of the old one to go. */
let waiting: ServiceWorker | null = null;
/** Somebody wants the newest release now. */
let wanted = false;
const listeners = new Set<() => void>();

export const newRelease = (): ServiceWorker | null => waiting;

export function onNewRelease(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** Loads the page anew with the release that waits, or the one that takes its place before it has taken over. */
export function takeNewRelease(): void {
  if (!wanted)
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  wanted = true;
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
    if (wanted) takeNewRelease();
    for (const listen of listeners) listen();
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
}
