import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gauge } from 'prom-client';
import type { Clock } from '../../clock.ts';
import { ConfigError } from '../../config.ts';
import type { AppleWallet, PassJson } from '../../features/passes/wallets.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { createApplePush } from './apple-push.ts';
import type { AppleWalletSettings } from './settings.ts';
import { signDetached } from './sign-detached.ts';
import { zip } from './zip.ts';

interface WalletParts {
  /** Certificates count by the machine's clock. */
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

/**
 * Makes the files of passes for Apple Wallet. Throws a ConfigError that names the variable if the certificate, its key and its
 * authority do not belong together. An expired certificate only turns the passes off, because tickets must be sold without them.
 */
export function openAppleWallet(
  settings: AppleWalletSettings,
  { clock, log, metrics }: WalletParts,
): AppleWallet {
  const signer = readSigner(settings, clock.now());
  const expiresAt = earlier(signer.certificate.validToDate, signer.issuer.validToDate);
  const secondsLeft = () => (expiresAt.getTime() - clock.now().getTime()) / 1000;
  watchExpiry(secondsLeft, metrics);
  let isLogged = false;
  const hasExpired = () => {
    if (secondsLeft() > 0) return false;
    if (!isLogged) log.error({ expiredOn: dayOf(expiresAt) }, expiredText);
    isLogged = true;
    return true;
  };
  if (!hasExpired() && secondsLeft() < warnSeconds)
    log.warn({ expiresOn: dayOf(expiresAt) }, 'the certificate of passes for Apple Wallet expires soon');
  const { passType, team } = settings;
  const push = createApplePush(settings);
  let pictures: Record<string, Buffer> | undefined;
  return {
    passType,
    team,
    hasExpired,
    make(pass: PassJson, at: Date) {
      pictures ??= readPictures();
      const files: Record<string, Buffer> = { ...pictures, 'pass.json': Buffer.from(JSON.stringify(pass)) };
      const manifest = Buffer.from(
        JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, sha1(file)]))),
      );
      return zip({ ...files, 'manifest.json': manifest, signature: signDetached(manifest, signer, at) });
    },
    push: push.send,
    close: push.close,
  };
}

const warnSeconds = 30 * 86_400;
const expiredText =
  'a certificate of passes for Apple Wallet has expired, so no passes are made: renew APPLE_WALLET_CERTIFICATE or APPLE_WALLET_AUTHORITY';

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** Shows how long passes can still be signed, so that an alert comes before the day (deploy/prometheus/alerts.yaml). */
function watchExpiry(secondsLeft: () => number, { registry }: Metrics): void {
  new Gauge({
    name: 'admit_apple_wallet_certificate_seconds',
    help: 'The time until the certificate of passes for Apple Wallet expires; negative if it has expired.',
    registers: [registry],
    collect() {
      this.set(secondsLeft());
    },
  });
}

/** Apple prescribes SHA-1 for the manifest. The signature over it uses SHA-256. */
const sha1 = (file: Buffer): string => createHash('sha1').update(file).digest('hex');

const folder = join(import.meta.dirname, 'pictures');

/** The icon stands on the lock screen, and the logo above the name of the event. Both are drawn for 29 and 50 points. */
const readPictures = (): Record<string, Buffer> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

interface Signer {
  certificate: X509Certificate;
  issuer: X509Certificate;
  key: KeyObject;
}

function readSigner(settings: AppleWalletSettings, now: Date): Signer {
  const certificate = readCertificate('APPLE_WALLET_CERTIFICATE', settings.certificate, now);
  const issuer = readCertificate('APPLE_WALLET_AUTHORITY', settings.authority, now);
  const key = readKey(settings);
  if (key.asymmetricKeyType !== 'rsa') throw new ConfigError('APPLE_WALLET_KEY: expected an RSA key');
  if (!certificate.checkPrivateKey(key))
    throw new ConfigError('APPLE_WALLET_KEY: this is not the key of APPLE_WALLET_CERTIFICATE');
  const subject = fieldsOf(certificate.subject);
  if (subject.get('UID') !== settings.passType)
    throw new ConfigError(
      `APPLE_WALLET_CERTIFICATE: it is for the pass type ${subject.get('UID') ?? '(none)'}, and APPLE_WALLET_PASS_TYPE is ${settings.passType}`,
    );
  if (subject.get('OU') !== settings.team)
    throw new ConfigError(
      `APPLE_WALLET_CERTIFICATE: it belongs to the team ${subject.get('OU') ?? '(none)'}, and APPLE_WALLET_TEAM is ${settings.team}`,
    );
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
    throw new ConfigError(
      `APPLE_WALLET_AUTHORITY: it has not issued APPLE_WALLET_CERTIFICATE. Take Apple's certificate "${oneLine(certificate.issuer)}"`,
    );
  return { certificate, issuer, key };
}

function readCertificate(name: string, pem: string, now: Date): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (error) {
    throw new ConfigError(`${name}: this is no certificate in PEM (${(error as Error).message})`);
  }
  if (certificate.validFromDate > now)
    throw new ConfigError(`${name}: it counts only from ${dayOf(certificate.validFromDate)}`);
  return certificate;
}

function readKey({ key, passphrase }: AppleWalletSettings): KeyObject {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    throw new ConfigError(
      `APPLE_WALLET_KEY: this is no private key in PEM, or APPLE_WALLET_KEY_PASSPHRASE is wrong (${(error as Error).message})`,
    );
  }
}

/** Node writes a name as lines: `UID=pass.com.example`. */
const fieldsOf = (name: string): Map<string, string> =>
  new Map(
    name.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const oneLine = (name: string): string => name.replaceAll('\n', ', ');
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
