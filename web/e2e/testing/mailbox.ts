import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 60_000;

/**
 * Waits for a mail to the address with a link that matches the pattern, and returns the link of the newest such mail. Skips
 * the link `earlier`. Uses nothing of Vitest, because the screenshots also follow the links in mails.
 */
export async function linkTo(url: string, email: string, pattern: RegExp, earlier?: string): Promise<string> {
  const read = async (path: string) => (await fetch(new URL(path, url))).json();
  for (const startMs = performance.now(); performance.now() - startMs < patienceMs; await pause(100)) {
    const { items } = await read(`/api/mailbox?to=${encodeURIComponent(email)}`);
    for (const { id } of items) {
      const found = pattern.exec((await read(`/api/mailbox/${id}`)).text)?.[0];
      if (found && found !== earlier) return found;
    }
  }
  throw new Error(`no mail to ${email} with ${pattern} has come`);
}
