import type { EventId } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { nowMs, steadyMs } from '../../../ui/clock.ts';
import { createBeat } from './beat.ts';
import type { DeviceDatabase } from './device-database.ts';
import { type Gate, openGate, type Platform } from './gate.ts';
import { type Credentials, handInOthers } from './hand-in-others.ts';
import { keepDoorPages } from './keep-pages.ts';
import { type Hold, holdScope } from './tab-lock.ts';
import { createVerifier } from './verify-signature.ts';

/** Who scans. */
interface Who {
  /** A person or a device of a link: what the device keeps for one, it does not show to another. */
  id: string;
  headers(): Record<string, string>;
  /** When the link of the device ends by itself, in milliseconds. */
  endsMs?: number;
  /** The access of others whose scans wait on this device. */
  credentials: Credentials;
}

interface Open {
  scope: string;
  hold: Hold;
  gate: Gate;
}

/** One gate at a time. A page that comes back finds it as it left it. */
let open: { scope: string; opened: Promise<Open | null> } | null = null;
/** The scope that the steward has asked for although another tab has it. */
let wanted: string | null = null;

/** The gate of somebody at an event, when it knows enough to be shown. Null if another tab has it. Throws why it does not. */
export async function gateFor(
  eventId: EventId,
  database: DeviceDatabase | null,
  who: Who,
): Promise<Gate | null> {
  const scope = `${eventId} ${who.id}`;
  const before = open?.scope === scope ? await open.opened.catch(() => null) : null;
  if (!before?.hold.isHeld()) {
    closeGate();
    open = { scope, opened: openHeld(eventId, scope, database, who) };
  }
  const opened = await open?.opened;
  if (!opened) return null;
  void keepDoorPages().catch(() => {});
  await knowsEnough(opened.gate);
  return opened.gate;
}

async function openHeld(
  eventId: EventId,
  scope: string,
  database: DeviceDatabase | null,
  { headers, endsMs, credentials }: Who,
): Promise<Open | null> {
  let gate: Gate | null = null;
  const holder = {
    mayGo: () => gate !== null && !gate.isInUse(),
    leave: async () => gate?.close('taken'),
  };
  const hold = await holdScope(scope, holder, wanted === scope);
  if (wanted === scope) wanted = null;
  if (!hold) return null;
  gate = await openGate({
    eventId,
    scope,
    headers,
    endsMs,
    beat: createBeat(call, headers, platform),
    call,
    database,
    verify: createVerifier(),
    platform,
    isHeld: hold.isHeld,
    handInOthers: (time, isMeasured) =>
      handInOthers({ database, call, credentials, but: scope, time, isMeasured }),
  });
  return { scope, hold, gate };
}

/** The next call of gateFor takes the gate over from the tab that has it. */
export function takeGate(eventId: EventId, whoId: string): void {
  wanted = `${eventId} ${whoId}`;
}

/** The next page gets a new gate, which knows only what the device still has. */
export function closeGate(): void {
  const closing = open;
  open = null;
  void closing?.opened
    .then(async (opened) => {
      await opened?.gate.close('left');
      opened?.hold.release();
    })
    .catch(() => {});
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
