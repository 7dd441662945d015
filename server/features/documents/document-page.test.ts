import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../log.ts';
import { createTicketPrinter, type TicketPrinter } from '../tickets/printer.ts';
import { readPdfText, readPdfWords } from '../tickets/testing/read-pdf.ts';
import type { DocumentContent } from './document.ts';
import { documentPage } from './document-page.ts';
import { invoiceContent, lines } from './testing/contents.ts';

let printer: TicketPrinter;
beforeAll(() => {
  printer = createTicketPrinter({ log: createLog({ logLevel: 'fatal' }) });
});
afterAll(() => printer.close());

const draw = (content: DocumentContent, by = printer) =>
  by.printDocument(documentPage(content), new Date(content.issuedAt));
/** The text with single spaces, because columns are set with many. */
const textOf = async (content: DocumentContent) =>
  readPdfText(await draw(content))
    .replaceAll(/[\p{Cf}\f]/gu, '')
    .replaceAll(/\s+/g, ' ');
const long =
  'Gesellschaft für außerordentlich lange Firmennamen und Veranstaltungsbetrieb mit beschränkter Haftung & Co. KG';

test('an invoice has what EN 16931 asks of its content', async () => {
  const text = await textOf(invoiceContent);
  const wanted = [
    ...['Invoice', 'KH-000042', '28 November 2026', '1 January 2099'],
    ...[
      'Kesselhaus Veranstaltungs GmbH',
      'Knaackstraße 97',
      '10435 Berlin',
      'Germany',
      'DE987654321',
      'HRB 12345 B',
    ],
    ...['Analytical Engines Ltd', '12 St James’s Square', 'Third floor', 'SW1Y 4LB London', 'United Kingdom'],
    ...['GB123456789', 'PO 4711', '7KQ2M4XA', 'Midnight Current'],
    // Each line: quantity, price, tax, net and total. Then the totals and the sums by rate.
    'Regular 2 €25.00 VAT 19% €42.02 €50.00',
    'Booking fee for the order 1 €1.00 VAT 19% €0.84 €1.00',
    ...['Net total €45.58', 'Tax €8.66', 'Total €54.24', 'Paid in full. No amount is due.'],
    'Kesselhaus Veranstaltungs GmbH VAT 19% €42.02 €7.98 €50.00',
    'Admit Platform SE VAT 19% €3.56 €0.68 €4.24',
    ...['1 Harbour Street, Dublin, Ireland, VAT ID: IE1234567X', 'Page 1 of 1'],
  ];
  for (const each of wanted) expect(text).toContain(each);
});

test('a credit note names the document that it takes back, and says whether money moves', async () => {
  const corrects = { number: 'KH-000042', issuedAt: '2026-11-28T10:30:00.000Z' };
  const credit = { ...invoiceContent, kind: 'credit_note', number: 'KH-000043', corrects } as const;
  const refund = await textOf({ ...credit, reason: 'refund' });
  for (const each of [
    'Credit note',
    'KH-000042 of 28 November 2026',
    'Total that is taken back €54.24',
    'goes back to the buyer',
  ])
    expect(refund).toContain(each);
  expect(await textOf({ ...credit, reason: 'correction' })).toContain('moves no money');
});

