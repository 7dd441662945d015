import type { Person } from './browsers.ts';

/**
 * Resolves when the person's page, with this in its address, has its live connection. Call it before the page opens. If a
 * connection breaks, the page makes another, which counts as well.
 */
export function isLive({ page }: Person, address = ''): Promise<void> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        // Socket.IO's answer to a connection.
        if (String(payload).startsWith('40') && page.url().includes(address)) resolve();
      });
    });
  });
}
