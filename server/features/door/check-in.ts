import type { z } from 'zod';
import type { CheckIn, checkIn as operation } from '../../../contract/check-ins.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type DoorCaller, isDevice } from '../door-links/door-device.ts';
import { scannerOf } from '../door-links/scanner.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { admitScans } from './admit-scans.ts';
import { selectIssue } from './look-up-store.ts';
import type { GivenScan } from './read-scans.ts';

type Body = z.output<NonNullable<(typeof operation)['body']>>;

/** Admits one ticket, once. The nonce makes it idempotent, so it needs no Idempotency-Key. */
export async function checkIn(
  app: App,
  call: {
    caller: DoorCaller;
    params: { eventId: EventId };
    body: Body;
    header?(name: string): string | undefined;
  },
): Promise<CheckIn> {
  if (call.body.overrides?.length) await requireManager(app, call);
  const asked = scannerOf(app, call);
  const scanner = asked instanceof Promise ? await asked : asked;
  const { eventId } = call.params;
  const scan = toScan(call.body) ?? (await readFound(app, eventId, call.body));
  const [outcome] = await admitScans(app, eventId, [scan], scanner);
  if (outcome?.kind === 'admitted') return outcome.checkIn;
  if (outcome?.kind !== 'refused') {
    throw new Refused('idempotency_key_reused', { detail: 'This nonce was used for another ticket.' });
  }
  const { kind: _, code, ...first } = outcome;
  throw new Refused(code, first);
}

const toScan = ({ code, ticketId: _, ...scan }: Body): GivenScan | null =>
  code === undefined ? null : { ...scan, code };

/** The scan of a ticket that the gate has found. Whoever holds it now comes in, so the newest issue counts. */
async function readFound(app: App, eventId: EventId, body: Body): Promise<GivenScan> {
  const { code: _, ticketId, ...scan } = body;
  const issue = ticketId ? await selectIssue(app.db, eventId, ticketId) : null;
  if (!ticketId || issue === null) throw new Refused('unknown_ticket');
  return { ...scan, claim: { eventId, ticketId, issue, shown: null } };
}

/** A device of a door link has no role, so it overrules nothing. */
async function requireManager(
  app: App,
  { caller, params }: { caller: DoorCaller; params: { eventId: EventId } },
): Promise<void> {
  if (isDevice(caller)) throw new Refused('forbidden');
  await requireEventCapability(app, caller, params.eventId, 'door.manage');
}
