import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A connection to PostgreSQL that can be cut and stalled. */
export interface Wire {
  connectionString: string;
  /** Ends every connection at once, in the middle of its data. */
  cut(): void;
  /** Nothing passes until it is released. No side gets an error. */
  clog(): void;
  letGo(): void;
  /** Connections lead to another server from now on. The present ones end. */
  leadTo(connectionString: string): void;
  close(): Promise<void>;
}

/** Listens on its own socket and forwards everything to the socket of the connection string. */
export async function startWire(connectionString: string): Promise<Wire> {
  const url = new URL(connectionString);
  let behind = socketOf(url);
  const directory = mkdtempSync(join(tmpdir(), 'admit-wire-'));
  const sockets = new Set<Socket>();
  let clogged = false;

  function pass(from: Socket, to: Socket): void {
    sockets.add(from);
    if (clogged) from.pause();
    from.on('data', (chunk) => to.write(chunk));
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  }

  const server = createServer((client) => {
    const database = connect(behind);
    pass(client, database);
    pass(database, client);
  });
  await new Promise<void>((resolve) => server.listen(join(directory, `.s.PGSQL.${url.port}`), resolve));
  url.hostname = encodeURIComponent(directory);

  return {
    connectionString: url.href,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    clog() {
      clogged = true;
      for (const socket of sockets) socket.pause();
    },
    letGo() {
      clogged = false;
      for (const socket of sockets) socket.resume();
    },
    leadTo(other) {
      behind = socketOf(new URL(other));
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const socketOf = (url: URL): string => join(decodeURIComponent(url.hostname), `.s.PGSQL.${url.port}`);
