import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import { createMetrics } from '../../metrics.ts';
import { days } from '../../testing/clock.ts';
import { appleEnv, makePassCertificates, type PassCertificates } from '../../testing/pass-services.ts';
import { openAppleWallet } from './apple-wallet.ts';
import { der, readValues, time } from './der.ts';

let made: PassCertificates;
beforeAll(() => {
  made = makePassCertificates();
});
afterAll(() => made?.remove());

const env = (changes: Record<string, string> = {}) => ({
  ...appleEnv(made, 'https://localhost:1'),
  ...changes,
});
/** A process at a moment; its log is in `lines`. */
function startAt(at: { now: Date }) {
  const lines: { level: number; msg: string; [member: string]: unknown }[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { clock: { ...systemClock, now: () => at.now }, log, metrics: createMetrics(), lines };
}
const open = (changes: Record<string, string> = {}, parts = startAt({ now: new Date() })) => {
  const { appleWallet } = readConfig({ NODE_ENV: 'test', ...env(changes) });
  if (!appleWallet) throw new Error('no settings');
  return openAppleWallet(appleWallet, parts);
};

/** Unpacks a pass with a program of others, and returns the folder. */
function unpack(file: Buffer, name: string): string {
  const folder = join(made.folder, name);
  writeFileSync(`${folder}.pkpass`, file);
  const { status, stderr } = spawnSync('unzip', ['-q', `${folder}.pkpass`, '-d', folder]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  return folder;
}

/** What openssl says of a signature, by the root of the authority. */
const verify = (folder: string) =>
  spawnSync('openssl', [
    ...['smime', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'signature')],
    ...['-content', join(folder, 'manifest.json'), '-CAfile', join(made.folder, 'root.pem')],
    ...['-purpose', 'any', '-out', '/dev/null'],
  ]);

test('a pass is a ZIP whose manifest names every file, and openssl verifies its signature', () => {
  const at = new Date();
  const said = { description: 'Ticket für „Größe“', voided: false };
  const folder = unpack(open().make(said, at), 'good');
  const files = readdirSync(folder).filter((name) => !['manifest.json', 'signature'].includes(name));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const sums = files.map((name) => [
    name,
    createHash('sha1')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  ]);
  expect(manifest).toEqual(Object.fromEntries(sums));
  expect(files).toEqual(expect.arrayContaining(['icon.png', 'icon@2x.png', 'logo.png', 'pass.json']));
  expect(JSON.parse(readFileSync(join(folder, 'pass.json'), 'utf8'))).toEqual(said);
  expect(verify(folder).status).toBe(0);

  // The time of the signature is signed too.
  const signature = join(folder, 'signature');
  const shown = spawnSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', signature]);
  const second = at.toISOString().slice(11, 19);
  expect(shown.stdout.toString()).toMatch(new RegExp(`signingTime[^]*UTCTIME:[^\\n]*${second}`));
  expect(shown.stdout.toString()).toContain('algorithm: sha256');
});

test('a changed file, a changed manifest and another signer are found out', () => {
  const folder = unpack(open().make({ description: 'x' }, new Date()), 'changed');
  writeFileSync(join(folder, 'manifest.json'), '{"pass.json":"0000"}');
  expect(verify(folder).status).not.toBe(0);

  const other = makePassCertificates();
  try {
    const foreign = openAppleWallet(
      readConfig({ NODE_ENV: 'test', ...appleEnv(other, 'https://localhost:1') }).appleWallet as never,
      startAt({ now: new Date() }),
    );
    expect(verify(unpack(foreign.make({ description: 'x' }, new Date()), 'foreign')).status).not.toBe(0);
  } finally {
    other.remove();
  }
});

test('certificates and keys may be files, and the key may have a passphrase', () => {
  const file = (name: string, text: string) => {
    const path = join(made.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const key = file('plain.key', made.key);
  const sealed = join(made.folder, 'sealed.key');
  spawnSync('openssl', ['pkcs8', '-topk8', '-in', key, '-out', sealed, '-passout', 'pass:open sesame']);
  expect(existsSync(sealed)).toBe(true);
  const files = {
    APPLE_WALLET_CERTIFICATE: file('given.pem', made.certificate),
    APPLE_WALLET_KEY: sealed,
    APPLE_WALLET_AUTHORITY: made.authority.replaceAll('\n', '\\n'),
  };
  expect(open({ ...files, APPLE_WALLET_KEY_PASSPHRASE: 'open sesame' }).passType).toBe(made.passType);
  expect(() => open({ ...files, APPLE_WALLET_KEY_PASSPHRASE: 'wrong' })).toThrow(
    /APPLE_WALLET_KEY: .*APPLE_WALLET_KEY_PASSPHRASE is wrong/,
  );
});

test('what does not belong together stops the start, and the error names the variable', () => {
  const before = new Date(Date.now() - days(2));
  const another = made.issue({});
  expect(() => open({}, startAt({ now: before }))).toThrow(
    /APPLE_WALLET_CERTIFICATE: it counts only from 20/,
  );
  expect(() => open({ APPLE_WALLET_KEY: another.key })).toThrow(
    /APPLE_WALLET_KEY: this is not the key of APPLE_WALLET_CERTIFICATE/,
  );
  expect(() => open({ APPLE_WALLET_TEAM: 'TEAM999999' })).toThrow(
    /it belongs to the team TEAM123456, and APPLE_WALLET_TEAM is TEAM999999/,
  );
  expect(() => open({ APPLE_WALLET_PASS_TYPE: 'pass.test.other' })).toThrow(
    /it is for the pass type pass.test.admit.tickets, and APPLE_WALLET_PASS_TYPE is pass.test.other/,
  );
  expect(() => open({ APPLE_WALLET_AUTHORITY: made.root })).toThrow(
    /APPLE_WALLET_AUTHORITY: it has not issued .*Take Apple's certificate "CN=Worldwide Relations, OU=G4"/,
  );
  expect(() => open({ APPLE_WALLET_CERTIFICATE: '-----BEGIN NOTHING-----' })).toThrow(
    /APPLE_WALLET_CERTIFICATE: this is no certificate in PEM/,
  );
});

test('an expired certificate turns passes off, with an error in the log and a metric; a wrong key still stops the start', async () => {
  const { certificate, key } = made.issue({ days: 60 });
  const year = { APPLE_WALLET_CERTIFICATE: certificate, APPLE_WALLET_KEY: key };
  const at = { now: new Date() };
  const left = async ({ metrics }: ReturnType<typeof startAt>) => {
    const shown = await metrics.registry.metrics();
    return Number(/^admit_apple_wallet_certificate_seconds (\S+)$/m.exec(shown)?.[1]) * 1000;
  };
  const early = startAt(at);
  const wallet = open(year, early);
  expect(wallet.hasExpired()).toBe(false);
  expect(early.lines).toEqual([]);
  expect(Math.abs((await left(early)) - days(60))).toBeLessThan(days(1));

  at.now = new Date(Date.now() + days(31));
  const late = startAt(at);
  open(year, late);
  expect(late.lines).toMatchObject([{ level: 40, msg: expect.stringContaining('expires soon') }]);

  // A process that runs on stops making passes too, and says so once.
  at.now = new Date(Date.now() + days(61));
  expect([wallet.hasExpired(), wallet.hasExpired()]).toEqual([true, true]);
  expect(early.lines).toMatchObject([{ level: 50, msg: expect.stringContaining('has expired') }]);
  expect(await left(early)).toBeLessThan(0);
  const afterwards = startAt(at);
  expect(open(year, afterwards).hasExpired()).toBe(true);
  expect(afterwards.lines).toMatchObject([{ level: 50, msg: expect.stringContaining('has expired') }]);
  expect(() => open({ ...year, APPLE_WALLET_KEY: made.key }, startAt(at))).toThrow(
    /APPLE_WALLET_KEY: this is not the key/,
  );
  expect(() => open({ ...year, APPLE_WALLET_TEAM: 'TEAM999999' }, startAt(at))).toThrow(
    /belongs to the team/,
  );
});

test('a missing variable and an unreadable file are named', () => {
  const without = { ...env() } as Record<string, string>;
  delete without.APPLE_WALLET_AUTHORITY;
  expect(() => readConfig({ NODE_ENV: 'test', ...without })).toThrow(
    /APPLE_WALLET_AUTHORITY: is needed to make passes for Apple Wallet, like APPLE_WALLET_PASS_TYPE/,
  );
  expect(() => readConfig({ NODE_ENV: 'test', ...env({ APPLE_WALLET_KEY: '/no/such/file' }) })).toThrow(
    /APPLE_WALLET_KEY: ENOENT.*\/no\/such\/file/,
  );
  expect(() => readConfig({ NODE_ENV: 'test', GOOGLE_WALLET_ISSUER: '3388000000012345678' })).toThrow(
    /GOOGLE_WALLET_KEY: is needed to make passes for Google Wallet/,
  );
  expect(() =>
    readConfig({
      NODE_ENV: 'test',
      GOOGLE_WALLET_ISSUER: '3388000000012345678',
      GOOGLE_WALLET_KEY: '{"type":"user"}',
    }),
  ).toThrow(/GOOGLE_WALLET_KEY: expected the JSON of the key of a service account; type:/);
  const { appleWallet, googleWallet } = readConfig({ NODE_ENV: 'test' });
  expect({ appleWallet, googleWallet }).toEqual({ appleWallet: null, googleWallet: null });
});

test('DER writes and reads long values, and years after 2049', () => {
  const long = Buffer.alloc(70_000, 7);
  const [value] = readValues(der(0x04, long));
  expect(value?.content.equals(long)).toBe(true);
  expect(time(new Date('2049-12-31T23:59:59Z')).toString('latin1').slice(2)).toBe('491231235959Z');
  expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1').slice(2)).toBe('20500101000000Z');
});
