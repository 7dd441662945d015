import type { z } from 'zod';
import type { CheckIn, checkIn as operation } from '../../../contract/check-ins.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { type DoorCaller, isDevice } from '../door-links/door-device.ts';
import { scannerOf } from '../door-links/scanner.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { admitScans } from './admit-scans.ts';
import { selectIssue } from './look-up-store.ts';
import type { GivenScan } from './read-scans.ts';

type Body = z.output<NonNullable<(typeof operation)['body']>>;

type CheckInCall = Omit<ActingCall, 'caller'> & {
  caller: DoorCaller;
  params: { eventId: EventId };
  body: Body;
};

/** Admits one ticket, once. The nonce makes it idempotent, so it needs no Idempotency-Key. */
export async function checkIn(app: App, call: CheckInCall): Promise<CheckIn> {
  const noteOverruled = call.body.overrides?.length ? await overruling(app, call) : null;
  const asked = scannerOf(app, call);
  const scanner = asked instanceof Promise ? await asked : asked;
  const { eventId } = call.params;
  const given = toScan(call.body) ?? (await readFound(app, eventId, call.body));
  const scan = noteOverruled ? { ...given, noteOverruled } : given;
  const [outcome] = await admitScans(app, eventId, [scan], scanner);
  if (outcome?.kind === 'admitted') return outcome.checkIn;
  if (outcome?.kind === 'failed') throw outcome.error;
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

/**
 * Requires a manager, and returns what writes to the audit log that the manager overruled a refusal. A device of a door link has no
 * role, so it overrules nothing.
 */
async function overruling(app: App, call: CheckInCall): Promise<NonNullable<GivenScan['noteOverruled']>> {
  const { caller } = call;
  const { eventId } = call.params;
  if (isDevice(caller)) throw new Refused('forbidden');
  await requireEventCapability(app, caller, eventId, 'door.manage');
  const organisationId = await organisationOf(app, eventId);
  return (trx, ticketId) =>
    noteAct(
      app,
      trx,
      { ...call, caller },
      {
        act: 'check_in.overruled',
        organisationId,
        subject: { type: 'ticket', id: ticketId },
        before: null,
        after: { status: 'used', ...(call.body.gate && { gate: call.body.gate }) },
      },
    );
}
