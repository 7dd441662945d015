import type { QueryClient } from '@tanstack/react-query';
import { isProblem } from '../../../../../client/problem.ts';
import type { EventId } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { meQuery, requireMe } from '../../../api/session.ts';
import { keepDoorPages } from '../../../offline/register.ts';
import { nowMs, steadyMs } from '../../../ui/clock.ts';
import { type DeviceDatabase, openDeviceDatabase } from './device-database.ts';
import { type Gate, openGate, type Platform } from './gate.ts';
import { createVerifier } from './verify-signature.ts';

/** One gate at a time. A page that comes back finds it as it left it. */
let open: { scope: string; gate: Promise<Gate> } | null = null;

/** How long an answer about the person may take before the device's own memory counts. */
const patienceMs = 3_000;

/**
 * The gate of a member of the team, when it knows enough to be shown. Without a connection it is the gate of whoever was here
 * last. Throws why there is none.
 */
export async function memberGate(client: QueryClient, eventId: EventId): Promise<Gate> {
  // A browser without IndexedDB, or in which it is forbidden, scans too. It forgets everything with the page.
  const database = await openDeviceDatabase().catch(() => null);
  const userId = await findMember(client, database);
  const scope = `${eventId} ${userId}`;
  if (open?.scope !== scope) {
    const gate = openGate({
      eventId,
      scope,
      headers: () => ({}),
      call,
      database,
      verify: createVerifier(),
      platform,
    });
    open = { scope, gate };
  }
  void keepDoorPages().catch(() => {});
  const gate = await open.gate;
  await knowsEnough(gate);
  return gate;
}

async function findMember(client: QueryClient, database: DeviceDatabase | null): Promise<string> {
  const kept = await database?.get<string>('devices', 'member').catch(() => undefined);
  const asked = client.ensureQueryData(meQuery);
  const late = new Promise<null>((done) => setTimeout(done, patienceMs, null));
  const me = await Promise.race([asked, ...(kept ? [late] : [])]).catch((error) => {
    if (kept && isProblem(error, 'unreachable')) return null;
    throw error;
  });
  if (me) {
    if (me.id !== kept) await database?.put('devices', 'member', me.id).catch(() => {});
    return me.id;
  }
  const isSignedOut = client.getQueryData(meQuery.queryKey) === null;
  if (kept && !isSignedOut) return kept;
  await requireMe(client);
  throw new Error('nobody is signed in');
}

/** Waits for a manifest from the device or from the server. */
async function knowsEnough(gate: Gate): Promise<void> {
  const leave = gate.use();
  try {
    await new Promise<void>((done) => {
      const look = () => {
        const { known, contact } = gate.state();
        if (!known && contact === 'starting') return;
        forget();
        done();
      };
      const forget = gate.subscribe(look);
      look();
    });
  } finally {
    leave();
  }
  const { known, problem } = gate.state();
  if (!known) throw problem ?? new Error('no manifest');
}

const platform: Platform = {
  wallMs: nowMs,
  steadyMs,
  isVisible: () => document.visibilityState === 'visible',
  isOnline: () => navigator.onLine,
  onChance(call) {
    addEventListener('online', call);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') call();
    });
  },
};
