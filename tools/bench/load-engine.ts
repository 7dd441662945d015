/**
 * A load generator that uses little CPU: raw sockets, one request in flight on each, and only as much HTTP parsing as it
 * takes to find the end of an answer. All sockets share one read buffer.
 */
import { connect, type Socket } from 'node:net';
import { percentile } from './percentiles.ts';

/** Decides what a connection does next. */
export interface Script {
  /**
   * Returns the next request of this connection. It gets the answer to the last one (null at the start and after a pause).
   * A number is a pause of so many ms. Null means that there is nothing more to send. `head` has the answer's headers.
   */
  next(
    slot: number,
    status: number,
    body: Buffer | null,
    head: Buffer | null,
  ): Buffer | string | number | null;
  /** The notes of the script for its caller. */
  notes?(): Record<string, unknown>;
}

export interface DriveOptions {
  /** Connections are spread over these local ports. */
  ports: number[];
  connections: number;
  /** The measured time. After it no request is sent. The run waits for those in flight. */
  seconds: number;
  /** The load runs for so many seconds before the measured time. Only `statuses`, `codes` and `answered` count them. */
  leadSeconds?: number;
}

/** One run of the load. Times in ms. `rate` is answers per second within the time. */
export interface Slice {
  rate: number;
  answered: number;
  seconds: number;
  leadSeconds: number;
  statuses: Record<string, number>;
  /** Refusals by code. */
  codes: Record<string, number>;
  /** Wall-clock time of the start of the measured time, in ms since 1970. */
  startedAtMs: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** CPU seconds of the load generator, with the lead. */
  cpuSeconds: number;
  /** Start and end by the monotonic clock, which all processes of a machine share. */
  windowUs: [number, number];
  /** Some unsuccessful answers, for debugging. */
  samples: string[];
  notes: Record<string, unknown>;
}

interface Connection {
  slot: number;
  socket: Socket;
  sentMs: number;
  /** The beginning of an incomplete answer. */
  partial: Buffer | null;
}

type OnAnswer = (connection: Connection, status: number, body: Buffer, head: Buffer) => void;

const headEnd = Buffer.from('\r\n\r\n');
const lengthHeader = Buffer.from('content-length: ');
const codeMember = Buffer.from('"code":"');

export async function drive(script: Script, options: DriveOptions): Promise<Slice> {
  const { ports, connections, seconds, leadSeconds = 0 } = options;
  const statuses = new Map<number, number>();
  const codes = new Map<string, number>();
  const samples: string[] = [];
  let latencies = new Float64Array(1 << 16);
  let answered = 0;
  let timed = 0;
  let inTime = 0;
  let fromMs = 0;
  let open = 0;
  let deadlineMs = Number.POSITIVE_INFINITY;
  let finish: () => void;
  let fail: (error: Error) => void;
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });

  const send = (connection: Connection, status: number, body: Buffer | null, head: Buffer | null) => {
    const nowMs = performance.now();
    const request = nowMs < deadlineMs ? script.next(connection.slot, status, body, head) : null;
    if (request === null) {
      if (--open === 0) finish();
      return;
    }
    if (typeof request === 'number') {
      setTimeout(send, request, connection, 0, null, null);
      return;
    }
    connection.sentMs = nowMs;
    connection.socket.write(request as Buffer, 'latin1');
  };

  const onAnswer: OnAnswer = (connection, status, body, head) => {
    const nowMs = performance.now();
    answered++;
    if (nowMs >= fromMs) {
      if (timed === latencies.length) {
        const larger = new Float64Array(latencies.length * 2);
        larger.set(latencies);
        latencies = larger;
      }
      latencies[timed++] = nowMs - connection.sentMs;
      if (nowMs <= deadlineMs) inTime++;
    }
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 400) noteRefusal(codes, samples, status, body);
    send(connection, status, body, head);
  };

  const readBuffer = Buffer.allocUnsafeSlow(1 << 18);
  const all = await Promise.all(
    Array.from({ length: connections }, (_, slot) =>
      openConnection(slot, ports[slot % ports.length] as number, readBuffer, onAnswer, (error) =>
        fail(error),
      ),
    ),
  );
  const cpuBefore = process.cpuUsage();
  const leadMs = leadSeconds * 1000;
  fromMs = performance.now() + leadMs;
  const startedAtMs = Date.now() + leadMs;
  const startUs = Number(process.hrtime.bigint() / 1000n) + leadMs * 1000;
  deadlineMs = fromMs + seconds * 1000;
  open = all.length;
  for (const connection of all) send(connection, 0, null, null);
  try {
    await done;
  } finally {
    for (const { socket } of all) socket.destroy();
  }
  const endMs = Math.min(deadlineMs, performance.now());
  const cpu = process.cpuUsage(cpuBefore);
  const sorted = latencies.subarray(0, timed).sort();
  const tookSeconds = (endMs - fromMs) / 1000;
  return {
    rate: inTime / tookSeconds,
    answered,
    seconds: tookSeconds,
    leadSeconds,
    statuses: Object.fromEntries(statuses),
    codes: Object.fromEntries(codes),
    startedAtMs,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: percentile(sorted, 1),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    windowUs: [startUs, startUs + Math.round((endMs - fromMs) * 1000)],
    samples,
    notes: script.notes?.() ?? {},
  };
}

function noteRefusal(codes: Map<string, number>, samples: string[], status: number, body: Buffer): void {
  const at = body.indexOf(codeMember);
  const from = at + codeMember.length;
  const code = at < 0 ? `status ${status}` : body.toString('latin1', from, body.indexOf(34, from));
  const count = codes.get(code) ?? 0;
  if (count === 0 && samples.length < 10) samples.push(body.toString().slice(0, 400));
  codes.set(code, count + 1);
}

function openConnection(
  slot: number,
  port: number,
  readBuffer: Buffer,
  onAnswer: OnAnswer,
  onError: (error: Error) => void,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const read = (length: number, buffer: Uint8Array) => {
      take(connection, (buffer as Buffer).subarray(0, length), onAnswer);
      return true;
    };
    const socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer: readBuffer, callback: read },
    });
    const connection: Connection = { slot, socket, sentMs: 0, partial: null };
    socket.once('connect', () => resolve(connection));
    socket.on('error', (error) => {
      reject(error);
      onError(error);
    });
    socket.on('end', () => onError(new Error('the server closed a connection under load')));
  });
}

/** Reads what has arrived, and passes an answer on when it is complete. */
function take(connection: Connection, arrived: Buffer, onAnswer: OnAnswer): void {
  const bytes = connection.partial ? Buffer.concat([connection.partial, arrived]) : arrived;
  const head = bytes.indexOf(headEnd);
  const at = head < 0 ? -1 : bytes.indexOf(lengthHeader);
  let length = 0;
  if (at >= 0 && at < head) {
    for (let i = at + lengthHeader.length; bytes[i] !== 13; i++)
      length = length * 10 + (bytes[i] as number) - 48;
  }
  if (head < 0 || bytes.length < head + 4 + length) {
    // The read buffer is reused at once, so an incomplete answer is copied.
    connection.partial = Buffer.from(bytes);
    return;
  }
  connection.partial = null;
  const status = (bytes[9] as number) * 100 + (bytes[10] as number) * 10 + (bytes[11] as number) - 5328;
  onAnswer(connection, status, bytes.subarray(head + 4, head + 4 + length), bytes.subarray(0, head));
}
