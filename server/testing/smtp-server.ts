import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it gets. */
export interface TestSmtp {
  url: string;
  received: Email[];
  /** Decides how the server answers a recipient: an SMTP code, or null to accept. */
  refuse: (address: string) => number | null;
  /** Runs when a mail has arrived, before the server accepts it. */
  onMail: () => Promise<void>;
  close(): Promise<void>;
}

const refusal = (code: number) =>
  Object.assign(new Error(code >= 500 ? 'no such mailbox' : 'try again later'), { responseCode: code });

/** Starts a mail server on a port, or on a free one. */
export async function startSmtp(port = 0): Promise<TestSmtp> {
  const server = new SMTPServer({
    authOptional: true,
    // Pooled connections stay open. The server ends them soon after it is told to close.
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const code = smtp.refuse(address);
      done(code === null ? null : refusal(code));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const mail = await PostalMime.parse(Buffer.concat(chunks));
        await smtp.onMail();
        smtp.received.push(mail);
        done();
      });
    },
  });
  // A client that goes away in the middle of a mail is no error of the test.
  server.on('error', () => {});
  const bound = await new Promise<number>((resolve) => {
    const listening = server.listen(port, '127.0.0.1', () =>
      resolve((listening.address() as AddressInfo).port),
    );
  });
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${bound}`,
    received: [],
    refuse: () => null,
    onMail: async () => {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
