import { encode } from 'uqr';
import { ticketModules, ticketQrSize } from './ticket-qr.ts';

/** The dark modules of a QR code as rows of horizontal strokes, in modules from its top left corner. */
interface QrCode {
  /** Modules along a side, without the quiet zone. */
  size: number;
  strokes: { x: number; y: number; length: number }[];
}

/** The white border that the standard requires on every side, in modules. */
const quietZone = 4;

/**
 * The standard asks an encoder to try all eight masks and to take the one with the fewest large areas and false
 * corners, which takes ten times as long as the code itself. A ticket's code is random, so its areas are as small with
 * any mask, and a reader takes the mask from the code.
 */
const mask = 0;

/**
 * Encodes a ticket's code with error correction M. It is readable with 15 % of it hidden by a crease or a thumb, and
 * has 45 modules a side, which phones resolve from arm's length.
 */
export function encodeQr(text: string): QrCode {
  const modules = ticketModules(text);
  if (modules) return { size: ticketQrSize, strokes: strokesOf(modules, ticketQrSize) };
  const { data, size } = encode(text, { ecc: 'M', border: 0, maskPattern: mask });
  return { size, strokes: strokesOf(data.flat(), size) };
}

function strokesOf(modules: ArrayLike<number | boolean>, size: number): QrCode['strokes'] {
  const strokes: QrCode['strokes'] = [];
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at++) {
      if (!modules[at]) continue;
      const start = x;
      while (x + 1 < size && modules[at + 1]) {
        x++;
        at++;
      }
      strokes.push({ x: start, y, length: x - start + 1 });
    }
  }
  return strokes;
}

/**
 * Makes a square SVG that scales to any size. It is always dark on white, because scanners are slow with inverted
 * codes.
 */
export function qrSvg(text: string, title: string): string {
  const { size, strokes } = encodeQr(text);
  const side = size + 2 * quietZone;
  const path = strokes
    .map(({ x, y, length }) => `M${x + quietZone} ${y + quietZone}h${length}v1h-${length}z`)
    .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-labelledby="t" shape-rendering="crispEdges">`,
    `<title id="t">${escapeXml(title)}</title>`,
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`,
  ].join('');
}

const escapeXml = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