describe.each([
  ['de', 'EUR', ['Rechnung', '54,24 €', '28. November 2026']],
  ['es', 'USD', ['Factura', '28 de noviembre de 2026', '54,24']],
  ['fr', 'JPY', ['Facture', '28 novembre 2026', '5 424']],
  ['ar', 'KWD', ['فاتورة', '5.424']],
] as const)('in %s with %s', (language, currency, wanted) => {
  test('the words and amounts are those of the language and currency', async () => {
    const text = await textOf({ ...invoiceContent, language, currency });
    for (const each of wanted) expect(text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(each);
  });

  test('no two columns of a table have the same heading', () => {
    for (const { columns } of documentPage({ ...invoiceContent, language, currency }).tables) {
      const labels = columns.map(({ label }) => label);
      expect(new Set(labels).size, labels.join()).toBe(labels.length);
    }
  });
});

test.each(['en', 'ar'] as const)(
  'in %s long and short figures of a table have one size',
  async (language) => {
    const long = lines.map((line) => ({
      ...line,
      netMinor: line.netMinor * 1000,
      taxMinor: line.taxMinor * 1000,
    }));
    const pdf = await draw({ ...invoiceContent, language, currency: 'KWD', lines: long });
    const heightsOf = (figure: string) =>
      readPdfWords(pdf).flatMap(({ text, height }) => (text === figure ? height.toFixed(3) : []));
    // The unit prices and totals of the three lines.
    const heights = ['2,500.000', '162.000', '100.000', '324.000'].map((figure) => heightsOf(figure)[0]);
    expect(heights.every((height) => height !== undefined)).toBe(true);
    expect(new Set(heights).size, heights.join()).toBe(1);
  },
);

test('the foot of a page begins with the words of its language', async () => {
  const foot = (language: 'en' | 'ar') =>
    documentPage({ ...invoiceContent, language }).foot.replace(/ KH.*/, '');
  expect([foot('en'), foot('ar')]).toEqual(['Invoice', 'فاتورة']);
});

test('an Arabic invoice is mirrored', async () => {
  const words = readPdfWords(await draw({ ...invoiceContent, language: 'ar' }));
  expect(words.find(({ text }) => text.includes('KH-000042'))?.left).toBeGreaterThan(400);
  const english = readPdfWords(await draw(invoiceContent));
  expect(english.find(({ text }) => text.includes('KH-000042'))?.left).toBeLessThan(100);
});

test('the reason why there is no tax stands on a document without tax, and on no other', async () => {
  const seller = { ...invoiceContent.seller, taxNote: 'TVA non applicable, art. 293 B du CGI' };
  const untaxed = lines.map((line) => ({ ...line, tax: null }));
  expect(await textOf({ ...invoiceContent, seller, lines: untaxed })).toContain('art. 293 B');
  expect(await textOf({ ...invoiceContent, seller })).not.toContain('art. 293 B');
});

test('long names stay on the paper, and forty lines get more pages with all of them and their heads', async () => {
  const many = Array.from({ length: 40 }, (_, i) => ({
    ...(lines[0] as (typeof lines)[0]),
    orderLine: i,
    name: i % 3 === 0 ? `${long} ${i}` : `Category-${i}`,
    quantity: 2,
    netMinor: 840_336_134,
    taxMinor: 159_663_866,
  }));
  const content: DocumentContent = {
    ...invoiceContent,
    seller: { ...invoiceContent.seller, name: long },
    buyer: { ...invoiceContent.buyer, name: `${long} ${long}` },
    event: { ...invoiceContent.event, title: long, venueName: long },
    lines: many,
  };
  const pdf = await draw(content);
  for (const { text, left, right } of readPdfWords(pdf)) {
    expect({ text, isOnPaper: left >= 45 && right <= 551 }).toEqual({ text, isOnPaper: true });
  }
  const text = readPdfText(pdf);
  for (let i = 0; i < 40; i++) if (i % 3 > 0) expect(text).toContain(`Category-${i}`);
  const pages = text.split('\f').slice(0, -1);
  expect(pages.length).toBeGreaterThan(1);
  for (const [i, page] of pages.entries()) expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
  expect(pages.at(-1)).toContain('€400,000,000.00');
  expect(pages[1]).toContain('Price each');
});

test('the same content is the same file, byte for byte, whatever a thread drew before', async () => {
  const arabic: DocumentContent = { ...invoiceContent, language: 'ar' };
  const first = [await draw(invoiceContent), await draw(arabic)];
  await draw({ ...invoiceContent, buyer: { ...invoiceContent.buyer, name: 'Łukasz 堃 Ωμέγα' } });
  const other = createTicketPrinter({ log: createLog({ logLevel: 'fatal' }) });
  try {
    const again = [await draw(arabic, other), await draw(invoiceContent, other)];
    expect(again[0]?.equals(first[1] as Buffer)).toBe(true);
    expect(again[1]?.equals(first[0] as Buffer)).toBe(true);
  } finally {
    await other.close();
  }
  expect((await draw(invoiceContent)).equals(first[0] as Buffer)).toBe(true);
});
