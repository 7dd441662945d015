import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './kafka-broker.ts';

/** Makes an authority and a certificate for localhost with the program openssl. */
export function makeCertificate(folder: string): Certificate {
  const file = (name: string) => join(folder, name);
  const openssl = (...given: string[]) => {
    const { status, stderr } = spawnSync('openssl', given, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${given[0]}: ${stderr}`);
  };
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const authority = file('authority.pem');
  const authorityKey = file('authority.key');
  openssl('req', '-x509', ...fresh, '-subj', '/CN=Test', '-keyout', authorityKey, '-out', authority);
  const key = file('server.key');
  const request = file('server.csr');
  openssl('req', ...fresh.slice(0, 3), '-subj', '/CN=localhost', '-keyout', key, '-out', request);
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  const signed = file('server.pem');
  openssl(
    ...['x509', '-req', '-in', request, '-CA', authority, '-CAkey', authorityKey, '-CAcreateserial'],
    ...['-days', '2', '-extfile', file('names'), '-out', signed],
  );
  for (const part of [signed, authority]) appendFileSync(key, readFileSync(part));
  return { authority, keyAndChain: key };
}
