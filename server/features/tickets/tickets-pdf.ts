import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { languages } from '../../../contract/languages.ts';
import { type Canvas, createCanvas, pageHeight, pageWidth } from './canvas.ts';
import { drawTicket } from './draw-ticket.ts';
import { createPdfFile, pdfText } from './pdf-file.ts';
import { createDocumentFonts } from './pdf-fonts.ts';
import type { TicketPage } from './ticket-page.ts';
import { ticketWords } from './words.ts';

/** Makes a PDF with one A4 page per ticket. */
export function ticketsPdf(pages: TicketPage[], now: Date): Buffer<ArrayBuffer> {
  const [first] = pages;
  const title = first ? titleOf(first) : 'Tickets';
  return drawPdf({ title, author: 'Admit', language: first?.language ?? 'en', now }, (addPage) => {
    for (const page of pages)
      drawTicket({ canvas: addPage(), mirrored: languages[page.language].direction === 'rtl' }, page);
  });
}

const titleOf = ({ language, title, orderNumber }: TicketPage): string =>
  ticketWords(language)('document', { event: title, number: orderNumber });

/** Makes a PDF of the pages that `draw` adds. The same drawing and time always give the same bytes. */
export function drawPdf(
  { title, author, language, now }: { title: string; author: string; language: string; now: Date },
  draw: (addPage: () => Canvas) => void,
): Buffer<ArrayBuffer> {
  const fonts = createDocumentFonts();
  const canvases: Canvas[] = [];
  draw(() => {
    const canvas = createCanvas(fonts);
    canvases.push(canvas);
    return canvas;
  });
  const file = createPdfFile();
  const tree = file.reserve();
  const resources = file.write(`<< /Font << ${fonts.write(file)} >> >>`);
  const pages = canvases.map((canvas) => {
    const contents = file.writeStream(deflateSync(Buffer.from(canvas.operators(), 'latin1'), { level: 1 }));
    return file.write(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] ` +
        `/Resources ${resources} 0 R /Contents ${contents} 0 R >>`,
    );
  });
  file.write(
    `<< /Type /Pages /Count ${canvases.length} /Kids [${pages.map((page) => `${page} 0 R`).join(' ')}] >>`,
    tree,
  );
  const catalog = file.write(
    `<< /Type /Catalog /Pages ${tree} 0 R /Lang ${pdfText(language)} /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  const info = file.write(
    `<< /Title ${pdfText(title)} /Author ${pdfText(author)} /Creator (Admit) /Producer (Admit) /CreationDate (${pdfDate(now)}) >>`,
  );
  const id = createHash('sha256').update(`${title} ${now.toISOString()}`).digest('hex').slice(0, 32);
  return file.end(catalog, info, id);
}

const pdfDate = (at: Date): string => `D:${at.toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z`;
