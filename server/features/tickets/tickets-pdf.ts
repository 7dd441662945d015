import PDFDocument from 'pdfkit';
import { languages } from '../../../contract/languages.ts';
import { drawTicket } from './draw-ticket.ts';
import type { TicketPage } from './ticket-page.ts';
import { ticketWords } from './words.ts';

/** Makes a PDF with one A4 page per ticket. A page takes about 5 ms, so it runs in a separate thread. */
export async function ticketsPdf(pages: TicketPage[], now: Date): Promise<Buffer> {
  const [first] = pages;
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    // Keeps the PDF writer from loading its own default font, which we do not use.
    font: '',
    lang: first?.language ?? 'en',
    displayTitle: true,
    info: {
      Title: first ? titleOf(first) : 'Tickets',
      Author: 'Admit',
      CreationDate: now,
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.once('end', resolve);
    doc.once('error', reject);
  });
  for (const page of pages) {
    doc.addPage();
    drawTicket({ doc, mirrored: languages[page.language].direction === 'rtl' }, page);
  }
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

const titleOf = ({ language, title, orderNumber }: TicketPage): string =>
  ticketWords(language)('document', { event: title, number: orderNumber });
