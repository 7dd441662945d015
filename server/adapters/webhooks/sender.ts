import { promises as dns, type LookupAddress } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { WebhookAnswer, WebhookSender } from '../../features/webhooks-out/sender.ts';
import { isPublicAddress } from '../public-hosts.ts';

/** A receiver has this long for its whole answer. */
const answerWithinMs = 15_000;
/** A request that was stopped has this long to end with what it has. */
const leftAfterMs = 1000;
/** More of an answer is not read. */
const mostRead = 4096;
const mostExcerpt = 500;
const ports = ['', '443', '8443'];

interface Options {
  clock: Pick<Clock, 'monotonicMs'>;
  /**
   * `host:port` pairs to which webhooks may be sent although they are private, also by http. The operator names them
   * (WEBHOOK_PRIVATE_HOSTS).
   */
  privateHosts: readonly string[];
  /** For tests: other answers of DNS, other certificates, a shorter time. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
  isPublic?: (address: string) => boolean;
  ca?: string;
  withinMs?: number;
}

const resolveAll = (hostname: string): Promise<LookupAddress[]> => dns.lookup(hostname, { all: true });

/**
 * Sends webhooks to addresses that strangers chose. Each attempt looks the name up once, refuses it if any of its addresses is
 * not in the public internet, and connects to an address that was checked. So a name that resolves to another address a
 * moment later gains nothing. No redirect is followed, and neither the time nor the answer is without a bound.
 */
export function createWebhookSender(options: Options): WebhookSender {
  const { clock, privateHosts, resolve = resolveAll, isPublic = isPublicAddress, ca } = options;
  const withinMs = options.withinMs ?? answerWithinMs;

  const isNamed = ({ host, protocol, port, hostname }: URL) =>
    privateHosts.includes(host) ||
    (port === '' && privateHosts.includes(`${hostname}:${protocol === 'http:' ? 80 : 443}`));

  function mayUse(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol)) return false;
    if (isNamed(url)) return true;
    if (url.protocol !== 'https:' || !ports.includes(url.port)) return false;
    // The parser has already made `0x7f.1` and `2130706433` into 127.0.0.1.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    return isIP(literal) ? isPublic(literal) : /\.[a-z\d-]*[a-z][a-z\d-]*\.?$/i.test(url.hostname);
  }

  /** The address to connect to. */
  async function addressOf(url: URL): Promise<LookupAddress> {
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(literal);
    const found = family ? [{ address: literal, family }] : await resolve(url.hostname);
    const [first] = found;
    if (!first) throw new Error(`${url.hostname} has no address`);
    if (!isNamed(url) && !found.every(({ address }) => isPublic(address)))
      throw new Error(`${url.hostname} has an address that is not in the public internet`);
    return first;
  }

  return {
    mayUse,
    async send(text, headers, body) {
      const begunMs = clock.monotonicMs();
      const stopping = new AbortController();
      const timer = setTimeout(
        () => stopping.abort(new Error(`no answer within ${withinMs / 1000} s`)),
        withinMs,
      );
      const spent = () => Math.round(clock.monotonicMs() - begunMs);
      try {
        if (!mayUse(text)) throw new Error('webhooks are not sent to this address');
        const url = new URL(text);
        const to = await orAbort(addressOf(url), stopping.signal);
        const outgoing = { to, headers, body, ca, signal: stopping.signal };
        const answer = await orAbort(post(url, outgoing), stopping.signal, leftAfterMs);
        return { ...answer, durationMs: spent() };
      } catch (error) {
        const reason = stopping.signal.aborted ? stopping.signal.reason : error;
        return {
          status: null,
          error: wordsOf(reason),
          excerpt: '',
          retryAfterSeconds: null,
          durationMs: spent(),
        };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const wordsOf = (error: unknown): string =>
  String((error as Error)?.message || (error as { code?: string })?.code || error).slice(0, 300);

/** Rejects when the signal is aborted, `afterMs` later, so that work that notices the abort itself may end in its own way. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal, afterMs = 0): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const reject = () => setTimeout(() => aborted.reject(signal.reason), afterMs).unref();
  if (signal.aborted) reject();
  else signal.addEventListener('abort', reject, { once: true });
  return Promise.race([work, aborted.promise]);
}

interface Outgoing {
  to: LookupAddress;
  headers: Record<string, string>;
  body: string;
  ca: string | undefined;
  signal: AbortSignal;
}

function post(
  url: URL,
  { to, headers, body, ca, signal }: Outgoing,
): Promise<Omit<WebhookAnswer, 'durationMs'>> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions & { ca?: string } = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal,
      // A connection of its own for each webhook, to the address that was checked.
      agent: false,
      lookup: (_hostname, { all }, answer) =>
        all ? answer(null, [to]) : answer(null, to.address, to.family),
      ...(ca && { ca }),
    };
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    let hasAnswered = false;
    const sent = request(url, options, (answer) => {
      hasAnswered = true;
      readExcerpt(answer, (excerpt) => {
        resolve({
          status: answer.statusCode ?? 0,
          error: null,
          excerpt,
          retryAfterSeconds: secondsOf(answer.headers['retry-after']),
        });
        sent.destroy();
      });
    });
    // Node gives an answer of 101 to this listener alone. Without it the request ends with no answer and no error.
    sent.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, error: null, excerpt: '', retryAfterSeconds: null });
    });
    // Once there is a status, it counts.
    sent.on('error', (error) => {
      if (!hasAnswered) reject(error);
    });
    // Comes last, in every case, and changes nothing if there was an answer or an error.
    sent.on('close', () => {
      if (!hasAnswered) reject(new Error('the connection was closed without an answer'));
    });
    sent.end(body);
  });
}

/** The status counts, whatever becomes of the rest of the answer: it may be too long, too slow, or break off. */
function readExcerpt(answer: IncomingMessage, done: (excerpt: string) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  const end = () =>
    // PostgreSQL can't store NUL.
    done(Buffer.concat(parts).toString('utf8').replaceAll('\0', '').slice(0, mostExcerpt).toWellFormed());
  answer.on('data', (part: Buffer) => {
    parts.push(part.subarray(0, mostRead - length));
    length += part.length;
    if (length >= mostRead) end();
  });
  answer.on('end', end);
  answer.on('error', end);
  answer.on('close', end);
}

function secondsOf(retryAfter: string | undefined): number | null {
  const seconds = Number(retryAfter);
  return retryAfter !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
