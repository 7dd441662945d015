import jsQrModule from 'jsqr';
import type { Person } from './browsers.ts';

// The types describe an ES module, but Node loads the CommonJS one.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** Decodes the QR code of the picture with this name, as the browser has drawn it. */
export async function readShownCode({ page }: Person, name: string): Promise<string | undefined> {
  const picture = page.getByRole('img', { name }).first();
  const side = 600;
  // One letter per pixel, because a list of a million numbers would take half a minute to transfer.
  const dark = await picture.evaluate(async (image: HTMLImageElement, side) => {
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 20, 20, side - 40, side - 40);
    const { data } = context.getImageData(0, 0, side, side);
    return Array.from({ length: side * side }, (_, i) => ((data[i * 4] ?? 0) < 128 ? '#' : ' ')).join('');
  }, side);
  const pixels = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) =>
    i % 4 !== 3 && dark[Math.floor(i / 4)] === '#' ? 0 : 255,
  );
  return jsQr(pixels, side, side)?.data;
}
