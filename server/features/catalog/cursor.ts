import { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import { idSchema } from '../../../contract/ids.ts';
import { maxPriceMinor } from '../../../contract/money.ts';
import { instantSchema } from '../../../contract/time.ts';

/** The events that have the words as they were typed, or those after them that have them but for a slip or two. */
const match = z.enum(['exact', 'similar']);
const id = idSchema('event');

/** The last event of a page: its place in the order, with the id at the end, so that no two events share a place. */
const cursorSchema = z.union([
  z.tuple([z.literal('date'), match, instantSchema, id]),
  z.tuple([z.literal('price'), match, z.int().min(0).max(maxPriceMinor), instantSchema, id]),
  z.tuple([z.literal('newest'), match, instantSchema, id]),
  z.tuple([z.literal('distance'), match, z.number().min(0).max(30_000), instantSchema, id]),
]);
export type Cursor = z.infer<typeof cursorSchema>;

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Reads a cursor of this sort order. Throws Refused('invalid_request') for anything else. */
export function readCursor(text: string, sort: Cursor[0]): Cursor {
  const cursor = cursorSchema.safeParse(parse(text));
  if (cursor.success && cursor.data[0] === sort) return cursor.data;
  const message = cursor.success ? 'belongs to another sort order' : 'is not one that this list gave';
  throw new Refused('invalid_request', {
    detail: `query.cursor: ${message}`,
    issues: [{ path: 'query.cursor', message }],
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
