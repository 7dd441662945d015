import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fake camera for Chromium that shows the page of a PDF that a test puts in front of it. */
interface Camera {
  /** The browser's start arguments. */
  args: string[];
  /** Puts a page of a PDF, counted from 1, in front of the camera. With a light, only its code, as a steward holds it. */
  show(pdf: string, page: number, light?: Light): void;
  remove(): void;
}

export function createCamera(): Camera {
  const folder = mkdtempSync(join(tmpdir(), 'admit-camera-'));
  const video = join(folder, 'view.y4m');
  return {
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
    show(pdf, page, light) {
      const only = String(page);
      const part = light ? codeOnly : wholePage;
      const pgm = execFileSync('pdftoppm', ['-gray', ...part, '-f', only, '-l', only, pdf]);
      const picture = pictureOf(pgm);
      writeFileSync(video, videoOf(light ? light(picture) : picture));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const wholePage = ['-scale-to-x', '640', '-scale-to-y', '904'];
/** 480 pixels around the code of a page that is 1,400 wide: a module of the code has 6. */
const codeOnly = '-scale-to-x 1400 -scale-to-y 1978 -x 808 -y 408 -W 480 -H 480'.split(' ');

/** A grey picture: 0 is black and 255 white, line by line. */
interface Picture {
  width: number;
  height: number;
  grey: Uint8Array;
}
/** Changes a picture as a bad light, a bad lens or a bad screen does. */
type Light = (picture: Picture) => Picture;

const changed =
  (to: (value: number, x: number, y: number, picture: Picture) => number): Light =>
  (picture) => ({
    ...picture,
    grey: picture.grey.map((value, at) =>
      to(value, at % picture.width, Math.floor(at / picture.width), picture),
    ),
  });

/** The same noise in each run, from -1 to 1. */
const noise = (x: number, y: number) => {
  const wild = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return 2 * (wild - Math.floor(wild)) - 1;
};

const blur: Light = changed((_, x, y, { width, height, grey }) => {
  let sum = 0;
  for (let dy = -3; dy <= 3; dy++)
    for (let dx = -3; dx <= 3; dx++) {
      const [nearX, nearY] = [
        Math.min(Math.max(x + dx, 0), width - 1),
        Math.min(Math.max(y + dy, 0), height - 1),
      ];
      sum += grey[nearY * width + nearX] ?? 0;
    }
  return sum / 49;
});

export const lights = {
  /** The sun on the paper: a white veil, and a glare at the edge that swallows everything. */
  bright: changed((value, x, y) =>
    Math.min(255, 255 - (255 - value) * 0.4 + 200 * Math.exp(-((x - 30) ** 2 + (y - 240) ** 2) / 2_000)),
  ),
  /** Night: almost black, with the noise of a sensor at its limit. */
  dark: changed((value, x, y) => Math.max(0, 6 + value * 0.14 + 7 * noise(x, y))),
  /** A lens that has not found its focus. */
  blurred: blur,
  /** Cracks from one point over the whole screen, black with a white edge. */
  cracked: changed((value, x, y) => {
    for (const slope of [-1.7, 0.35, 1.1]) {
      const away = Math.abs(y - 150 - slope * (x - 200)) / Math.hypot(1, slope);
      if (away < 1.2) return 20;
      if (away < 2) return 235;
    }
    return value;
  }),
  /** A screen at its lowest brightness: little between its black and its white. */
  dim: changed((value, x, y) => 24 + value * 0.12 + 3 * noise(x, y)),
} satisfies Record<string, Light>;

function pictureOf(pgm: Buffer): Picture {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('not a PGM');
  return { width: Number(header[1]), height: Number(header[2]), grey: pgm.subarray(header[0].length) };
}

/** Makes a YUV4MPEG2 video of one frame, which Chromium repeats. */
function videoOf({ width, height, grey }: Picture): Buffer {
  const noColour = Buffer.alloc(2 * Math.ceil(width / 2) * Math.ceil(height / 2), 128);
  const start = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\nFRAME\n`;
  return Buffer.concat([Buffer.from(start), grey, noColour]);
}
