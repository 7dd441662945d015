/** The process that decodes one picture (encoder.ts). It answers and ends. */
import { encodeAvif, encodePicture } from './encode.ts';

process.once('message', async ({ task, bytes }: { task: 'picture' | 'avif'; bytes: Uint8Array }) => {
  const encode = task === 'avif' ? encodeAvif : encodePicture;
  const encoded = await encode(Buffer.from(bytes));
  process.send?.(encoded, () => process.disconnect());
});
