import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamsPath } from '../../contract/addresses.ts';
import { messageTypes, topics } from '../../contract/messages.ts';
import { listMessages } from '../data/outbox.ts';
import { buy } from '../features/tickets/testing/buy.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
let described: Described;
beforeAll(async () => {
  world = await createWorld();
  described = (await world.client().get(streamsPath)).body;
});
afterAll(() => world.close());

interface Described {
  channels: Record<string, { address: string; messages: Record<string, unknown> }>;
  components: { messages: Record<string, { payload: object }> };
}

test('the description is valid AsyncAPI 3.0, by the schema of its makers', () => {
  const file = new URL(import.meta.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  validate(described);
  expect(validate.errors ?? []).toEqual([]);
});

test('every type of message is in one channel, that of its topic', () => {
  expect(Object.keys(described.channels)).toEqual([...topics]);
  const listed = Object.entries(described.channels).flatMap(([topic, { messages }]) =>
    Object.keys(messages).map((type) => [type, topic]),
  );
  const declared = Object.entries(messageTypes).map(([type, { topic }]) => [type, topic]);
  expect(listed.sort()).toEqual(declared.sort());
});

test('messages of a sale fit the schemas that are published, by another validator', async () => {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, await world.user(), event);
  const messages = await listMessages(world.app.db, world.app.config.publicUrl);
  expect(new Set(messages.map(({ type }) => type))).toContain('admit.order.confirmed.v1');
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const message of messages) {
    const validate = ajv.compile(described.components.messages[message.type]!.payload);
    validate(message);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...message, data: { ...message.data, eventId: 'evt_none' } })).toBe(false);
  }
});
