import { livePath } from '../../../contract/addresses.ts';

/**
 * Listens to the server's Socket.IO. The official client is 11.5 KB compressed, a tenth of the event page's budget,
 * for sending, acknowledgements, binary data and transports, which a page that only listens does not need. The rest
 * of the protocol (Engine.IO 4, Socket.IO 5, both stable since 2020) is below: text frames that begin with the
 * packet's type. `0{…}` opens and says how often a ping will come. `2` and `3` are ping and pong. `40` joins the
 * namespace and is also its welcome. `42["name",…]` is a message.
 */
interface LiveOptions {
  /** Query of the handshake. The server joins the rooms that it names. */
  query: Record<string, string>;
  /** Called each time the connection opens. Earlier changes were not sent to us. */
  onOpen: () => void;
  /**
   * Called each time it could not open, for example because a full server refuses connections. The page then polls.
   */
  onRefused: () => void;
  onMessage: (name: string, payload: unknown) => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Connects, and reconnects after a lost connection. Returns a function that stops it. */
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
      // A dead connection sends nothing, so a missing ping means that it is dead.
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
      // Spreads the reconnects, so that a restarted server does not get all of them at once.
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
