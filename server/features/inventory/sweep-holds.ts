import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { repeat } from '../../work/repeat.ts';
import { selectLinesDue } from './line-store.ts';
import { selectEventsDue } from './store.ts';
import { selectEventsWithEndedCodes } from './voucher-store.ts';

/**
 * Expires overdue holds and tells the viewers. Places are free from the expiry on even without this, because every
 * batch of an event first expires what is due.
 */
export async function sweepHolds(app: Pick<App, 'db' | 'clock' | 'ledger'>): Promise<void> {
  const now = app.clock.now();
  const [holds, lines, codes] = await Promise.all([
    selectEventsDue(app.db, now),
    selectLinesDue(app.db, now),
    selectEventsWithEndedCodes(app.db, now),
  ]);
  const eventIds = [...new Set([...holds, ...lines, ...codes])];
  await Promise.all(eventIds.map((eventId) => expireHolds(app, eventId)));
}

/** Expires the overdue holds of one event, before somebody counts what is taken. */
export async function expireHolds(app: Pick<App, 'ledger'>, eventId: EventId): Promise<void> {
  await app.ledger.submit(eventId, { kind: 'expire' });
}

/** Sweeps every `everyMs` until stopped. */
export const startSweeping = (app: App, everyMs = 1000): { stop(): Promise<void> } =>
  repeat(() => sweepHolds(app), {
    everyMs,
    log: app.log,
    failed: 'the sweep of expired holds failed and will try again',
  });
