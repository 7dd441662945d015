import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Mutation } from './mutation.ts';

/** The file below `server` that a mutation changes, with its text. Null unless the text to change occurs exactly once. */
export function locate(server: string, { in: place, find }: Mutation): { file: string; text: string } | null {
  const path = join(server, place);
  const files = extname(place)
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => join(path, name));
  const pattern = typeof find === 'string' ? find : new RegExp(find.source, 'g');
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const times =
      typeof pattern === 'string' ? text.split(pattern).length - 1 : [...text.matchAll(pattern)].length;
    return times > 0 ? [{ file, text, times }] : [];
  });
  const [only] = found;
  return only && found.length === 1 && only.times === 1 ? only : null;
}
