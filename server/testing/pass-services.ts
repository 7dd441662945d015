import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createSecureServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { jwtVerify } from 'jose';

/** Certificates as Apple issues them: an authority, its intermediate, and the certificate of a pass type. All are PEM. */
export interface PassCertificates {
  folder: string;
  passType: string;
  team: string;
  root: string;
  authority: string;
  certificate: string;
  key: string;
  /** Issues another certificate for a pass type. It expires after so many days from now, which may be negative. */
  issue(options: { passType?: string; team?: string; days?: number }): { certificate: string; key: string };
  remove(): void;
}

const openssl = (...given: string[]): string => {
  const { status, stdout, stderr } = spawnSync('openssl', given, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${given[0]}: ${stderr}`);
  return stdout;
};

export function makePassCertificates(): PassCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'admit-passes-'));
  const file = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const [passType, team] = ['pass.test.admit.tickets', 'TEAM123456'];
  const fresh = ['-newkey', 'rsa:2048', '-nodes'];
  writeFileSync(file('authority.ext'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign');
  writeFileSync(file('server.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  openssl(
    ...['req', '-x509', ...fresh, '-days', '3650', '-subj', '/CN=Root CA'],
    ...['-keyout', file('root.key'), '-out', file('root.pem')],
  );
  const issued = (name: string, subject: string, by: string, more: string[]) => {
    openssl('req', ...fresh, '-subj', subject, '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`));
    openssl(
      ...['x509', '-req', '-in', file(`${name}.csr`), '-CA', file(`${by}.pem`), '-CAkey', file(`${by}.key`)],
      ...['-CAcreateserial', '-out', file(`${name}.pem`), ...more],
    );
    return { certificate: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  const lasting = ['-days', '3650'];
  const { certificate: authority } = issued('authority', '/CN=Worldwide Relations/OU=G4', 'root', [
    ...lasting,
    ...['-extfile', file('authority.ext')],
  ]);
  issued('server', '/CN=localhost', 'root', [...lasting, '-extfile', file('server.ext')]);
  let count = 0;
  const issue: PassCertificates['issue'] = (options) => {
    const name = options.passType ?? passType;
    const subject = `/UID=${name}/CN=Pass Type ID: ${name}/OU=${options.team ?? team}/O=Test/C=US`;
    return issued(`pass-${++count}`, subject, 'authority', ['-days', String(options.days ?? 3650)]);
  };
  return {
    ...{ folder, passType, team, root: read('root.pem'), authority },
    ...issue({}),
    issue,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Apple's push service: HTTP/2 with the certificate of the passes. */
export interface TestApplePush {
  /** The push tokens that got a push, and with which headers. */
  pushed: { token: string; topic: string; type: string; body: string; certificate: string }[];
  /** How the service answers a push for a token. */
  answer: (token: string) => { status: number; reason?: string; retryAfter?: number };
  url: string;
  close(): Promise<void>;
}

export async function startApplePush({ folder, root }: PassCertificates): Promise<TestApplePush> {
  setDefaultCACertificates([...getCACertificates('default'), root]);
  const server: Http2Server = createSecureServer({
    key: readFileSync(join(folder, 'server.key')),
    cert: readFileSync(join(folder, 'server.pem')),
    ca: [root, readFileSync(join(folder, 'authority.pem'))],
    requestCert: true,
    rejectUnauthorized: true,
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    let body = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      body += chunk;
    });
    stream.on('end', () => {
      const token = (headers[':path'] ?? '').replace('/3/device/', '');
      const { status, reason, retryAfter } = service.answer(token);
      const socket = stream.session?.socket as TLSSocket | undefined;
      if (status === 200)
        service.pushed.push({
          token,
          topic: String(headers['apns-topic']),
          type: String(headers['apns-push-type']),
          body,
          certificate: String(socket?.getPeerCertificate().subject.UID),
        });
      stream.respond({ ':status': status, ...(retryAfter && { 'retry-after': String(retryAfter) }) });
      stream.end(reason === undefined ? '' : JSON.stringify({ reason }));
    });
  });
  const port = await listen(server);
  const service: TestApplePush = {
    pushed: [],
    answer: () => ({ status: 200 }),
    url: `https://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
  return service;
}

interface Thing {
  id: string;
  [member: string]: unknown;
}

/** Google's login and the API of Google Wallet. It checks who signed, and keeps what it is given. */
export interface TestGoogleWallet {
  classes: Map<string, Thing>;
  objects: Map<string, Thing>;
  requests: string[];
  logins: number;
  /** Each answer comes so late. */
  delayMs: number;
  /** Null answers as Google does. */
  answer: (request: string) => number | null;
  env: Record<string, string>;
  /** Verifies the address that saves a pass, and returns its claims. */
  readSaveUrl(url: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function startGoogleWallet(): Promise<TestGoogleWallet> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = 'tickets@admit-test.iam.gserviceaccount.com';
  const server: Server = createServer(async (request, response) => {
    const body = await read(request);
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const what = `${request.method} ${request.url}`;
    if (service.delayMs > 0) await setTimeout(service.delayMs);
    const told = service.answer(what);
    if (told !== null) return reply(told, { error: { code: told } });
    if (request.url === '/token') {
      const form = new URLSearchParams(body);
      const { payload } = await jwtVerify(form.get('assertion') ?? '', publicKey, {
        issuer: email,
        audience: `${url}/token`,
        currentDate: new Date((JSON.parse(claimsOf(form.get('assertion') ?? '')).iat + 1) * 1000),
      });
      if (payload.scope !== 'https://www.googleapis.com/auth/wallet_object.issuer') return reply(400, {});
      service.logins++;
      return reply(200, {
        access_token: `token-${service.logins}`,
        expires_in: 3600,
        token_type: 'Bearer',
      });
    }
    service.requests.push(what);
    if (request.headers.authorization !== `Bearer token-${service.logins}`) return reply(401, {});
    const match = /^\/walletobjects\/v1\/eventTicket(Class|Object)(?:\/([^/]+))?$/.exec(request.url ?? '');
    if (!match) return reply(404, {});
    const things = match[1] === 'Class' ? service.classes : service.objects;
    const thing = JSON.parse(body) as Thing;
    if (match[1] === 'Object' && !service.classes.has(String(thing.classId))) return reply(400, {});
    const known = things.has(thing.id);
    if (request.method === 'PUT' && (!known || decodeURIComponent(match[2] ?? '') !== thing.id))
      return reply(404, {});
    if (request.method === 'POST' && known) return reply(409, {});
    things.set(thing.id, thing);
    reply(200, thing);
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const service: TestGoogleWallet = {
    classes: new Map(),
    objects: new Map(),
    requests: [],
    logins: 0,
    delayMs: 0,
    answer: () => null,
    env: {
      GOOGLE_WALLET_ISSUER: '3388000000012345678',
      GOOGLE_WALLET_KEY: JSON.stringify({
        type: 'service_account',
        client_email: email,
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        token_uri: `${url}/token`,
      }),
      GOOGLE_WALLET_API_URL: url,
    },
    async readSaveUrl(saveUrl) {
      const address = 'https://pay.google.com/gp/v/save/';
      if (!saveUrl.startsWith(address)) throw new Error(`not an address of Google: ${saveUrl}`);
      const { payload } = await jwtVerify(saveUrl.slice(address.length), publicKey, {
        issuer: email,
        audience: 'google',
      });
      return payload;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return service;
}

const claimsOf = (jwt: string): string => Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();

const listen = (server: Server | Http2Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The variables of the environment for passes of Apple Wallet. */
export const appleEnv = (made: PassCertificates, pushUrl: string): Record<string, string> => ({
  APPLE_WALLET_PASS_TYPE: made.passType,
  APPLE_WALLET_TEAM: made.team,
  APPLE_WALLET_CERTIFICATE: made.certificate,
  APPLE_WALLET_KEY: made.key,
  APPLE_WALLET_AUTHORITY: made.authority,
  APPLE_WALLET_PUSH_URL: pushUrl,
});
