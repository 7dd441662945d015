import type { z } from 'zod';
import {
  type OfflineScan,
  offlineScanSchema,
  type checkInBatch as operation,
  type Scan,
} from '../../../contract/check-ins.ts';
import { type ErrorCode, errorTable } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { DoorCaller } from '../door-links/door-device.ts';
import { noteHandedIn } from '../door-links/note-handed-in.ts';
import { scannerOf } from '../door-links/scanner.ts';
import { admitScans } from './admit-scans.ts';
import { selectIssuesOf } from './look-up-store.ts';
import type { GivenScan } from './read-scans.ts';
import { decideSkewMs, type ScanOutcome } from './scan.ts';

export type BatchReply = z.infer<NonNullable<(typeof operation)['reply']>>;
type Result = BatchReply['results'][number];

/**
 * Accepts the scans of a device that was offline. Sending the same scans again changes nothing. Each scan is
 * validated separately, so that a damaged one does not keep a night's admissions on the device.
 */
export async function checkInBatch(
  app: App,
  call: {
    caller: DoorCaller;
    params: { eventId: EventId };
    body: z.output<NonNullable<(typeof operation)['body']>>;
    header?(name: string): string | undefined;
  },
): Promise<BatchReply> {
  const read = call.body.scans.map((given) => offlineScanSchema.safeParse(given));
  const scanner = await scannerOf(app, call);
  const { eventId } = call.params;
  const given = read.flatMap(({ data }) => data ?? []);
  const scans = await readFound(app, eventId, given);
  const skewMs = decideSkewMs(call.body.device, app.clock.now());
  const outcomes = (await admitScans(app, eventId, scans, scanner, skewMs)).values();
  await noteHandedIn(app, scanner, scans.length);
  return {
    now: app.clock.now().toISOString(),
    results: read.map(({ data, error }, i) =>
      data ? toResult(data, outcomes.next().value as ScanOutcome) : toUnreadable(call.body.scans[i], error),
    ),
  };
}

/** Tickets that the gate found without a code. Without the issue that the gate knows, the newest one counts. */
async function readFound(app: App, eventId: EventId, scans: OfflineScan[]): Promise<GivenScan[]> {
  const ids = scans.flatMap(({ ticketId }) => ticketId ?? []);
  const issues = ids.length === 0 ? null : await selectIssuesOf(app.db, eventId, ids);
  return scans.map(({ code, ticketId, issue, ...scan }) => {
    if (!ticketId) return { ...scan, code: code ?? '' };
    const claimed = issue ?? issues?.get(ticketId) ?? 1;
    return { ...scan, claim: { eventId, ticketId, issue: claimed, shown: null } };
  });
}

export function toResult({ nonce }: Pick<Scan, 'nonce'>, outcome: ScanOutcome): Result {
  if (outcome.kind === 'admitted') {
    const { kind: outcomeKind, ...rest } = outcome;
    return { nonce, outcome: outcomeKind, ...rest };
  }
  if (outcome.kind === 'failed') return toRefusal(nonce, 'internal');
  if (outcome.kind === 'noted') return { nonce, outcome: 'noted' };
  // This is a fault of the device and not of the guest. The other scans are decided all the same.
  if (outcome.kind === 'nonce_reused') return toRefusal(nonce, 'idempotency_key_reused');
  const { kind: _, code, ...first } = outcome;
  return { ...toRefusal(nonce, code), ...first };
}

function toUnreadable(given: unknown, error: z.ZodError): Result {
  const said = offlineScanSchema.shape.nonce.safeParse((given as { nonce?: unknown } | null)?.nonce);
  const [issue] = error.issues;
  const detail = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
  return { ...toRefusal(said.data ?? null, 'invalid_request'), detail };
}

const toRefusal = <C extends ErrorCode>(nonce: string | null, code: C) => ({
  nonce,
  outcome: 'refused' as const,
  code,
  title: errorTable[code].title,
});
