/**
 * The process of many live connections. They cost little CPU: raw sockets, and only as much of WebSocket, Engine.IO and
 * Socket.IO as it takes to join and to find a text in what arrives.
 */
import { connect, type Socket } from 'node:net';
import { livePath } from '../../contract/addresses.ts';

export type WatchOrder =
  | { kind: 'join'; ports: number[]; eventId: string; count: number }
  /** Wait until each connection has got this text, or for so many ms. */
  | { kind: 'see'; text: string; forMs: number };
/** `atMs`: when each connection got the text, in ms since 1970; those that did not get it are left out. */
export type WatchReport =
  | { kind: 'joined'; count: number }
  | { kind: 'seen'; atMs: number[] }
  | { kind: 'failed'; error: string };

const joinedPacket = Buffer.from('40{"sid"');
const openPacket = Buffer.from('0{"sid"');
const ping = Buffer.from([0x81, 0x01, 0x32]);
/** Clients mask what they send (RFC 6455). A mask of zeros changes nothing. */
const frame = (text: string) =>
  Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0, ...Buffer.from(text, 'latin1')]);
const joinFrame = frame('40');
const pongFrame = frame('3');
/** As many handshakes at once as a server's backlog takes. */
const atOnce = 100;

let text: Buffer | null = null;
let atMs: number[] = [];
let all: (() => void) | null = null;
let open = 0;

interface Watcher {
  joined: boolean;
  /** The last text that it got. */
  saw: Buffer | null;
}

process.on('message', (order: WatchOrder) => {
  const work = order.kind === 'join' ? join(order) : see(order);
  work
    .catch((error): WatchReport => ({ kind: 'failed', error: String(error) }))
    .then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));

async function join({ ports, eventId, count }: Extract<WatchOrder, { kind: 'join' }>): Promise<WatchReport> {
  let begun = 0;
  const next = async () => {
    while (begun < count) {
      const port = ports[begun++ % ports.length] as number;
      await openWatcher(port, eventId);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return { kind: 'joined', count: open };
}

async function see({ text: wanted, forMs }: Extract<WatchOrder, { kind: 'see' }>): Promise<WatchReport> {
  atMs = [];
  const everyone = new Promise<void>((resolve) => {
    all = resolve;
  });
  text = Buffer.from(wanted);
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, forMs);
  await Promise.race([everyone, late.promise]);
  clearTimeout(timer);
  text = null;
  return { kind: 'seen', atMs };
}

function openWatcher(port: number, eventId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher: Watcher = { joined: false, saw: null };
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.on('error', reject);
    socket.on('close', () => {
      if (watcher.joined) open--;
      reject(new Error('a server closed a live connection'));
    });
    socket.on('data', (chunk) => {
      if (watcher.joined) return onChunk(socket, watcher, chunk);
      if (chunk.includes(joinedPacket)) {
        watcher.joined = true;
        open++;
        resolve();
      } else if (chunk.includes(openPacket)) socket.write(joinFrame);
    });
    socket.write(
      `GET ${livePath}?EIO=4&transport=websocket&event=${eventId} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
        'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  });
}

function onChunk(socket: Socket, watcher: Watcher, chunk: Buffer): void {
  if (chunk.length < 16 && chunk.includes(ping)) socket.write(pongFrame);
  if (!text || watcher.saw === text || !chunk.includes(text)) return;
  watcher.saw = text;
  if (atMs.push(performance.timeOrigin + performance.now()) === open) all?.();
}
