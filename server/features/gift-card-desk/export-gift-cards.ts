import type { ExportFormat } from '../../../contract/exports.ts';
import { giftCardColumns as columns, type GiftCard } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call, Raw } from '../../http/bind.ts';
import type { Row } from '../exports/row.ts';
import { sendFile } from '../exports/send-file.ts';
import { writeSheet } from '../exports/write-table.ts';
import { stateOf } from '../gift-cards/gift-card.ts';
import { filterOf, listCards } from '../gift-cards/list-cards.ts';

interface Query {
  bom?: 'yes' | 'no' | undefined;
  q?: string | undefined;
  state?: GiftCard['state'] | undefined;
}

const portion = 500;

/** Sends the gift cards of an organisation as a file while it reads them. */
export async function exportGiftCards(
  app: App,
  call: Call<
    { organisationId: OrganisationId; giftCardFile: `gift-cards.${ExportFormat}` },
    Query,
    undefined,
    'team'
  >,
): Promise<Raw> {
  const { organisationId, giftCardFile } = call.params;
  const format = giftCardFile.split('.')[1] as ExportFormat;
  const end = app.exports.begin(organisationId);
  try {
    await app.db.transaction(async (trx) =>
      noteAct(app, trx, call, {
        act: 'gift_cards.exported',
        organisationId,
        subject: { type: 'organisation', id: organisationId },
        before: null,
        after: { format },
      }),
    );
    const written = writeSheet(
      portionsOf(app, filterOf(organisationId, call.query, app.clock.now())),
      { columns: Object.entries(columns), timeZone: 'UTC' },
      { name: 'gift-cards', format, bom: call.query.bom === 'yes' },
    );
    return sendFile(app, written, { format, name: 'gift-cards', end });
  } catch (error) {
    end();
    throw error;
  }
}

async function* portionsOf(app: App, filter: ReturnType<typeof filterOf>): AsyncGenerator<Row[]> {
  let before: GiftCardId | null = null;
  for (;;) {
    const from: GiftCardId | null = before;
    const rows: Awaited<ReturnType<typeof listCards>> = await app.exports.read(() =>
      listCards(app.db, filter, from, portion),
    );
    if (rows.length > 0) yield rows.map((row) => toRow(row, filter.now));
    if (rows.length < portion) return;
    before = rows.at(-1)?.id ?? null;
  }
}

const toRow = (
  row: Awaited<ReturnType<typeof listCards>>[number],
  now: Date,
): Record<keyof typeof columns, Row[string]> => ({
  card: row.id,
  last4: row.last4,
  source: row.source,
  reason: row.reason,
  note: row.note,
  amount: row.amountMinor,
  balance: row.balanceMinor,
  currency: row.currency,
  state: stateOf(row, now),
  expires_at: row.expiresAt,
  created_at: row.createdAt,
});
