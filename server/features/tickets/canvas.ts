import { memo } from '../../memo.ts';
import { pdfNumber as n, pdfText } from './pdf-file.ts';
import type { DocumentFonts } from './pdf-fonts.ts';
import type { Run } from './typeset.ts';

/** A page of a PDF to draw on. Lengths are in points, from the upper left corner to the right and down. */
export interface Canvas {
  fill(path: string, color: string): void;
  stroke(path: string, color: string, lineWidth: number, dash?: string): void;
  /** Draws only within the path. */
  clipped(path: string, draw: () => void): void;
  /** Draws in another scale: `side` of the new lengths are one point. */
  scaled(x: number, y: number, scale: number, draw: () => void): void;
  text(run: Run, left: number, baseline: number, size: number, color: string): void;
  /** The page's operators. To be called after all pages are drawn, because only then all letters are known. */
  operators(): string;
}

export const pageWidth = 595.28;
export const pageHeight = 841.89;

export function createCanvas(fonts: DocumentFonts): Canvas {
  // PDF counts upwards.
  const parts: (string | (() => string))[] = [`1 0 0 -1 0 ${pageHeight} cm`];
  const put = (operators: string | (() => string)) => parts.push(operators);
  return {
    fill: (path, color) => put(`${rgb(color)} rg ${path} f`),
    stroke(path, color, lineWidth, dash) {
      const operators = `${rgb(color)} RG ${n(lineWidth)} w ${path} S`;
      put(dash === undefined ? operators : `q [${dash}] 0 d ${operators} Q`);
    },
    clipped(path, draw) {
      put(`q ${path} W n`);
      draw();
      put('Q');
    },
    scaled(x, y, scale, draw) {
      put(`q ${scale.toFixed(6)} 0 0 ${scale.toFixed(6)} ${n(x)} ${n(y)} cm`);
      draw();
      put('Q');
    },
    text(run, left, baseline, size, color) {
      const font = fonts.use(run);
      put(() => {
        const { face, logical } = run;
        const style = face.boldIsFaked ? ` 2 Tr ${n(size / 40)} w ${rgb(color)} RG` : '';
        const show = fonts.show(run, left, baseline, size);
        const text = `BT /${font} ${n(size)} Tf ${rgb(color)} rg${style} ${show} ET`;
        // Readers take the font and the place of the text from the state in which the mark ends, so it ends before Q.
        const marked = needsActualText.test(logical)
          ? `/Span << /ActualText ${pdfText(logical)} >> BDC ${text} EMC`
          : text;
        return face.boldIsFaked ? `q ${marked} Q` : marked;
      });
    },
    operators: () => parts.map((part) => (typeof part === 'string' ? part : part())).join('\n'),
  };
}

/** The vowels of this script stand before letters that they are read after. */
const needsActualText = /\p{Script=Devanagari}/u;

/** `#aab4ff` as the three numbers of a PDF. */
const rgb = (color: string): string =>
  colors(color, () => [1, 3, 5].map((at) => n(Number.parseInt(color.slice(at, at + 2), 16) / 255)).join(' '));

const colors = memo<string>(50);

export const rectangle = (x: number, y: number, width: number, height: number): string =>
  `${n(x)} ${n(y)} ${n(width)} ${n(height)} re`;

export const straightLine = (fromX: number, fromY: number, toX: number, toY: number): string =>
  `${n(fromX)} ${n(fromY)} m ${n(toX)} ${n(toY)} l`;

/** Where a curve has its handles so that it is a quarter of a circle, as a share of the radius. */
const bend = 4 * ((Math.SQRT2 - 1) / 3);

export function roundedRectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): string {
  const [right, bottom, near] = [x + width, y + height, radius * (1 - bend)];
  return [
    `${n(x + radius)} ${n(y)} m`,
    `${n(right - radius)} ${n(y)} l`,
    curve(right - near, y, right, y + near, right, y + radius),
    `${n(right)} ${n(bottom - radius)} l`,
    curve(right, bottom - near, right - near, bottom, right - radius, bottom),
    `${n(x + radius)} ${n(bottom)} l`,
    curve(x + near, bottom, x, bottom - near, x, bottom - radius),
    `${n(x)} ${n(y + radius)} l`,
    curve(x, y + near, x + near, y, x + radius, y),
    'h',
  ].join(' ');
}

/** Half a circle around (x, y), from the top to the bottom, on the right side or on the left one. */
export function halfCircle(x: number, y: number, radius: number, side: 'left' | 'right'): string {
  const out = side === 'right' ? radius : -radius;
  return [
    `${n(x)} ${n(y - radius)} m`,
    curve(x + out * bend, y - radius, x + out, y - radius * bend, x + out, y),
    curve(x + out, y + radius * bend, x + out * bend, y + radius, x, y + radius),
  ].join(' ');
}

const curve = (...points: number[]): string => `${points.map(n).join(' ')} c`;
