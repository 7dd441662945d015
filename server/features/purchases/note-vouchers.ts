import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Writes } from '../../data/db.ts';
import type { Facts } from '../inventory/state.ts';
import type { ChangeVouchersCommand } from '../inventory/voucher.ts';
import type { EventSale } from '../sale/event-sale.ts';

/** Writes the audit log's entry of each command that made or changed vouchers. It has no codes, because they are secrets. */
export function noteVouchers(
  app: App,
  trx: Writes,
  made: Facts['vouchers'],
  { eventId, organisationId, title, currency }: EventSale,
): void {
  for (const { command, count } of made) {
    const isNew = command.kind === 'make-vouchers';
    const after = isNew
      ? { codes: count, tag: command.vouchers[0]?.tag ?? '' }
      : { codes: count, ...termsOf(command.change, currency) };
    noteAct(app, trx, command.actor, {
      act: isNew ? 'codes.made' : 'codes.changed',
      organisationId,
      subject: { type: 'event', id: eventId, title },
      before: null,
      after,
    });
  }
}

/** What codes were given. A field that stays is left out. */
function termsOf(change: ChangeVouchersCommand['change'], currency: Currency) {
  if ('revoke' in change) return { revoked: true };
  const { validUntil, uses, budgetMinor } = change;
  return {
    ...(validUntil !== undefined && { validUntil: validUntil?.toISOString() ?? null }),
    ...(uses !== undefined && { uses }),
    ...(budgetMinor !== undefined && {
      budget: budgetMinor === null ? null : { amount: budgetMinor, currency },
    }),
  };
}
