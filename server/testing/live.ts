import { onTestFinished } from 'vitest';
import { livePath } from '../../contract/addresses.ts';

/** A live connection like a page's or a program's. */
export interface Live {
  /** Every packet that arrived, including the handshake's. */
  packets: string[];
  /** The messages of this name that arrived. */
  told(name: string): unknown[];
  isOpen(): boolean;
  /** Resolves when the server has closed the connection. */
  closed: Promise<void>;
  send(text: string): void;
  close(): void;
}

interface Options {
  headers?: Record<string, string>;
  /** The event to watch. */
  event?: string;
  /** The organisation whose figures to hear of. */
  organisation?: string;
  /** Whether it joins the namespace, as every client does. */
  join?: boolean;
}

/** Opens a live connection, which the test must close. Rejects if the server refuses it. */
export async function openLive(
  url: string,
  { headers = {}, event, organisation, join = true }: Options = {},
): Promise<Live> {
  const query = new URLSearchParams({
    EIO: '4',
    transport: 'websocket',
    ...(event && { event }),
    ...(organisation && { organisation }),
  });
  // The second argument is Node's own extension, because browsers can't set headers.
  const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
  const socket = new Socket(`${url.replace(/^http/, 'ws')}${livePath}?${query}`, { headers });
  const packets: string[] = [];
  const closed = Promise.withResolvers<void>();
  const joined = Promise.withResolvers<void>();
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    packets.push(data);
    // Engine.IO: 0 opens, 2 is a ping, 40 joins, 42 is a message.
    if (data === '2') socket.send('3');
    if (data.startsWith('0')) join ? socket.send('40') : joined.resolve();
    if (data.startsWith('40')) joined.resolve();
  };
  socket.onclose = () => {
    closed.resolve();
    joined.reject(new Error('refused'));
  };
  joined.promise.catch(() => {});
  onTestFinished(() => socket.close());
  await joined.promise;
  return {
    packets,
    told: (name) =>
      packets
        .filter((packet) => packet.startsWith('42'))
        .map((packet) => JSON.parse(packet.slice(2)) as [string, unknown])
        .filter(([said]) => said === name)
        .map(([, payload]) => payload),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    closed: closed.promise,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
