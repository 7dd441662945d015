import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fake camera for Chromium that shows the page of a PDF that a test puts in front of it. */
interface Camera {
  /** The browser's start arguments. */
  args: string[];
  /** Puts a page of a PDF, counted from 1, in front of the camera. */
  show(pdf: string, page: number): void;
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
    show(pdf, page) {
      const only = String(page);
      const scale = ['-gray', '-scale-to-x', '640', '-scale-to-y', '904'];
      writeFileSync(video, videoOf(execFileSync('pdftoppm', [...scale, '-f', only, '-l', only, pdf])));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Converts a grey picture (PGM) to a YUV4MPEG2 video of one frame, which Chromium repeats. */
function videoOf(pgm: Buffer): Buffer {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('not a PGM');
  const [all, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const noColour = Buffer.alloc(2 * Math.ceil(width / 2) * Math.ceil(height / 2), 128);
  const start = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\nFRAME\n`;
  return Buffer.concat([Buffer.from(start), pgm.subarray(all.length), noColour]);
}
