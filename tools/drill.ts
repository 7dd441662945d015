/**
 * Restores a backup and checks the result.
 *
 *   npm run drill                                 with its own PostgreSQL: sells, backs up, loses everything, restores
 *                                                 to a point in time; drills a dump too if pg_dump is new enough
 *   npm run drill -- --from URL --to URL          dumps one database into another, empty one, and checks that
 *   npm run drill -- --audit URL                  checks a database that you have restored
 */
import { parseArgs } from 'node:util';
import { drillDump, judge } from './drill/dump.ts';
import { drillOwn } from './drill/own.ts';

const { values } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' }, audit: { type: 'string' } },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const say = (line: string) => console.log(line);
try {
  if (values.audit) await judge(values.audit, { isDump: false, say });
  else if (values.from && values.to) await drillDump(values.from, values.to, say);
  else if (values.from || values.to) throw new Error('Give both: --from the database, --to an empty one.');
  else await drillOwn(say);
  say('THE RESTORED DATABASE IS WHOLE');
} catch (error) {
  say((error as Error).message);
  say('THE DRILL FAILED');
  process.exitCode = 1;
}
