import PDFDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { drawText } from './draw-text.ts';
import { readPdfText } from './testing/read-pdf.ts';

async function copied(text: string, bold: boolean): Promise<string> {
  const doc = new PDFDocument({ size: 'A4' });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.once('end', resolve));
  drawText({ doc, mirrored: false }, text, 40, 40, {
    width: 500,
    size: 20,
    maxLines: 1,
    color: '#000',
    bold,
  });
  doc.end();
  await ended;
  return readPdfText(Buffer.concat(chunks))
    .replaceAll(/[\p{Cf}\f]/gu, '')
    .trim();
}

// Arabic letters share glyphs with others of the line; the vowel of Devanagari stands before its letter.
test.each([
  ['Arabic', 'الأوركسترا الوطنية لا إله'],
  ['Hebrew', 'ערב שלום'],
  ['Devanagari', 'हिन्दी संगीत समारोह'],
  ['Thai', 'ไฟฟ้า เทศกาลดนตรี'],
  ['Armenian', 'Երաժշտություն և'],
  ['Georgian', 'მუსიკის ფესტივალი'],
  ['Ethiopic', 'የሙዚቃ ፌስቲቫል'],
  ['Latin', 'Night Shift fi ffl'],
  // Names whose characters are in no common font: of China, of Japan, of Hong Kong.
  ['rare Han', '陶喆 李堃 韩昉 马頔'],
  ['rarer Han', '𠮷野家 髙橋 﨑山 𠮟咤'],
  ['Han of extension A', '㐂寿 䶮峰 龘龘'],
  ['rare Han among Latin and Japanese', 'Live: 𠮷田と堃 2027'],
])('text in a PDF is copied as it was written: %s', async (_script, text) => {
  for (const bold of [false, true]) expect(await copied(text, bold)).toBe(text);
});
