import { type ClientHttp2Session, connect } from 'node:http2';
import type { ApplePushAnswer } from '../../features/passes/wallets.ts';
import type { AppleWalletSettings } from './settings.ts';

const timeoutMs = 15_000;
/** A connection without pushes is closed, so that a quiet server keeps none open. */
const idleMs = 60_000;
/** If Apple is busy and does not say for how long. */
const defaultPauseSeconds = 60;
const longestPauseSeconds = 3600;

/**
 * Tells devices by Apple's push service (HTTP/2) that a pass has changed. The push says nothing: the device then asks the server for
 * its changed passes. The certificate of the passes opens the connection, and all pushes share it.
 */
export function createApplePush(settings: AppleWalletSettings): {
  send(pushToken: string): Promise<ApplePushAnswer>;
  close(): Promise<void>;
} {
  const { pushUrl, certificate: cert, key, passphrase, passType } = settings;
  let session: ClientHttp2Session | null = null;

  function open(): ClientHttp2Session {
    if (session && !session.closed && !session.destroyed) return session;
    const opened = connect(pushUrl, { cert, key, ...(passphrase !== undefined && { passphrase }) });
    // The requests fail with the same error, and their callers handle it.
    opened.on('error', () => {});
    const forget = () => {
      if (session === opened) session = null;
    };
    opened.on('close', forget);
    // Apple ends connections now and then. Requests that are under way go on.
    opened.on('goaway', forget);
    opened.setTimeout(idleMs, () => opened.close());
    opened.unref();
    session = opened;
    return opened;
  }

  return {
    async send(pushToken) {
      const { status, reason, retryAfter } = await post(open(), pushToken, passType);
      if (status === 200) return { is: 'sent' };
      if (status === 410 || reason === 'BadDeviceToken' || reason === 'DeviceTokenNotForTopic')
        return { is: 'gone' };
      if (status === 429 || status === 503) return { is: 'later', seconds: retryAfter };
      throw new Error(`Apple's push service answered ${status}: ${reason}`);
    },
    async close() {
      session?.close();
      session?.destroy();
      session = null;
    },
  };
}

function post(
  session: ClientHttp2Session,
  pushToken: string,
  topic: string,
): Promise<{ status: number; reason: string; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const request = session.request({
      ':method': 'POST',
      ':path': `/3/device/${pushToken}`,
      'apns-topic': topic,
      'apns-push-type': 'background',
      'apns-priority': '5',
      'content-type': 'application/json',
    });
    let text = '';
    let status = 0;
    let retryAfter = defaultPauseSeconds;
    request.setEncoding('utf8');
    request.setTimeout(timeoutMs, () =>
      request.destroy(new Error(`Apple's push service did not answer within ${timeoutMs / 1000} s`)),
    );
    request.on('response', (headers) => {
      status = headers[':status'] ?? 0;
      const seconds = Number(headers['retry-after']);
      if (seconds > 0) retryAfter = Math.min(seconds, longestPauseSeconds);
    });
    request.on('data', (chunk: string) => {
      if (text.length < 1000) text += chunk;
    });
    request.on('error', reject);
    request.on('close', () => reject(new Error("the connection to Apple's push service broke")));
    request.on('end', () => resolve({ status, reason: reasonOf(text), retryAfter }));
    request.end('{}');
  });
}

function reasonOf(text: string): string {
  try {
    return String((JSON.parse(text) as { reason?: unknown }).reason ?? '');
  } catch {
    return text.slice(0, 200);
  }
}
