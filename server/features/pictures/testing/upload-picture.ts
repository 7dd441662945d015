import sharp from 'sharp';
import { expect } from 'vitest';
import type { Organiser } from '../../../testing/world.ts';

/** Uploads a picture of one colour for an organisation, and returns its id. */
export async function uploadPicture({ client, organisationId }: Organiser, red = 200): Promise<string> {
  const body = await sharp({
    create: { width: 640, height: 480, channels: 3, background: { r: red, g: 0, b: 0 } },
  })
    .jpeg()
    .toBuffer();
  const sent = await client.send('POST', `/api/organisations/${organisationId}/pictures`, {
    body,
    headers: { 'content-type': 'image/jpeg' },
  });
  expect([sent.status, sent.body?.detail]).toEqual([201, undefined]);
  return sent.body.id;
}
