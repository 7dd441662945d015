import { seatId } from '../../contract/ids.ts';
import type { Random } from '../../server/seeded-random.ts';
import type { Answer, Client } from '../../server/testing/client.ts';
import type { TestEvent } from '../../server/testing/world.ts';
import type { Input, Output } from './box-office.ts';
import type { Operation } from './check.ts';

type Recorded = Operation<Input, Output>;

/** One buyer of the test. `send` sends to this buyer's server. */
export interface Buyer {
  number: number;
  client: Client;
  url: string;
}

interface Recording {
  event: TestEvent;
  seatCount: number;
  buyers: Buyer[];
  /** The actions of each buyer, in order. */
  each: number;
  random: Random;
  /** How many holds in a hundred are sent by a client that hangs up. */
  hangUpPercent: number;
}

/** Lets all buyers hold, release and read at once, and records each answer and its time. */
export async function record(recording: Recording): Promise<Recorded[]> {
  const history: Recorded[] = [];
  await Promise.all(recording.buyers.map((buyer) => act(recording, buyer, history)));
  return history;
}

async function act(recording: Recording, buyer: Buyer, history: Recorded[]): Promise<void> {
  const { random, each } = recording;
  const mine: { key: string; id: string }[] = [];
  let again: Extract<Input, { do: 'hold' }> | null = null;
  for (let n = 0; n < each; n++) {
    const input: Input = again ?? choose(recording, mine, `${buyer.number}-${n}`);
    // The retry must get an answer, otherwise nobody would learn the outcome.
    const hangsUp = again === null && input.do === 'hold' && random.chance(recording.hangUpPercent);
    again = null;
    const operation: Recorded = {
      client: buyer.number,
      calledAt: performance.now(),
      answeredAt: Number.POSITIVE_INFINITY,
      input,
      output: null,
    };
    history.push(operation);
    const answer = await send(
      recording,
      buyer,
      input,
      mine,
      hangsUp ? AbortSignal.timeout(random.below(6)) : undefined,
    );
    if (answer === null) {
      again = input.do === 'hold' ? input : null;
      continue;
    }
    operation.answeredAt = performance.now();
    operation.output = read(input, answer, recording.seatCount);
    if ('key' in input && 'seats' in operation.output) mine.push({ key: input.key, id: answer.body.id });
  }
}

function choose({ random, seatCount }: Recording, mine: { key: string }[], key: string): Input {
  const roll = random.below(10);
  const last = mine.at(-1);
  if (last && roll < 4) return { do: 'release', key: last.key };
  if (roll < 6) return { do: 'look' };
  if (roll < 7) return { do: 'best', key, quantity: random.between(1, 2) };
  const seats = Array.from({ length: seatCount }, (_, seat) => seat).filter(() => random.chance(45));
  return { do: 'hold', key, seats: seats.length > 0 ? seats : [random.below(seatCount)] };
}

/** Null if the buyer hung up before an answer. */
async function send(
  { event }: Recording,
  { client, url }: Buyer,
  input: Input,
  mine: { key: string; id: string }[],
  signal?: AbortSignal,
): Promise<Answer | null> {
  const holds = `${url}/api/events/${event.id}/holds`;
  const headers = (key: string) => ({ 'idempotency-key': `key-${key}` });
  if (input.do === 'look') return client.get(`${url}/api/events/${event.id}/availability`);
  if (input.do === 'release') {
    const at = mine.findIndex(({ key }) => key === input.key);
    const [hold] = mine.splice(at, 1);
    return client.delete(`${url}/api/holds/${hold?.id}`);
  }
  if (input.do === 'best') {
    const body = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: input.quantity } };
    return client.post(holds, body, headers(input.key));
  }
  const body = { seats: input.seats.map((index) => ({ seatId: seatId(event.id, index) })) };
  const answer = client.post(holds, body, headers(input.key));
  if (!signal) return answer;
  return Promise.race([
    answer,
    new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null))),
  ]);
}

const indexOf = (id: string): number => Number(id.slice(id.lastIndexOf('_') + 1));

function read(input: Input, { status, body }: Answer, seatCount: number): Output {
  if (input.do === 'look' && status === 200) {
    const bits = Buffer.from(body.seats, 'base64');
    return {
      free: Array.from({ length: seatCount }, (_, seat) => seat).filter(
        (seat) => ((bits[seat >> 3] ?? 0) >> (seat & 7)) & 1,
      ),
    };
  }
  if (status === 204) return { released: true };
  if (status === 201)
    return {
      seats: body.lines.flatMap((line: { seats: { seatId: string }[] }) =>
        line.seats.map((seat) => indexOf(seat.seatId)),
      ),
    };
  if (body.code === 'seats_taken') return { taken: body.seats.map(indexOf) };
  if (body.code === 'sold_out') return { soldOut: body.available };
  throw new Error(`${JSON.stringify(input)} was answered ${status} ${JSON.stringify(body)}`);
}
