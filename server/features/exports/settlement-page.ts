import type { Language } from '../../../contract/languages.ts';
import { formatMoney } from '../../../contract/money.ts';
import type { DocumentContent } from '../documents/document.ts';
import { dayText, partyLines, rateText } from '../documents/document-page.ts';
import { documentWords } from '../documents/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { PaperPage, PaperTable } from '../tickets/paper-page.ts';
import type { Period } from './read-settlement.ts';
import { type SettledLine, type Settlement, totalsOf } from './settlement.ts';
import { exportWords } from './words.ts';

/** Everything that the page shows. */
interface SettlementMatter {
  language: Language;
  sale: Pick<EventSale, 'title' | 'startsAt' | 'timeZone' | 'venueName' | 'city' | 'currency'>;
  seller: DocumentContent['seller'];
  platformName: string | null;
  settlement: Settlement;
  period: Period;
  now: Date;
}

/** Makes the texts of a settlement's PDF. */
export function settlementPage(matter: SettlementMatter): PaperPage {
  const { language, sale, seller, platformName, settlement, period, now } = matter;
  const t = exportWords(language);
  const of = documentWords(language);
  const days = [...settlement.days.keys()].sort();
  const dateOf = (at: Date, timeZone: string) => dayText(at, timeZone, language);
  const first = period.from ?? days[0];
  const last = period.to ?? days.at(-1);
  return {
    language,
    title: `${t('settlement')} · ${sale.title}`,
    author: seller.name,
    heading: t('settlement'),
    parties: [
      { label: t('organiser'), lines: partyLines(seller, language) },
      { label: t('platform'), lines: [platformName ?? of('platform')] },
    ],
    facts: [
      {
        label: of('event'),
        text: [sale.title, [sale.venueName, sale.city].filter(Boolean).join(', ')].join(' · '),
      },
      { label: of('eventDate'), text: dateOf(sale.startsAt, sale.timeZone) },
      {
        label: t('period'),
        text:
          first === undefined || last === undefined
            ? t('noSales')
            : first === last
              ? dateOf(new Date(first), 'UTC')
              : t('fromTo', { from: dateOf(new Date(first), 'UTC'), to: dateOf(new Date(last), 'UTC') }),
      },
      { label: t('drawn'), text: dateOf(now, sale.timeZone) },
    ],
    tables: [
      lineTable(matter, 'sale'),
      ...([...settlement.lines.values()].some(({ kind }) => kind === 'refund')
        ? [lineTable(matter, 'refund')]
        : []),
      handTable(matter),
      dayTable(matter, days),
    ],
    totals: totals(matter),
    notes: [t('balances'), t('feesNote')],
    foot: `${t('settlement')} · ${seller.name}`,
    pageOf: of('pageOf', { n: '{n}', count: '{count}' }),
  };
}

const moneyIn =
  ({ sale: { currency }, language }: SettlementMatter) =>
  (amount: number) =>
    formatMoney({ amount, currency }, language);

function lineTable(matter: SettlementMatter, kind: SettledLine['kind']): PaperTable {
  const { language, settlement } = matter;
  const t = exportWords(language);
  const of = documentWords(language);
  const money = moneyIn(matter);
  const names = { ticketFee: of('ticketFees'), orderFee: of('orderFee') };
  const lines = [...settlement.lines.values()].filter((line) => line.kind === kind);
  return {
    title: t(kind === 'sale' ? 'sales' : 'refunds'),
    hasTotals: false,
    columns: [
      { label: of('item'), share: 0.29, isFigure: false },
      { label: of('taxRate'), share: 0.15, isFigure: true },
      { label: of('quantity'), share: 0.11, isFigure: true },
      { label: of('net'), share: 0.15, isFigure: true },
      { label: of('allTax'), share: 0.14, isFigure: true },
      { label: of('total'), share: 0.16, isFigure: true },
    ],
    rows: lines
      .sort(
        (a, b) => Number(a.sells !== 'ticket') - Number(b.sells !== 'ticket') || (a.name < b.name ? -1 : 1),
      )
      .map(({ sells, name, tax, quantity, netMinor, taxMinor }) => [
        sells === 'ticket' ? name : names[sells],
        rateText(tax, language),
        // A refund of an amount is for no number of tickets.
        kind === 'sale' ? String(quantity) : '',
        money(netMinor),
        money(taxMinor),
        money(netMinor + taxMinor),
      ]),
  };
}

function handTable(matter: SettlementMatter): PaperTable {
  const { language, settlement } = matter;
  const t = exportWords(language);
  const money = moneyIn(matter);
  return {
    title: t('byHand'),
    hasTotals: true,
    columns: [
      { label: t('takenBy'), share: 0.46, isFigure: false },
      { label: t('taken'), share: 0.18, isFigure: true },
      { label: t('returned'), share: 0.18, isFigure: true },
      { label: t('rest'), share: 0.18, isFigure: true },
    ],
    rows: (['provider', 'till'] as const).map((hand) => {
      const { takenMinor, returnedMinor } = settlement.hands[hand];
      return [t(hand), money(takenMinor), money(returnedMinor), money(takenMinor - returnedMinor)];
    }),
  };
}

function dayTable(matter: SettlementMatter, days: string[]): PaperTable {
  const { language, settlement } = matter;
  const t = exportWords(language);
  const money = moneyIn(matter);
  return {
    title: t('byDay'),
    hasTotals: false,
    columns: [
      { label: t('day'), share: 0.2, isFigure: false },
      { label: t('sales'), share: 0.16, isFigure: true },
      { label: t('refunds'), share: 0.16, isFigure: true },
      { label: t('disputes'), share: 0.16, isFigure: true },
      { label: t('feesColumn'), share: 0.16, isFigure: true },
      { label: t('net'), share: 0.16, isFigure: true },
    ],
    // 0 minus 0 is 0, and the opposite of 0 would be shown as -0.
    rows: days.flatMap((day) => {
      const of = settlement.days.get(day);
      if (!of) return [];
      const { soldMinor, refundedMinor, disputedMinor, feesMinor, netMinor } = of;
      return [
        [
          day,
          money(soldMinor),
          money(0 - refundedMinor),
          money(0 - disputedMinor),
          money(0 - feesMinor),
          money(netMinor),
        ],
      ];
    }),
  };
}

function totals(matter: SettlementMatter): PaperPage['totals'] {
  const t = exportWords(matter.language);
  const money = moneyIn(matter);
  const of = totalsOf(matter.settlement);
  const row = (label: string, amount: number, isStrong = false) => ({ label, text: money(amount), isStrong });
  const some = (label: string, amount: number) => (amount === 0 ? [] : [row(label, amount)]);
  return [
    ...some(t('discounts'), matter.settlement.discountMinor),
    row(t('sales'), of.soldMinor),
    row(t('refunds'), 0 - of.refundedMinor),
    ...some(t('unsent'), of.unsentMinor),
    ...some(t('disputes'), 0 - of.disputedMinor),
    ...some(t('other'), of.otherMinor),
    row(t('fees'), 0 - of.feesMinor),
    row(t('net'), of.netMinor),
    ...some(t('inTill'), 0 - of.tillMinor),
    row(t('owed'), of.owedMinor, true),
  ];
}
