import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { drawOrder } from '../../../contract/draw.ts';
import type { EventId } from '../../../contract/ids.ts';
import { call, openOrganiser, openPeople, type Person, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { encodeRequest } from '../http-requests.ts';
import type { Report } from '../report.ts';
import { interleave, measured, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const connections = 128;
/** More joins a second than any slice reaches, so that each is of another person. */
const joinsPerSecond = 16_000;
/** How many people are in the list when the memory is looked at, besides those who joined over HTTP. */
const waiting = 250_000;

/**
 * People join a queue before its opening, each once, next to the empty POST. Then everybody reads the state of the queue, next
 * to the empty GET. Then a quarter of a million wait, and the server's memory is compared with before. Last, a million is drawn.
 */
export async function waitingRoom(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const opensAt = new Date(Date.now() + 86_400_000).toISOString();
    const event = await publishEvent(stage, await openOrganiser(stage), {
      waitingRoom: { mode: 'scheduled', opensAt },
    });
    const seconds = options.seconds / 8;
    const joins = await openJoins(stage, event.id);
    const states = await openStates(stage, event.id);
    await joins.slice(1);
    await states.slice(1);
    const joined = await interleave(4, {
      admit: () => joins.slice(seconds),
      empty: () => joins.empty(seconds),
    });
    const read = await interleave(4, {
      admit: () => states.slice(seconds),
      empty: () => states.empty(seconds),
    });
    const report = compare('waiting-room', joined);
    const rssBeforeMb = over(read.admit, (slice) => slice.serverRssMb);
    await addWaiting(stage, event.id);
    const later = await states.slice(2);
    report.targets = [
      { what: 'joins to the empty POST', value: report.ratioToEmpty!, least: 0.5 },
      { what: 'state to the empty GET', value: ratioOver(read.admit, read.empty), least: 0.8 },
      { what: `memory of ${waiting} who wait, MB`, value: later.serverRssMb - rssBeforeMb, most: 100 },
      { what: 'draw of a million, ms', value: await drawMillion(event.id), most: 2000 },
      { what: 'answers that were no success', value: unexpected([...joined.admit, ...read.admit]), most: 0 },
    ];
    report.more = {
      ...report.more,
      answers: answersOf(joined.admit),
      statesPerSecond: over(read.admit, (slice) => slice.rate),
    };
    return { ...report, audit: await auditOf(stage) };
  } finally {
    await stage.close();
  }
}

async function openJoins(stage: Stage, eventId: EventId) {
  const path = `/api/events/${eventId}/queue`;
  const body = { salt: randomBytes(16).toString('hex') };
  const [person] = (await openPeople(stage, 1)) as [Person];
  const answer = await call(stage, person, 'POST', path, body);
  await stage.empty.answer('post', 201, Buffer.byteLength(JSON.stringify(answer)));
  const request = encodeRequest({ method: 'POST', path: '/empty', body });
  return {
    async slice(seconds: number) {
      const people = await openPeople(stage, Math.ceil(joinsPerSecond * seconds));
      const requests = people.map(({ cookie }) =>
        encodeRequest({ method: 'POST', path, headers: { cookie }, body }),
      );
      const ports = [stage.server.port];
      return measured(stage, () => stage.load.send(requests, { ports, connections, seconds }));
    },
    empty: (seconds: number) =>
      stage.load.run({ kind: 'repeated', request }, { ports: [stage.empty.port], connections, seconds }),
  };
}

async function openStates(stage: Stage, eventId: EventId) {
  const path = `/api/events/${eventId}/queue`;
  const answer = await call(stage, { cookie: '' }, 'GET', path);
  await stage.empty.answer('get', 200, Buffer.byteLength(JSON.stringify(answer)));
  const run = (port: number, of: string, seconds: number) =>
    stage.load.run(
      { kind: 'repeated', request: encodeRequest({ method: 'GET', path: of }) },
      { ports: [port], connections, seconds },
    );
  return {
    slice: (seconds: number) => measured(stage, () => run(stage.server.port, path, seconds)),
    empty: (seconds: number) => run(stage.empty.port, '/empty', seconds),
  };
}

const addSql = `
  select count(*) from join_queue($1, $2::text[], $2::text[], array_fill('00000000000000000000000000000000'::text, array[cardinality($2)]), $3)`;

/** Lets people join past HTTP: only their number counts. */
async function addWaiting(stage: Stage, eventId: EventId): Promise<void> {
  const portion = 5000;
  for (let left = waiting; left > 0; left -= portion) {
    const ids = Array.from({ length: portion }, () => stage.newId('queueEntry'));
    await stage.db.query(addSql, [eventId, ids, new Date()]);
  }
}

async function drawMillion(eventId: EventId): Promise<number> {
  const entries = Array.from({ length: 1_000_000 }, (_, i) => ({
    id: `que_01K9ZC4V7R8W3T${String(i).padStart(12, '0')}`,
    salt: (i * 7919).toString(16).padStart(32, '0'),
  }));
  const atMs = performance.now();
  await drawOrder({ eventId, seed: randomBytes(32).toString('hex'), beacon: null }, entries);
  return Math.round(performance.now() - atMs);
}
