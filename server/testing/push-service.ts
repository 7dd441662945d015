import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';

/** A browser's side of a subscription. */
export interface TestBrowser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  /** What arrived, decrypted as a browser decrypts it (RFC 8291). */
  received: { title: string; body: string; path: string; tag: string; language: string }[];
  headers: IncomingHttpHeaders[];
}

/** A push service that decrypts what it gets and checks who has signed it (RFC 8292). */
export interface TestPushService {
  browser(): TestBrowser;
  /** How the service answers a push for this browser; 201 until a test says otherwise. */
  answer: (endpoint: string) => { status: number; headers?: Record<string, string> };
  /** How many requests came. */
  requests: number;
  /** Opens connections to this service for every host, without TLS. */
  agent: Agent;
  close(): Promise<void>;
}

const host = 'push.example';

export async function startPushService(): Promise<TestPushService> {
  const browsers = new Map<string, TestBrowser & { receive(body: Buffer): void }>();
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      service.requests++;
      const endpoint = `https://${host}${request.url}`;
      const { status, headers = {} } = service.answer(endpoint);
      const browser = browsers.get(endpoint);
      if (status < 300) {
        checkSignature(request.headers);
        browser?.headers.push(request.headers);
        browser?.receive(Buffer.concat(chunks));
      }
      response.writeHead(status, headers).end();
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const agent = new Agent();
  agent.createConnection = () => connect(port, '127.0.0.1');
  const service: TestPushService = {
    agent,
    requests: 0,
    answer: () => ({ status: 201 }),
    browser() {
      const keys = createECDH('prime256v1');
      const publicKey = keys.generateKeys();
      const auth = randomBytes(16);
      const endpoint = `https://${host}/send/${randomBytes(8).toString('hex')}`;
      const browser = {
        subscription: {
          endpoint,
          keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
        },
        received: [] as TestBrowser['received'],
        headers: [],
        receive: (body: Buffer) => {
          browser.received.push(JSON.parse(decrypt(body, keys, auth).toString()));
        },
      };
      browsers.set(endpoint, browser);
      return browser;
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return service;
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

/** RFC 8188 and RFC 8291, written from the texts and not from the sender's library. */
function decrypt(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const sealed = body.subarray(21 + idLength);
  const shared = hmac(auth, own.computeSecret(sender));
  const input = hmac(shared, 'WebPush: info\0', own.getPublicKey(), sender, '\x01');
  const key = hmac(salt, input);
  const contentKey = hmac(key, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16);
  const nonce = hmac(key, 'Content-Encoding: nonce\0\x01').subarray(0, 12);
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}

/** Throws unless the key in the header has signed a token for this service. */
function checkSignature({ authorization = '' }: IncomingHttpHeaders): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(key, 'base64url');
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((part) => part.toString('base64url'));
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } as never });
  const isValid = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (!isValid || aud !== `https://${host}`)
    throw new Error(`a push was not signed for this service: ${aud}`);
}
