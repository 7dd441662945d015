import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectEventsDue } from './store.ts';

/**
 * Expires the holds whose time is over and tells the world. Places are free the moment a hold is past, with
 * or without it: every batch of an event expires what is due before it decides.
 */
export async function sweepHolds(app: Pick<App, 'db' | 'clock' | 'ledger'>): Promise<void> {
  const eventIds = await selectEventsDue(app.db, app.clock.now());
  await Promise.all(eventIds.map((eventId) => expireHolds(app, eventId)));
}

/** The same for one event, where somebody is about to count what is taken. */
export async function expireHolds(app: Pick<App, 'ledger'>, eventId: EventId): Promise<void> {
  await app.ledger.submit(eventId, { kind: 'expire' });
}

/** Sweeps every `everyMs` until stopped; a sweep that fails is tried again at the next. */
export function startSweeping(app: App, everyMs = 1000): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= sweepHolds(app)
      .catch((error) => app.log.warn({ err: error }, 'the sweep of expired holds will try again'))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
