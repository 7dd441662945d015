import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Manifest, readManifest } from '../../../../contract/door-manifest.ts';
import type { App } from '../../../app.ts';
import type { Client } from '../../../testing/client.ts';
import type { TestEvent } from '../../../testing/world.ts';

/** Asks for the manifest of an event. `app` reads the database again, although a second has not passed. */
export async function manifestBytes(
  app: App,
  event: TestEvent,
  since?: string,
  client: Client = event.organiser.client,
): Promise<Uint8Array<ArrayBuffer>> {
  const reads = app.caches.gateKnowledge.get(event.id);
  if (reads?.known) reads.known.readAtMs = -Infinity;
  const query = since ? `?since=${since}` : '';
  const ask = () => client.get(`/api/events/${event.id}/door-manifest${query}`);
  let answer = await ask();
  // After a crash of PostgreSQL some connections of the pool are dead.
  for (; answer.status === 503; answer = await ask()) await wait(20);
  expect(answer.status).toBe(200);
  return new Uint8Array(answer.bytes);
}

export const takeManifest = async (...given: Parameters<typeof manifestBytes>): Promise<Manifest> =>
  readManifest(await manifestBytes(...given));
