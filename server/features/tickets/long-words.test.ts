import { expect, test } from 'vitest';
import { languages } from '../../../contract/languages.ts';
import { readPdfText, readPdfWords, readQrCodes } from './testing/read-pdf.ts';
import { eventTimes, type TicketPage } from './ticket-page.ts';
import { ticketsPdf } from './tickets-pdf.ts';

/** The longest word of a German law: 63 letters. */
const word = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';

const pageWith = (text: string, language: TicketPage['language'], seated: boolean): TicketPage => ({
  language,
  title: text,
  date: 'Thursday, 1 January 2099',
  time: '22:30 – 04:00 CET',
  doors: '21:00',
  venueName: text,
  address: text,
  place: seated ? { section: text, row: text, seat: text } : null,
  ticketTypeName: text,
  price: '€25.00',
  attendeeName: text,
  buyerName: text,
  orderNumber: '7KQ2M4XA',
  number: 1,
  count: 1,
  ticketId: 'tkt_01k9z8q7e2m4x6w8r0t2v4b6n8',
  shortNumber: '7K3QA-9XW2M',
  code: `ADMIT1.${'7KQ2M4XA'.repeat(20)}`,
});

test.each(Object.keys(languages) as TicketPage['language'][])(
  'a word of 63 letters in every field stays on the ticket and off its code (%s)',
  async (language) => {
    for (const seated of [true, false]) {
      const page = pageWith(word, language, seated);
      const pdf = await ticketsPdf([page], new Date('2098-12-01T12:00:00Z'));
      expect(readQrCodes(pdf)).toEqual([page.code]);
      const words = readPdfWords(pdf);
      expect(words.length).toBeGreaterThan(20);
      // The ticket is 503 points wide and 46 from the edge of the paper.
      expect(words.filter(({ left, right }) => left < 45 || right > 550)).toEqual([]);
      // The whole word of the title is there, on as many lines as it takes.
      expect(readPdfText(pdf).replaceAll(/\s/g, '')).toContain(word.slice(0, 24));
    }
  },
);

test.each(Object.keys(languages) as TicketPage['language'][])(
  'an event that ends in another year has both years in mail and PDF (%s)',
  (language) => {
    const { date, time } = eventTimes(
      {
        startsAt: new Date('2026-12-30T18:00:00Z'),
        endsAt: new Date('2027-01-02T11:00:00Z'),
        doorsAt: null,
        timeZone: 'Europe/Berlin',
      },
      language,
    );
    expect([date, time].map((text) => text.match(/20\d\d/g))).toEqual([['2026'], ['2027']]);
  },
);
