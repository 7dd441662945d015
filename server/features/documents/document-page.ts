import type { Language } from '../../../contract/languages.ts';
import { formatMoney } from '../../../contract/money.ts';
import { shownZone } from '../../../contract/zones.ts';
import type { PaperPage, PaperTable } from '../tickets/paper-page.ts';
import {
  type DocumentContent,
  type DocumentLine,
  grossOf,
  type Party,
  sumOfLines,
  taxLines,
  taxOfLines,
} from './document.ts';
import { documentWords } from './words.ts';

/** Makes the texts of a document's PDF from what was frozen when it was issued, and from nothing else. */
export function documentPage(content: DocumentContent): PaperPage {
  const { language, number, seller, buyer } = content;
  const t = documentWords(language);
  const heading = t(headings[content.kind]);
  return {
    language,
    title: `${heading} ${number}`,
    author: seller.name,
    heading,
    parties: [
      { label: t('seller'), lines: [...partyLines(seller, language), ...some(seller.registration)] },
      {
        label: t('buyer'),
        lines: [
          ...partyLines(buyer, language),
          ...(buyer.reference === null ? [] : [t('reference', { reference: buyer.reference })]),
        ],
      },
    ],
    facts: facts(content),
    tables: [itemTable(content), rateTable(content)],
    totals: totals(content),
    notes: notes(content),
    // The first letter decides the direction, and the heading is in the language of the document.
    foot: `${heading} ${number} · ${seller.name}`,
    // The page's numbers are known only when the pages are drawn.
    pageOf: t('pageOf', { n: '{n}', count: '{count}' }),
  };
}

const headings = { receipt: 'receipt', invoice: 'invoice', credit_note: 'creditNote' } as const;

const some = (text: string | null): string[] => (text === null ? [] : [text]);

export function partyLines({ name, address, vatId }: Party, language: Language): string[] {
  const place = address && [address.postcode, address.city].filter(Boolean).join(' ');
  const country =
    address && (new Intl.DisplayNames(language, { type: 'region' }).of(address.country) ?? address.country);
  return [
    name,
    ...(address ? [address.line1, ...some(address.line2), ...some(place), ...some(country)] : []),
    ...(vatId === null ? [] : [documentWords(language)('vatId', { id: vatId })]),
  ];
}

/** A day on a document, with western digits, as on tickets. */
export function dayText(at: Date, timeZone: string, language: Language): string {
  const locale = language === 'en' ? 'en-GB' : `${language}-u-nu-latn`;
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: shownZone(timeZone) } as const;
  return new Intl.DateTimeFormat(locale, options).format(at);
}

/** Days are those at the place of the event. */
const dayOf = (at: string, { language, event }: DocumentContent): string =>
  dayText(new Date(at), event.timeZone, language);

function facts(content: DocumentContent): PaperPage['facts'] {
  const { event, corrects } = content;
  const t = documentWords(content.language);
  const place = [event.venueName, event.city].filter(Boolean).join(', ');
  return [
    { label: t('number'), text: content.number },
    { label: t('issued'), text: dayOf(content.issuedAt, content) },
    ...(corrects
      ? [
          {
            label: t('corrected'),
            text: t('correctedOf', { number: corrects.number, date: dayOf(corrects.issuedAt, content) }),
          },
        ]
      : [{ label: t('paid'), text: dayOf(content.paidAt, content) }]),
    { label: t('order'), text: content.orderNumber },
    { label: t('event'), text: [event.title, place].filter(Boolean).join(' · ') },
    { label: t('eventDate'), text: dayOf(event.startsAt, content) },
  ];
}

const moneyIn =
  ({ currency, language }: DocumentContent) =>
  (amount: number) =>
    formatMoney({ amount, currency }, language);

export function rateText(tax: DocumentLine['tax'], language: Language): string {
  const t = documentWords(language);
  if (tax === null) return t('untaxed');
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 });
  return t('rate', { name: tax.name, rate: percent.format(tax.ratePercent / 100) });
}

function itemTable(content: DocumentContent): PaperTable {
  const { language, lines } = content;
  const t = documentWords(language);
  const money = moneyIn(content);
  const names = { ticketFee: t('ticketFees'), orderFee: t('orderFee') };
  return {
    title: null,
    hasTotals: true,
    columns: [
      { label: t('item'), share: 0.3, isFigure: false },
      { label: t('quantity'), share: 0.1, isFigure: true },
      { label: t('unitPrice'), share: 0.15, isFigure: true },
      { label: t('taxRate'), share: 0.15, isFigure: true },
      { label: t('net'), share: 0.15, isFigure: true },
      { label: t('total'), share: 0.15, isFigure: true },
    ],
    rows: lines.map((line) => {
      const { sells, name, quantity, tax, netMinor } = line;
      const gross = grossOf(line);
      // A credit note for a part of the price has neither.
      const isWhole = quantity !== null && gross % quantity === 0;
      return [
        sells === 'ticket' ? name : names[sells],
        isWhole ? String(quantity) : '',
        isWhole ? money(gross / quantity) : '',
        rateText(tax, language),
        money(netMinor),
        money(gross),
      ];
    }),
  };
}

function rateTable(content: DocumentContent): PaperTable {
  const { language, lines, platform, seller } = content;
  const t = documentWords(language);
  const money = moneyIn(content);
  const supplierOf = { seller: seller.name, platform: platform?.name ?? t('platform') };
  return {
    title: t('byRate'),
    hasTotals: false,
    columns: [
      { label: t('chargedBy'), share: 0.34, isFigure: false },
      { label: t('taxRate'), share: 0.18, isFigure: true },
      { label: t('net'), share: 0.16, isFigure: true },
      { label: t('allTax'), share: 0.16, isFigure: true },
      { label: t('total'), share: 0.16, isFigure: true },
    ],
    rows: taxLines(lines).map(({ supplier, tax, netMinor, taxMinor }) => [
      supplierOf[supplier],
      rateText(tax, language),
      money(netMinor),
      money(taxMinor),
      money(netMinor + taxMinor),
    ]),
  };
}

function totals(content: DocumentContent): PaperPage['totals'] {
  const { lines, discountMinor, kind, language } = content;
  const t = documentWords(language);
  const money = moneyIn(content);
  const total = sumOfLines(lines);
  const tax = taxOfLines(lines);
  const row = (label: string, amount: number) => ({ label, text: money(amount), isStrong: false });
  return [
    ...(discountMinor > 0 ? [row(t('discount'), discountMinor)] : []),
    row(t('allNet'), total - tax),
    row(t('allTax'), tax),
    { label: t(kind === 'credit_note' ? 'allBack' : 'allTotal'), text: money(total), isStrong: true },
  ];
}

function notes({ language, kind, reason, lines, seller, platform }: DocumentContent): string[] {
  const t = documentWords(language);
  const untaxed = lines.some((line) => line.sells === 'ticket' && line.tax === null && grossOf(line) > 0);
  const payment = kind !== 'credit_note' ? t('isPaid') : reason === 'refund' ? t('refunded') : t('replaced');
  const who = platform && [
    platform.name ?? t('platform'),
    ...some(platform.address),
    ...(platform.vatId === null ? [] : [t('vatId', { id: platform.vatId })]),
  ];
  return [
    payment,
    ...(untaxed ? some(seller.taxNote) : []),
    ...(who ? [t('fees', { platform: who.join(', '), seller: seller.name })] : []),
  ];
}
