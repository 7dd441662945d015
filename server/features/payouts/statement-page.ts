import type { Language } from '../../../contract/languages.ts';
import { formatMoney } from '../../../contract/money.ts';
import type { DocumentContent } from '../documents/document.ts';
import { dayText, partyLines } from '../documents/document-page.ts';
import { documentWords } from '../documents/words.ts';
import type { PaperPage } from '../tickets/paper-page.ts';
import type { LineRow, PayoutRow } from './payouts.ts';
import { payoutWords } from './words.ts';

/** Everything that the page shows. */
interface StatementMatter {
  language: Language;
  payout: PayoutRow;
  lines: LineRow[];
  seller: DocumentContent['seller'];
  platformName: string | null;
}

/** Makes the texts of a statement's PDF. */
export function statementPage({ language, payout, lines, seller, platformName }: StatementMatter): PaperPage {
  const t = payoutWords(language);
  const of = documentWords(language);
  const money = (amount: number) => formatMoney({ amount, currency: payout.currency }, language);
  const sum = (name: keyof Omit<LineRow, 'payoutId' | 'eventId' | 'title'>) =>
    lines.reduce((total, line) => total + line[name], 0);
  const row = (label: string, amount: number, isStrong = false) => ({ label, text: money(amount), isStrong });
  const some = (label: string, amount: number) => (amount === 0 ? [] : [row(label, amount)]);
  return {
    language,
    title: `${t('statement')} · ${payout.reference}`,
    author: platformName ?? of('platform'),
    heading: t('statement'),
    parties: [
      { label: t('organiser'), lines: partyLines(seller, language) },
      { label: t('platform'), lines: [platformName ?? of('platform')] },
    ],
    facts: [
      { label: t('paidAt'), text: dayText(payout.paidAt, 'UTC', language) },
      { label: t('reference'), text: payout.reference },
    ],
    tables: [
      {
        title: null,
        hasTotals: true,
        columns: [
          { label: of('event'), share: 0.28, isFigure: false },
          { label: t('earned'), share: 0.18, isFigure: true },
          { label: t('inTill'), share: 0.18, isFigure: true },
          { label: t('paidBefore'), share: 0.18, isFigure: true },
          { label: t('amount'), share: 0.18, isFigure: true },
        ],
        // 0 minus 0 is 0, and the opposite of 0 would be shown as -0.
        rows: lines.map(({ title, earnedMinor, tillMinor, paidBeforeMinor, amountMinor }) => [
          title,
          money(earnedMinor),
          money(0 - tillMinor),
          money(0 - paidBeforeMinor),
          money(amountMinor),
        ]),
      },
    ],
    totals: [
      row(t('sales'), sum('soldMinor')),
      ...some(t('refunds'), 0 - sum('refundedMinor')),
      ...some(t('disputes'), 0 - sum('disputedMinor')),
      ...some(t('fees'), 0 - sum('feesMinor')),
      row(t('earned'), sum('earnedMinor')),
      ...some(t('inTill'), 0 - sum('tillMinor')),
      ...some(t('paidBefore'), 0 - sum('paidBeforeMinor')),
      row(t('paidOut'), payout.amountMinor, true),
    ],
    notes: [t('balances')],
    foot: `${t('statement')} · ${payout.reference}`,
    pageOf: of('pageOf', { n: '{n}', count: '{count}' }),
  };
}
