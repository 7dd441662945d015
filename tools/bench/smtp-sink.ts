/**
 * A mail server that takes everything and keeps only when each recipient's mail arrived. Like Postfix, Exim and SES it takes
 * pipelined commands. It does little, because it shares the cores with the server under test.
 */
import { createServer, type Socket } from 'node:net';

export type SinkAnswer = { port: number } | { arrivedMs: Record<string, number>; count: number };

const arrivedMs: Record<string, number> = {};
let count = 0;

const server = createServer({ noDelay: true }, (socket) => {
  socket.write('220 sink\r\n');
  let inMail = false;
  let text = '';
  let recipient = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = inMail ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end < 0) {
        // The end of a mail may be cut in two; the rest of it is not kept.
        if (inMail) text = text.slice(-4);
        return;
      }
      const line = text.slice(0, end);
      text = text.slice(end + (inMail ? 5 : 2));
      if (inMail) {
        inMail = false;
        count++;
        arrivedMs[recipient] = Date.now();
        socket.write('250 taken\r\n');
      } else {
        recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1] ?? recipient;
        inMail = /^DATA/i.test(line);
        answer(socket, line, inMail);
      }
    }
  });
});

function answer(socket: Socket, line: string, inMail: boolean): void {
  if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
  else if (/^EHLO/i.test(line)) socket.write('250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n');
  else socket.write(inMail ? '354 go on\r\n' : '250 sink\r\n');
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 } satisfies SinkAnswer);
});
process.on('message', () => process.send?.({ arrivedMs, count } satisfies SinkAnswer));
process.on('disconnect', () => process.exit(0));
