import type { Plugin } from 'vite';
import { qrSvg } from '../../server/features/tickets/qr.ts';

/** Answers for the QR codes of the gallery's tickets, which no server has sold. */
export function sampleTicket(): Plugin {
  return {
    name: 'sample-ticket',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!/^\/api\/tickets\/tkt_sample\d?\/qr\.svg$/.test(request.url ?? '')) return next();
        response.setHeader('content-type', 'image/svg+xml');
        response.end(qrSvg('ADMIT1.a sample that opens no door.'.padEnd(150, '.'), 'Sample'));
      });
    },
  };
}
