import { livePath } from '../../../contract/addresses.ts';

/**
 * Listens to the server's Socket.IO. The official client is 11.5 KB compressed, a tenth of what the event
 * page may weigh, for sending, acknowledging, binary and transports that a page which only listens has no
 * use for. What remains of the protocol (Engine.IO 4, Socket.IO 5, both stable since 2020) is below: text
 * frames that begin with the type of packet.
 *
 *   0{…}  opened: how often a ping will come      2 / 3  ping / pong
 *   40    join the namespace, and its welcome     42["name",…]  a message
 */
export interface LiveOptions {
  /** Goes into the handshake: the server joins the rooms that it names. */
  query: Record<string, string>;
  /** Each time the connection stands: whatever changed before was not sent to us. */
  onOpen: () => void;
  /** Each time it could not be opened: the page asks for itself meanwhile. A full server refuses connections. */
  onRefused: () => void;
  onMessage: (name: string, payload: unknown) => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Connects, and connects again when the line breaks. Returns how to stop. */
export function listen({ query, onOpen, onRefused, onMessage }: LiveOptions): () => void {
  let socket: WebSocket | null = null;
  let stopped = false;
  let retryMs = FIRST_RETRY_MS;
  let retry: ReturnType<typeof setTimeout>;
  let silence: ReturnType<typeof setTimeout>;

  const connect = () => {
    const search = new URLSearchParams({ ...query, EIO: '4', transport: 'websocket' });
    const current = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${livePath}?${search}`);
    let patienceMs = 60_000;
    let stood = false;
    socket = current;
    current.onmessage = ({ data }: MessageEvent<string>) => {
      // A line that has gone dead says nothing: no ping in time means that it has.
      clearTimeout(silence);
      silence = setTimeout(() => current.close(), patienceMs);
      if (data[0] === '0') {
        const { pingInterval, pingTimeout } = JSON.parse(data.slice(1)) as Record<string, number>;
        patienceMs = (pingInterval ?? 25_000) + (pingTimeout ?? 20_000);
        current.send('40');
      } else if (data === '2') {
        current.send('3');
      } else if (data.startsWith('40')) {
        stood = true;
        retryMs = FIRST_RETRY_MS;
        onOpen();
      } else if (data.startsWith('42')) {
        const [name, payload] = JSON.parse(data.slice(2)) as [string, unknown];
        onMessage(name, payload);
      }
    };
    current.onclose = () => {
      clearTimeout(silence);
      if (stopped) return;
      if (!stood) onRefused();
      // Spread out, so that a restarted server is not met by everyone at once.
      const spread = (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;
      retry = setTimeout(connect, retryMs * (0.5 + spread));
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(retry);
    clearTimeout(silence);
    socket?.close();
  };
}
