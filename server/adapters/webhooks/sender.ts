import { promises as dns, type LookupAddress } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { WebhookAnswer, WebhookSender } from '../../features/webhooks-out/sender.ts';
import { isPublicAddress } from '../public-hosts.ts';

/** A receiver has this long for its whole answer. */
const answerWithinMs = 15_000;
/** If an address does not answer for this long, the next one is tried. */
const nextAddressAfterMs = 2000;
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
  /** For tests: other answers of DNS, other servers of DNS, other certificates, a shorter time. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
  nameServers?: readonly string[];
  isPublic?: (address: string) => boolean;
  ca?: string;
  withinMs?: number;
}

/** Asks the operating system, which also knows names of the operator's network. */
const lookUp = (hostname: string): Promise<LookupAddress[]> => dns.lookup(hostname, { all: true });

/**
 * Asks the name servers from the event loop. `dns.lookup` would hold one of the four threads of the process until a stranger's
 * name server answers, and files, compression and the names of payment providers would wait for that thread.
 */
async function askServers(
  hostname: string,
  signal: AbortSignal,
  nameServers?: readonly string[],
): Promise<LookupAddress[]> {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  if (nameServers) resolver.setServers(nameServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    // Many names have addresses of one family only.
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    const found = (of: typeof v4, family: 4 | 6) =>
      of.status === 'fulfilled' ? of.value.map((address) => ({ address, family })) : [];
    return [...found(v6, 6), ...found(v4, 4)];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/**
 * Sends webhooks to addresses that strangers chose. Each attempt looks the name up once, refuses it if any of its addresses is
 * not in the public internet, and connects to an address that was checked. So a name that resolves to another address a
 * moment later gains nothing. No redirect is followed, and neither the time nor the answer is without a bound.
 */
export function createWebhookSender(options: Options): WebhookSender {
  const { clock, privateHosts, nameServers, isPublic = isPublicAddress, ca } = options;
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

  /** The addresses to connect to. Node tries one after the other. */
  async function addressesOf(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(literal);
    if (family) return checked([{ address: literal, family }], url);
    return checked(await resolve(url, signal), url);
  }

  function resolve(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
    if (options.resolve) return options.resolve(url.hostname);
    return isNamed(url) ? lookUp(url.hostname) : askServers(url.hostname, signal, nameServers);
  }

  function checked(found: LookupAddress[], url: URL): LookupAddress[] {
    if (found.length === 0) throw new Error(`${url.hostname} has no address`);
    if (!isNamed(url) && !found.every(({ address }) => isPublic(address)))
      throw new Error(`${url.hostname} has an address that is not in the public internet`);
    return found;
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
        const to = await orAbort(addressesOf(url, stopping.signal), stopping.signal);
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
  to: LookupAddress[];
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
    const options: RequestOptions & { ca?: string; autoSelectFamilyAttemptTimeout: number } = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal,
      // A connection of its own for each webhook, to an address that was checked.
      agent: false,
      autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
      lookup: (_hostname, { all }, answer) =>
        all ? answer(null, to) : answer(null, to[0]?.address ?? '', to[0]?.family),
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
