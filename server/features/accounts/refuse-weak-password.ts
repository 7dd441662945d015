import { readFile } from 'node:fs/promises';
import { Refused } from '../../../contract/errors.ts';
import { once } from '../../memo.ts';
import { weaknessOf } from './weak-passwords.ts';

/**
 * Loads the 49,233 most used passwords in lower case, from zxcvbn's list, as sorted lines in one text of 0.4 MB. It
 * is made when somebody first chooses a password. As a Set they would take 4 MB. Judging a password takes 0.1 ms, and
 * hashing it 30.
 */
const readList = once(async (): Promise<string> => {
  const file = new URL(import.meta.resolve('@zxcvbn-ts/language-common/src/passwords.json'));
  const words = JSON.parse(await readFile(file, 'utf8')) as string[];
  // Goes through a buffer, so that V8 stores one flat text and no tree of its parts.
  return Buffer.from(words.sort().join('\n')).toString('latin1');
});

/** Refuses a password that an attacker would try first for a person with this address and name. */
export async function refuseWeakPassword(password: string, about: readonly string[]): Promise<void> {
  const text = await readList();
  const weakness = weaknessOf(password, about, (word) => hasLine(text, word));
  if (weakness) throw new Refused(weakness === 'common' ? 'password_too_common' : 'password_too_personal');
}

/** True if a word is one of these sorted lines. Binary search. */
export function hasLine(lines: string, word: string): boolean {
  let from = 0;
  let to = lines.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const start = lines.lastIndexOf('\n', middle - 1) + 1;
    const next = lines.indexOf('\n', middle);
    const end = next < 0 ? lines.length : next;
    const line = lines.slice(start, end);
    if (line === word) return true;
    if (line < word) from = end + 1;
    else to = start;
  }
  return false;
}
