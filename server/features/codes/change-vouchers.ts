import { Refused } from '../../../contract/errors.ts';
import type { EventId, VoucherBatchId, VoucherId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { ChangeVouchersCommand } from '../inventory/voucher.ts';
import { selectIds } from './store.ts';

const portion = 500;

interface Body {
  ids?: VoucherId[] | undefined;
  tag?: string | undefined;
  batchId?: VoucherBatchId | undefined;
  revoked?: true | undefined;
  validUntil?: string | null | undefined;
  uses?: number | undefined;
  budgetMinor?: number | null | undefined;
}

/**
 * Revokes vouchers or gives them another end, other uses or another budget: by their ids, or those of a tag or a batch. Many are
 * worked off in portions, so that buyers do not wait for them. A repeated request changes nothing more.
 */
export async function changeVouchers(
  app: App,
  call: Call<{ eventId: EventId }, undefined, Body, 'team'>,
): Promise<{ changed: number }> {
  const { eventId } = call.params;
  const { ids, tag, batchId } = call.body;
  const change = changeOf(call.body);
  const submit = async (voucherIds: VoucherId[]): Promise<number> => {
    const outcome = await app.ledger.submit(eventId, {
      kind: 'change-vouchers',
      voucherIds,
      change,
      actor: call,
    });
    if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
    if (outcome.kind !== 'vouchers') throw new Error(`changing vouchers came out as ${outcome.kind}`);
    return outcome.made;
  };
  if (ids) return { changed: await submit(ids) };
  let changed = 0;
  let after: VoucherId | null = null;
  for (;;) {
    const found = await selectIds(app.db, eventId, { tag, batchId }, { after, limit: portion });
    if (found.length === 0) return { changed };
    changed += await submit(found);
    after = found.at(-1) ?? null;
  }
}

function changeOf({ revoked, validUntil, uses, budgetMinor }: Body): ChangeVouchersCommand['change'] {
  if (revoked) return { revoke: true };
  return {
    ...(validUntil !== undefined && { validUntil: validUntil === null ? null : new Date(validUntil) }),
    ...(uses !== undefined && { uses }),
    ...(budgetMinor !== undefined && { budgetMinor }),
  };
}
