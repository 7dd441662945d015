import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawText } from './draw-text.ts';
import { readPdfFonts } from './testing/read-pdf.ts';
import { drawPdf } from './tickets-pdf.ts';

function pdfOf(...texts: string[]): Buffer {
  const style = { width: 500, size: 20, maxLines: 1, color: '#000000' };
  return drawPdf({ title: 'Test', author: 'Test', language: 'en', now: new Date(0) }, (addPage) => {
    const canvas = addPage();
    texts.forEach((text, i) => {
      drawText({ canvas, mirrored: false }, text, 40, 40 + 30 * i, style);
    });
  });
}

/** Hashes of the font files, which are the streams with a `Length1`. */
const fontFiles = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/Length (\d+)[^>]*\/Length1 \d+ >>\nstream\n/g)].map((match) => {
    const start = match.index + match[0].length;
    return createHash('sha256')
      .update(pdf.subarray(start, start + Number(match[1])))
      .digest('hex');
  });

test('tickets of different people have the same font file, which is made once', () => {
  const files = fontFiles(pdfOf('Ada Osei', '19:30 – 22:00 · €25.00'));
  expect(files).toHaveLength(1);
  for (const name of ['Jörg Groß', 'Zoë François', 'Åse Ødegård', "Seán O'Neil-Núñez"])
    expect(fontFiles(pdfOf(name, '19:30 – 22:00 · €25.00'))).toEqual(files);
});

test('the same rare letters in another order need no other font file', () => {
  const files = fontFiles(pdfOf('Łukasz', 'Ősi'));
  expect(files).not.toEqual(fontFiles(pdfOf('Łukasz')));
  expect(fontFiles(pdfOf('Ősi', 'Łukasz'))).toEqual(files);
  expect(fontFiles(pdfOf('ŁŐ', 'Anna'))).toEqual(files);
});

test('each subset has a name of its own', () => {
  const nameOf = (pdf: Buffer) => /[A-Z]{6}\+Inter-Regular/.exec(readPdfFonts(pdf))?.[0];
  const names = ['Ada', 'Łukasz', 'Ősi'].map((text) => nameOf(pdfOf(text)));
  expect(new Set(names).size).toBe(3);
  expect(names).not.toContain(undefined);
});
