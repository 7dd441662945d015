import { vi } from 'vitest';

/** The link in the newest mail to an address that holds one of this kind, another than an earlier one; waits for the mail. */
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
