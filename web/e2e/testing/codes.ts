import jsQrModule from 'jsqr';
import type { Person } from './browsers.ts';

// Its types describe an ES module; Node loads the CommonJS one.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** What a scanner reads off the picture of this name, as the browser has drawn it. */
export async function readShownCode({ page }: Person, name: string): Promise<string | undefined> {
  const picture = page.getByRole('img', { name }).first();
  const { pixels, side } = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const side = 600;
    const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 20, 20, side - 40, side - 40);
    return { pixels: [...context.getImageData(0, 0, side, side).data], side };
  });
  return jsQr(new Uint8ClampedArray(pixels), side, side)?.data;
}
