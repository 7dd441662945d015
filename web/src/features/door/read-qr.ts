import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string; boundingBox: Box }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: {
      new (options: { formats: string[] }): Detector;
      getSupportedFormats(): Promise<string[]>;
    };
  }
}

/** Reads the QR code in the present picture of a video. Of two tickets in view, the steward means the one in the middle. */
type ReadQr = (video: HTMLVideoElement) => Promise<string | undefined>;

/** The browser's own reader where it has one, or else the bundled one, whose wasm comes from our origin. */
export async function makeQrReader(): Promise<ReadQr> {
  const own = window.BarcodeDetector;
  const formats = (await own?.getSupportedFormats().catch(() => null)) ?? [];
  if (!own || !formats.includes('qr_code')) return makeBundledReader();
  const detector = new own({ formats: ['qr_code'] });
  return async (video) => {
    const found = await detector.detect(video);
    const codes = found.map(({ rawValue, boundingBox: { x, y, width, height } }) => ({
      text: rawValue,
      x: x + width / 2 - video.videoWidth / 2,
      y: y + height / 2 - video.videoHeight / 2,
    }));
    return nearest(codes);
  };
}

/** A picture without a code takes three times as long with all of these, so only each third picture gets them. */
const thorough = { tryDenoise: true, downscaleThreshold: 300 };

async function makeBundledReader(): Promise<ReadQr> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let pictures = 0;
  return async (video) => {
    // The square that the page shows: what the steward does not see is not read.
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!context || side === 0) return undefined;
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    context.drawImage(video, left, top, side, side, 0, 0, side, side);
    const found = await readBarcodes(context.getImageData(0, 0, side, side), {
      formats: ['QRCode'],
      maxNumberOfSymbols: 4,
      ...(++pictures % 3 === 0 && thorough),
    });
    const codes = found.map(({ text, position: { topLeft: a, bottomRight: b } }) => ({
      text,
      x: (a.x + b.x - side) / 2,
      y: (a.y + b.y - side) / 2,
    }));
    return nearest(codes);
  };
}

const nearest = (codes: { text: string; x: number; y: number }[]): string | undefined =>
  codes.toSorted((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y))[0]?.text;
