import { expect, test } from 'vitest';
import type { CollectKind } from '../../../contract/product-fields.ts';
import { drawTicket } from './draw-ticket.ts';
import { readPdfText, readQrCodes } from './testing/read-pdf.ts';
import type { TicketPage } from './ticket-page.ts';
import { drawPdf } from './tickets-pdf.ts';

const paper = (collect: CollectKind | undefined): Buffer => {
  const page: TicketPage = {
    language: 'en',
    title: 'Night Shift',
    date: 'Saturday, 21 November 2026',
    time: '19:30 – 22:00 CET',
    doors: null,
    venueName: 'Kesselhaus',
    address: 'Berlin',
    place: null,
    ticketTypeName: 'T-shirt, M',
    collect,
    price: '€20.00',
    attendeeName: null,
    buyerName: 'Ada Osei',
    orderNumber: 'AB12CD',
    number: 2,
    count: 2,
    ticketId: 'tkt_01',
    code: 'ADMIT1.abcdefghijklmnopqrstuvwxyz',
    shortNumber: 'AAAAA-BBBBB',
  };
  return drawPdf({ title: 'Test', author: 'Test', language: 'en', now: new Date(0) }, (addPage) =>
    drawTicket({ canvas: addPage(), mirrored: false }, page),
  );
};

test.each([
  [undefined, 'Show this code at the door', true, true],
  ['door', 'Show it to collect', true, false],
  ['post', 'It comes by post', false, false],
  ['none', 'Nothing to collect', false, false],
] as const)(
  'the paper of an extra has a code only if somebody hands it out: %s',
  (collect, said, shows, admits) => {
    const pdf = paper(collect);
    const text = readPdfText(pdf);
    expect(text).toContain(said);
    expect(readQrCodes(pdf)).toEqual([shows ? 'ADMIT1.abcdefghijklmnopqrstuvwxyz' : null]);
    expect(text.includes('AAAAA-BBBBB')).toBe(shows);
    expect(text.includes('admits one person')).toBe(admits);
  },
);
