/**
 * `npm run verify-draw -- https://tickets.example/api/events/evt_…/queue`: reads the published draw of a waiting room and repeats it
 * (docs/waiting-room.md). With `--commitment HASH`, as the queue showed it before the opening, it also checks that the seed is the
 * one that was promised then; `--chain HASH` and `--round NUMBER` are what the queue announced of a beacon. With `--entry que_…` it says that entry's position. Exits with 1 if the draw does not hold.
 */
import { parseArgs } from 'node:util';
import { readDraw, verdictOn } from './verify-draw/verdict.ts';

const { values, positionals } = parseArgs({
  options: {
    commitment: { type: 'string' },
    chain: { type: 'string' },
    round: { type: 'string' },
    entry: { type: 'string' },
  },
  allowPositionals: true,
});
const [url] = positionals;
if (url === undefined) {
  console.error('Name the address of the queue: npm run verify-draw -- https://…/api/events/evt_…/queue');
  process.exit(2);
}
const { holds, lines } = await verdictOn(await readDraw(url), values);
for (const line of lines) console.log(line);
process.exit(holds ? 0 : 1);
