import type { EventId } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { nowMs, steadyMs } from '../../../ui/clock.ts';
import { createBeat } from './beat.ts';
import type { DeviceDatabase } from './device-database.ts';
import { type Gate, openGate, type Platform } from './gate.ts';
import { keepDoorPages } from './keep-pages.ts';
import { createVerifier } from './verify-signature.ts';

/** Who scans. */
interface Who {
  /** A person or a device of a link: what the device keeps for one, it does not show to another. */
  id: string;
  headers(): Record<string, string>;
  /** When the link of the device ends by itself, in milliseconds. */
  endsMs?: number;
}

/** One gate at a time. A page that comes back finds it as it left it. */
let open: { scope: string; gate: Promise<Gate> } | null = null;

/** The gate of somebody at an event, when it knows enough to be shown. Throws why it does not. */
export async function gateFor(eventId: EventId, database: DeviceDatabase | null, who: Who): Promise<Gate> {
  const scope = `${eventId} ${who.id}`;
  if (open?.scope !== scope) {
    const { headers, endsMs } = who;
    const beat = createBeat(call, headers, platform);
    const verify = createVerifier();
    open = {
      scope,
      gate: openGate({ eventId, scope, headers, endsMs, beat, call, database, verify, platform }),
    };
  }
  void keepDoorPages().catch(() => {});
  const gate = await open.gate;
  await knowsEnough(gate);
  return gate;
}

/** The next page gets a new gate, which knows only what the device still has. */
export function closeGate(): void {
  open = null;
}

/** Waits for a manifest from the device or from the server. */
async function knowsEnough(gate: Gate): Promise<void> {
  const leave = gate.use();
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
  leave();
  const { known, problem } = gate.state();
  if (!known) throw problem ?? new Error('there is no manifest');
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
