import { expect, test } from 'vitest';
import { drawText } from './draw-text.ts';
import { readPdfText } from './testing/read-pdf.ts';
import { drawPdf } from './tickets-pdf.ts';

function copied(text: string, bold: boolean): string {
  const style = { width: 500, size: 20, maxLines: 1, color: '#000000', bold };
  const pdf = drawPdf({ title: 'Test', author: 'Test', language: 'en', now: new Date(0) }, (addPage) =>
    drawText({ canvas: addPage(), mirrored: false }, text, 40, 40, style),
  );
  return readPdfText(pdf)
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
])('text in a PDF is copied as it was written: %s', (_script, text) => {
  for (const bold of [false, true]) expect(copied(text, bold)).toBe(text);
});
