import type { CheckIn, Scan } from '../../../contract/check-ins.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type DoorCaller, isDevice } from '../door-links/door-device.ts';
import { scannerOf } from '../door-links/scanner.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { admitScans } from './admit-scans.ts';

/** Admits one ticket, once. The nonce makes it idempotent, so it needs no Idempotency-Key. */
export async function checkIn(
  app: App,
  call: {
    caller: DoorCaller;
    params: { eventId: EventId };
    body: Scan;
    header?(name: string): string | undefined;
  },
): Promise<CheckIn> {
  if (call.body.overrides?.length) await requireManager(app, call);
  const asked = scannerOf(app, call);
  const scanner = asked instanceof Promise ? await asked : asked;
  const [outcome] = await admitScans(app, call.params.eventId, [call.body], scanner);
  if (outcome?.kind === 'admitted') return outcome.checkIn;
  if (outcome?.kind !== 'refused') {
    throw new Refused('idempotency_key_reused', { detail: 'This nonce was used for another ticket.' });
  }
  const { kind: _, code, ...first } = outcome;
  throw new Refused(code, first);
}

/** A device of a door link has no role, so it overrules nothing. */
async function requireManager(
  app: App,
  { caller, params }: { caller: DoorCaller; params: { eventId: EventId } },
): Promise<void> {
  if (isDevice(caller)) throw new Refused('forbidden');
  await requireEventCapability(app, caller, params.eventId, 'door.manage');
}
