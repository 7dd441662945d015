import { createECDH, createHmac } from 'node:crypto';
import { Agent, request } from 'node:https';
import { Undeliverable } from '../../features/notifications/mailer.ts';
import type {
  Notification,
  PushAnswer,
  PushSender,
  PushTarget,
} from '../../features/notifications/push-sender.ts';
import { isPublicAddress, lookupPublic } from '../public-hosts.ts';

const curve = 'prime256v1';
/** A notification that a phone could not get for half a day is old news. */
const ttlSeconds = 43_200;
const timeoutMs = 15_000;
/** If a busy service does not say when to come back. */
const defaultPauseSeconds = 60;
const longestPauseSeconds = 3600;

interface Options {
  /** The VAPID key follows from it, so all processes of an installation have the same. */
  secret: string;
  /** `mailto:` or `https:`, so that a push service can reach the operators (RFC 8292). */
  contact: string;
  /** For tests: other certificates, and other addresses than public ones. */
  agent?: Agent;
  mayUse?: (endpoint: URL) => boolean;
}

/** Sends notifications by Web Push (RFC 8030), encrypted for the browser (RFC 8291). */
export function createPushSender({ secret, contact, agent, mayUse = isPublicEndpoint }: Options): PushSender {
  const vapid = vapidKeys(secret);
  const connections = agent ?? new Agent({ keepAlive: true, maxSockets: 10, lookup: lookupPublic as never });
  return {
    publicKey: vapid.publicKey,
    mayUse: (endpoint) => URL.canParse(endpoint) && mayUse(new URL(endpoint)),
    async send({ endpoint, p256dh, auth }: PushTarget, notification: Notification): Promise<PushAnswer> {
      // Loaded with the first notification, because most processes send none.
      const { default: webPush } = await import('web-push');
      const details = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(notification),
        {
          vapidDetails: { subject: contact, ...vapid },
          TTL: ttlSeconds,
          contentEncoding: 'aes128gcm',
          urgency: 'high',
        },
      );
      const { status, retryAfter, text } = await post(endpoint, details, connections);
      if (status >= 200 && status < 300) return { is: 'accepted' };
      if (status === 404 || status === 410) return { is: 'gone' };
      if (status === 429 || status === 503) return { is: 'later', seconds: retryAfter };
      const message = `the push service answered ${status}: ${text}`;
      throw status >= 400 && status < 500 ? new Undeliverable(message) : new Error(message);
    },
  };
}

/** A P-256 key pair that follows from a secret. One draw in four billion is no key; then the next one is taken. */
function vapidKeys(secret: string): { publicKey: string; privateKey: string } {
  const pair = createECDH(curve);
  for (let draw = 0; ; draw++) {
    const privateKey = createHmac('sha256', secret).update(`web push ${draw}`).digest();
    try {
      pair.setPrivateKey(privateKey);
    } catch {
      continue;
    }
    return {
      publicKey: pair.getPublicKey('base64url'),
      privateKey: privateKey.toString('base64url'),
    };
  }
}

/** The address of a host that is a name is checked when it is looked up. */
function isPublicEndpoint({ protocol, hostname, port, username, password }: URL): boolean {
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  const address = hostname.replace(/^\[|\]$/g, '');
  return /^[\d.]+$|:/.test(address)
    ? isPublicAddress(address)
    : /\.[a-z\d-]*[a-z][a-z\d-]*\.?$/i.test(hostname);
}

/** Follows no redirects, because they could lead into our own network. */
function post(
  endpoint: string,
  { method, headers, body }: { method: string; headers: object; body: Buffer | null },
  agent: Agent,
): Promise<{ status: number; retryAfter: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      endpoint,
      { method, headers: headers as Record<string, string>, agent, timeout: timeoutMs },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          if (text.length < 200) text += chunk.slice(0, 200);
        });
        answer.on('error', reject);
        answer.on('end', () => {
          const seconds = Number(answer.headers['retry-after']);
          resolve({
            status: answer.statusCode ?? 0,
            retryAfter: Math.min(seconds > 0 ? seconds : defaultPauseSeconds, longestPauseSeconds),
            text,
          });
        });
      },
    );
    sent.on('timeout', () =>
      sent.destroy(new Error(`the push service did not answer within ${timeoutMs / 1000} s`)),
    );
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}
