import { connect, type Socket } from 'node:net';

/** A response as it was on the wire. */
export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails where it is not there
  body: any;
}

/** A connection on which a test writes HTTP byte by byte, valid or not. */
export interface RawConnection {
  socket: Socket;
  write(text: string | Buffer): void;
  /** The next response. Rejects if the connection ends first. */
  answer(): Promise<RawAnswer>;
  /** Resolves when the server has closed the connection. */
  closed: Promise<void>;
}

export function openConnection(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  let hear = () => {};
  let isClosed = false;
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    hear();
  });
  // A server that closes while we are still sending resets the connection.
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      hear();
      resolve();
    });
  });
  return {
    socket,
    closed,
    write: (text) => void socket.write(text),
    answer: () =>
      new Promise((resolve, reject) => {
        hear = () => {
          const parsed = parseAnswer(received);
          if (parsed) {
            received = received.slice(parsed.length);
            resolve(parsed.answer);
          } else if (isClosed) reject(new Error(`no answer before the end, but ${JSON.stringify(received)}`));
        };
        hear();
      }),
  };
}

/** Null until the whole response has arrived. */
function parseAnswer(text: string): { answer: RawAnswer; length: number } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = end + 4 + Number(headers.get('content-length') ?? 0);
  if (text.length < length) return null;
  const body = Buffer.from(text.slice(end + 4, length), 'latin1').toString('utf8');
  const isJson = /json/.test(headers.get('content-type') ?? '');
  return {
    length,
    answer: { status: Number(first.split(' ')[1]), headers, body: isJson ? JSON.parse(body) : body },
  };
}

/** The head of a request, with its empty line. */
export const requestHead = (method: string, path: string, headers: Record<string, string> = {}): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
