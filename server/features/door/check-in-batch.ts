import type { z } from 'zod';
import type { checkInBatch as operation, Scan } from '../../../contract/check-ins.ts';
import { errorTable } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { admitScans } from './admit-scans.ts';
import type { DoorRefusal, ScanOutcome } from './scan.ts';

type Reply = z.infer<NonNullable<(typeof operation)['reply']>>;

/** Takes the scans of a device that was offline. Handing in the same scans again changes nothing. */
export async function checkInBatch(
  app: App,
  call: { caller: Caller; params: { eventId: EventId }; body: { scans: Scan[] } },
): Promise<Reply> {
  const { scans } = call.body;
  const outcomes = await admitScans(app, call.params.eventId, scans, call.caller.userId);
  return { results: scans.map(({ nonce }, i) => toResult(nonce, outcomes[i] as ScanOutcome)) };
}

function toResult(nonce: string, outcome: ScanOutcome): Reply['results'][number] {
  if (outcome.kind === 'admitted') return { nonce, outcome: 'admitted', checkIn: outcome.checkIn };
  // A fault of the device, not of the guest. The other scans are decided all the same.
  if (outcome.kind === 'nonce_reused') return toRefusal(nonce, 'idempotency_key_reused');
  const { kind: _, code, ...first } = outcome;
  return { ...toRefusal(nonce, code), ...first };
}

const toRefusal = (nonce: string, code: DoorRefusal | 'idempotency_key_reused') => ({
  nonce,
  outcome: 'refused' as const,
  code,
  title: errorTable[code].title,
});
