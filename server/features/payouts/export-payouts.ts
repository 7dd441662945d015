import type { ExportFormat } from '../../../contract/exports.ts';
import type { OrganisationId, PayoutId } from '../../../contract/ids.ts';
import { type PayoutsFile, payoutColumns } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import type { Call, Raw } from '../../http/bind.ts';
import type { Row } from '../exports/row.ts';
import { sendFile } from '../exports/send-file.ts';
import { writeSheet } from '../exports/write-table.ts';
import { selectEarliestPayouts, selectLinesOf } from './store.ts';

const payoutsAtOnce = 50;

/** Sends all payouts of an organisation as a file, a row for each event of each payout. */
export async function exportPayouts(
  app: App,
  call: Call<
    { organisationId: OrganisationId; payoutsFile: PayoutsFile },
    { bom?: 'yes' | 'no' | undefined }
  >,
): Promise<Raw> {
  const { organisationId, payoutsFile } = call.params;
  const end = app.exports.begin(organisationId);
  try {
    const first = await readPortion(app, organisationId, null);
    const format = payoutsFile.split('.')[1] as ExportFormat;
    const written = writeSheet(
      readOn(app, organisationId, first),
      { columns: Object.entries(payoutColumns), timeZone: 'UTC' },
      { name: 'payouts', format, bom: call.query.bom === 'yes' },
    );
    return sendFile(app, written, { format, name: 'payouts', end });
  } catch (error) {
    end();
    throw error;
  }
}

type Portion = Awaited<ReturnType<typeof readPortion>>;

async function* readOn(app: App, organisationId: OrganisationId, first: Portion): AsyncGenerator<Row[]> {
  let portion = first;
  for (;;) {
    yield portion.rows;
    if (portion.next === null) return;
    portion = await readPortion(app, organisationId, portion.next);
  }
}

async function readPortion(app: App, organisationId: OrganisationId, after: PayoutId | null) {
  return app.exports.read(async () => {
    const payouts = await selectEarliestPayouts(app.db, organisationId, { after, limit: payoutsAtOnce });
    const lines = await selectLinesOf(app.db, payouts);
    const rows = payouts.flatMap((payout) =>
      (lines.get(payout.id) ?? []).map(
        (line): Record<keyof typeof payoutColumns, Row[string]> => ({
          payout_id: payout.id,
          paid_at: payout.paidAt,
          reference: payout.reference,
          event_id: line.eventId,
          event: line.title,
          sold: line.soldMinor,
          refunded: line.refundedMinor,
          disputed: line.disputedMinor,
          fees: line.feesMinor,
          earned: line.earnedMinor,
          in_till: line.tillMinor,
          paid_before: line.paidBeforeMinor,
          amount: line.amountMinor,
          payout_amount: payout.amountMinor,
          currency: payout.currency,
        }),
      ),
    );
    return { rows, next: payouts.length < payoutsAtOnce ? null : (payouts.at(-1)?.id ?? null) };
  });
}
