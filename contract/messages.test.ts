import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { messageSchema, messageTypes, topics } from './messages.ts';

const schemas = messageSchema.options;
const typeOf = (schema: (typeof schemas)[number]) => schema.shape.type.value;

test('every type of the union has a topic, and there are no other types', () => {
  expect(schemas.map(typeOf).sort()).toEqual(Object.keys(messageTypes).sort());
  const used = Object.values(messageTypes).map(({ topic }) => topic);
  expect([...new Set(used)].sort()).toEqual([...topics].sort());
});

describe.each(schemas.map((schema) => [typeOf(schema), schema] as const))('%s', (type, schema) => {
  test('has a JSON schema that a consumer in another language can use', () => {
    const json = z.toJSONSchema(schema, { io: 'input' });
    expect(json).toMatchObject({ title: type, additionalProperties: false });
    expect(json.required).toEqual(expect.arrayContaining(['specversion', 'id', 'source', 'type', 'data']));
  });

  test('has its subject among its data', () => {
    expect(Object.keys(schema.shape.data.shape)).toContain(messageTypes[type].subject);
  });

  test('is listed in docs/messages.md', () => {
    const page = readFileSync(new URL('../docs/messages.md', import.meta.url), 'utf8');
    const row = page.split('\n').find((line) => line.includes(`\`${type}\``));
    expect(row).toContain(`\`${messageTypes[type].topic}\``);
  });
});

test('the attributes of the envelope have names that CloudEvents allows: lower-case letters and digits', () => {
  for (const schema of schemas)
    for (const name of Object.keys(schema.shape)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
});
