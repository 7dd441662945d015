import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that stores its mails and parses them independently of the sender. */
export interface Post {
  url: string;
  /**
   * The next mail to an address: waits for it. Throws after a minute without one: ticket PDFs are drawn behind all
   * other work of the machine.
   */
  mailTo(address: string): Promise<Email>;
  close(): Promise<void>;
}

export async function startPost(): Promise<Post> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      mails.push(await PostalMime.parse(Buffer.concat(chunks)));
      done();
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    async mailTo(address) {
      for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
        const at = mails.findIndex((mail) => mail.to?.some((to) => to.address === address));
        const [mail] = at === -1 ? [] : mails.splice(at, 1);
        if (mail) return mail;
        await wait(50);
      }
      throw new Error(`no mail to ${address} came`);
    },
    close: () => new Promise((closed) => server.close(closed)),
  };
}
