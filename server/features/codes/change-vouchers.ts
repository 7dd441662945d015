import { Refused } from '../../../contract/errors.ts';
import type { EventId, VoucherId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { ChangeVouchersCommand } from '../inventory/voucher.ts';
import { selectIdsOfTag } from './store.ts';

const portion = 500;

interface Body {
  ids?: VoucherId[] | undefined;
  tag?: string | undefined;
  revoked?: true | undefined;
  validUntil?: string | null | undefined;
}

/**
 * Revokes vouchers or gives them another end, by their ids or by a tag. A tag is worked off in portions, so that buyers do not wait
 * for it. A repeated request changes nothing more.
 */
export async function changeVouchers(
  app: App,
  call: Call<{ eventId: EventId }, undefined, Body, 'team'>,
): Promise<{ changed: number }> {
  const { eventId } = call.params;
  const { ids, tag, validUntil } = call.body;
  const change: ChangeVouchersCommand['change'] =
    validUntil === undefined
      ? { revoke: true }
      : { validUntil: validUntil === null ? null : new Date(validUntil) };
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
    const found = await selectIdsOfTag(app.db, { eventId, tag: tag ?? '', after, limit: portion });
    if (found.length === 0) return { changed };
    changed += await submit(found);
    after = found.at(-1) ?? null;
  }
}
