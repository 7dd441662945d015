import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { repeat } from '../../work/repeat.ts';
import { noteSigns, selectSilent } from './keeper-store.ts';
import { lockRoom } from './store.ts';

type Watcher = Pick<App, 'db' | 'clock' | 'log' | 'rooms'>;

/** A sign is old enough to be made new. */
const freshMs = 45_000;

/**
 * Notes a sign of life of everybody who was let in and has the event open. Somebody who looks at a seat map sends no request for
 * minutes, but the page has a live connection. A process without a keeper writes too, so this does not wait for one.
 */
export async function noteWatching(app: Watcher): Promise<void> {
  for (const eventId of app.rooms.inUse()) await noteWatchingOf(app, eventId);
}

async function noteWatchingOf({ db, clock, rooms }: Watcher, eventId: EventId): Promise<void> {
  const nowMs = clock.now().getTime();
  const silent = await selectSilent(db, eventId, new Date(nowMs - freshMs));
  const here = silent.filter(({ user_id }) => rooms.signs.isWatching(eventId, user_id));
  if (here.length === 0) return;
  await db.transaction(async (trx) => {
    // Everybody who changes entries locks the room first.
    await lockRoom(trx, eventId);
    await noteSigns(trx, eventId, new Map(here.map(({ id }) => [id, nowMs])));
  });
}

/** Looks every `everyMs` who has events open, until stopped. */
export const startWatching = (app: Watcher, everyMs = 30_000): { stop(): Promise<void> } =>
  repeat(() => noteWatching(app), {
    everyMs,
    log: app.log,
    failed: 'looking for people who were let in failed and will be tried again',
  });
