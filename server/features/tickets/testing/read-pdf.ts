import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQrModule from 'jsqr';

// The types describe an ES module, but Node loads the CommonJS one.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** Renders a PDF to pixels, and decodes the QR code on each page. */
export function readQrCodes(pdf: Buffer, dotsPerInch = 100): (string | null)[] {
  return withFile(pdf, (folder, file) => {
    poppler('pdftoppm', ['-r', String(dotsPerInch), file, join(folder, 'page')]);
    const pages = readdirSync(folder)
      .filter((name) => name.endsWith('.ppm'))
      .sort();
    return pages.map((name) => decodePpm(readFileSync(join(folder, name))));
  });
}

/** The text of a PDF as a screen reader gets it. */
export const readPdfText = (pdf: Buffer): string =>
  withFile(pdf, (_folder, file) => poppler('pdftotext', ['-layout', file, '-']).toString());

/** Every word with its left and right edge on the page and its height, in points. */
export const readPdfWords = (pdf: Buffer): { text: string; left: number; right: number; height: number }[] =>
  withFile(pdf, (_folder, file) =>
    [
      ...poppler('pdftotext', ['-bbox', file, '-'])
        .toString()
        .matchAll(
          /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"[^>]*>(.*?)<\/word>/g,
        ),
    ].map(([, left, top, right, bottom, text = '']) => ({
      text,
      left: Number(left),
      right: Number(right),
      height: Number(bottom) - Number(top),
    })),
  );

/** The text with the names of its fonts, as pdffonts lists them. */
export const readPdfFonts = (pdf: Buffer): string =>
  withFile(pdf, (_folder, file) => poppler('pdffonts', [file]).toString());

function withFile<T>(pdf: Buffer, work: (folder: string, file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'admit-pdf-'));
  try {
    const file = join(folder, 'tickets.pdf');
    writeFileSync(file, pdf);
    return work(folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function poppler(program: string, args: string[]): Buffer {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${program} is missing; install it with: apt-get install poppler-utils`);
  }
}

/** A binary PPM is a header of three numbers and then red, green and blue of every pixel. */
function decodePpm(ppm: Buffer): string | null {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('not a PPM');
  const [all, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++)
      pixels[i * 4 + channel] = ppm[all.length + i * 3 + channel] ?? 0;
    pixels[i * 4 + 3] = 255;
  }
  return jsQr(pixels, width, height)?.data ?? null;
}
