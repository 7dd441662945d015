/**
 * A gate box: gates in one house share their scans over the local network, also while nobody reaches the server
 * (docs/gate-box.md).
 *
 *   npm run gate-box -- --link https://tickets.example.org/door/link#<secret>
 *
 *   --port 8443          where the gates reach the box
 *   --host 0.0.0.0
 *   --data .gate-box     the folder of its database
 *   --cert, --key        PEM files, so that browsers let the page use their camera
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../server/clock.ts';
import { openBox } from '../server/gate-box/box.ts';
import { createBoxHttp } from '../server/gate-box/box-http.ts';
import { createLog } from '../server/log.ts';

const { values } = parseArgs({
  options: {
    link: { type: 'string' },
    port: { type: 'string', default: '8443' },
    host: { type: 'string', default: '0.0.0.0' },
    data: { type: 'string', default: '.gate-box' },
    cert: { type: 'string' },
    key: { type: 'string' },
  },
});
if (!values.link?.includes('#')) {
  process.stderr.write('Give the door link: npm run gate-box -- --link https://…/door/link#…\n');
  process.exit(2);
}
const tls =
  values.cert && values.key
    ? { cert: readFileSync(values.cert, 'utf8'), key: readFileSync(values.key, 'utf8') }
    : null;
const log = createLog({ logLevel: 'info' });
const box = await openBox({ link: values.link, folder: values.data, clock: systemClock, log });
const web = join(import.meta.dirname, '../web/dist');
const http = await createBoxHttp(box, { web, tls });
await http.listen({ host: values.host, port: Number(values.port) });
const { port } = http.server.address() as { port: number };
const scheme = tls ? 'https' : 'http';
const addresses = Object.values(networkInterfaces()).flatMap((all) =>
  (all ?? []).flatMap(({ family, address, internal }) => (family === 'IPv4' && !internal ? [address] : [])),
);
process.stdout.write(`The gate box listens on port ${port}. Open this link at each gate:\n`);
for (const address of addresses)
  process.stdout.write(`  ${scheme}://${address}:${port}/door/link#${box.secret}\n`);
if (process.send) process.send({ url: `${scheme}://127.0.0.1:${port}` });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await http.close();
    await box.close();
    process.exit(0);
  });
