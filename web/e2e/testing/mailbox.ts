import { vi } from 'vitest';

/**
 * Waits for a mail to an address with a link of this kind, other than an earlier one, and returns the newest link.
 */
export function linkTo(url: string, email: string, pattern: RegExp, earlier?: string): Promise<string> {
  const read = async (path: string) => (await fetch(new URL(path, url))).json();
  return vi.waitFor(
    async () => {
      const { items } = await read(`/api/mailbox?to=${encodeURIComponent(email)}`);
      for (const { id } of items) {
        const found = pattern.exec((await read(`/api/mailbox/${id}`)).text)?.[0];
        if (found && found !== earlier) return found;
      }
      throw new Error(`no such mail to ${email} has come yet`);
    },
    { timeout: 60_000, interval: 100 },
  );
}
