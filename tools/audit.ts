/**
 * `npm run audit`: recounts every promise from the tables, compares the last `--days` days (7) with the payment provider's
 * own books, and prints the balances of the ledger. Exits with 1 if something is wrong. It reads only, and may run beside
 * a sale. It uses the settings of Admit; a running Admit holds the embedded database, so stop that one first.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatMoney, type Money } from '../contract/money.ts';
import { startEmbeddedPostgres } from '../server/adapters/postgres/embedded.ts';
import { recount } from '../server/audit/recount.ts';
import { selectBalances } from '../server/audit/store.ts';
import { systemClock } from '../server/clock.ts';
import { readConfig } from '../server/config.ts';
import { closeApp, createApp, withUrls } from '../server/create-app.ts';
import { compareBooks } from '../server/features/payments/compare-books.ts';
import { createLog } from '../server/log.ts';
import { startMessage } from '../server/process.ts';
import { loadSecrets } from '../server/secrets.ts';

const { values } = parseArgs({ options: { days: { type: 'string', default: '7' } } });
if (existsSync('.env')) process.loadEnvFile('.env');

try {
  process.exitCode = await run(Number(values.days));
} catch (error) {
  console.error(startMessage(error));
  process.exitCode = 1;
}

async function run(days: number): Promise<number> {
  if (!(days > 0)) throw new Error('--days must be a number of days');
  const config = readConfig();
  const embedded = config.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    const connectionString = config.databaseUrl ?? embedded?.connectionString ?? '';
    const secrets = await loadSecrets(config);
    const log = createLog(config);
    const parts = { config: { ...withUrls(config, config.port), roles: [] }, connectionString, secrets, log };
    const app = await createApp({ ...parts, clock: systemClock });
    try {
      const now = app.clock.now();
      const from = new Date(now.getTime() - days * 86_400_000);
      const broken = await recount(app.db, now);
      const differences = await compareBooks(app, from, now);
      for (const { type, currency, minor } of await selectBalances(app.db)) {
        const amount = formatMoney({ amount: minor, currency } as Money, 'en');
        console.log(`${type.padEnd(10)} ${amount.padStart(20)}`);
      }
      for (const finding of [...broken, ...differences]) console.log(`WRONG: ${finding}`);
      const count = broken.length + differences.length;
      console.log(count === 0 ? 'THE BOOKS ARE RIGHT' : `${count} THINGS ARE WRONG`);
      return count === 0 ? 0 : 1;
    } finally {
      await closeApp(app);
    }
  } finally {
    await embedded?.stop();
  }
}
