import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { auditFields } from './audit-fields.ts';
import { eventFields } from './event-fields.ts';
import { organisationPageFields } from './organisation-page-fields.ts';
import { sellerFields } from './parties.ts';
import { recordKeepingFields } from './record-years.ts';

/** The names of all members of a schema, at any depth. */
function namesIn(schema: z.core.$ZodType, names = new Set<string>()): Set<string> {
  const def = schema._zod.def as { innerType?: z.core.$ZodType; element?: z.core.$ZodType; shape?: object };
  for (const inner of [def.innerType, def.element]) if (inner) namesIn(inner, names);
  for (const [name, inner] of Object.entries(def.shape ?? {})) {
    names.add(name);
    namesIn(inner, names);
  }
  return names;
}

test('every field of an event, a seller, record keeping and a public page has a name that the audit log can say in words', () => {
  // The log shows a layout by its hash.
  const { seatLayout: _, ...fields } = eventFields;
  const names = namesIn(
    z.object({
      ...fields,
      ...sellerFields.shape,
      ...recordKeepingFields.shape,
      ...organisationPageFields.shape,
    }),
  );
  expect(names.size).toBeGreaterThan(60);
  // Items of lists have these as their names, and the log shows the steps of a refund policy as they are.
  const shownOtherwise = ['id', 'key', 'code', 'hoursBefore', 'refundPercent'];
  const known = new Set<string>([...auditFields, ...shownOtherwise]);
  expect([...names].filter((name) => !known.has(name))).toEqual([]);
});
