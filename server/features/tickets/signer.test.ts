import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase32 } from '../../../contract/base32.ts';
import type { TicketClaim } from './code.ts';
import { createTicketSigner } from './signer.ts';
import { claims } from './testing/claims.ts';

const newPem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pem = newPem();
const signer = createTicketSigner(pem);

const claim: TicketClaim = {
  eventId: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  ticketId: 'tkt_7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  issue: 1,
};
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a ticket code', () => {
  test('carries any claim there and back, and is always the same for the same claim', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const code = signer.sign(given);
        expect(signer.verify(code)).toEqual({ ...given, shown: null });
        expect(signer.sign(given)).toBe(code);
      }),
    );
  });

  test('stays in the alphanumeric mode of QR codes and as short as 167 characters', () => {
    expect(signer.sign(claim)).toMatch(/^ADMIT1\.[0-9A-HJKMNP-TV-Z]{160}$/);
  });

  test('is refused with any one bit flipped', () => {
    const code = signer.sign(claim);
    for (let at = 7; at < code.length; at++) {
      const value = alphabet.indexOf(code.charAt(at));
      for (let bit = 1; bit < 32; bit *= 2) {
        const changed = code.slice(0, at) + alphabet[value ^ bit] + code.slice(at + 1);
        expect(signer.verify(changed), `bit ${bit} of character ${at}`).toBeNull();
      }
    }
  });

  test('has a short number that a new signing key does not change while the old one is kept', () => {
    const other = newPem();
    expect(createTicketSigner(other + pem).shortNumber(claim)).toBe(signer.shortNumber(claim));
    expect(createTicketSigner(pem + other).shortNumber(claim)).not.toBe(signer.shortNumber(claim));
  });

  test('is refused when cut, grown, spliced or foreign', () => {
    const code = signer.sign(claim);
    const other = signer.sign({ ...claim, issue: 2 });
    const wrong = [
      '',
      'ADMIT1.',
      code.slice(0, -1),
      code.slice(7),
      `${code}0`,
      code + code,
      `X${code.slice(1)}`,
    ];
    wrong.push(
      code.replace('ADMIT1', 'ADMIT2'),
      code.slice(0, 100) + other.slice(100),
      `${code.slice(0, -1)}U`,
    );
    // A code packs the bits of the event's id one place further, which makes an S of each W.
    const withS = signer.sign({ ...claim, eventId: 'evt_0WWWWWWWWWWWWWWWWWWWWWWWWW' });
    expect(withS).toMatch(/S{20}/);
    wrong.push(withS.replace('S', 'ſ'));
    for (const text of wrong) expect(signer.verify(text), text).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => signer.verify(text) === null),
    );
  });

  test('is refused with the group order added to its signature, which lax verifiers accept', () => {
    const code = signer.sign(claim);
    const bytes = Buffer.from(fromBase32(code.slice(7))!);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = order;
    for (let i = 0; i < 32; i++) s += BigInt(bytes[68 + i]!) << BigInt(8 * i);
    for (let i = 0; i < 32; i++) bytes[68 + i] = Number((s >> BigInt(8 * i)) & 255n);
    expect(signer.verify(`ADMIT1.${encode(bytes)}`)).toBeNull();
  });

  test('may be typed in lower case and with white space', () => {
    const code = signer.sign(claim);
    expect(signer.verify(` ${code.toLowerCase().slice(0, 60)}\r\n${code.slice(60)}\t`)).toMatchObject(claim);
    const invisible = '\u200b\u200d\u2060\ufeff\u200e\u202a\u00ad\u0000';
    expect(signer.verify(invisible + [...code].join('\u200b') + invisible)).toMatchObject(claim);
    for (const address of [
      `https://tickets.example/t/${code}`,
      `https://tickets.example/t?code=${encodeURIComponent(code)}&from=mail#top`,
      `https://tickets.example/?x=${code.replace('.', '%2E')}`,
      `HTTPS://TICKETS.EXAMPLE/${code.toLowerCase()}/`,
      `<${code}>`,
    ])
      expect(signer.verify(address), address).toMatchObject(claim);
    // Two codes are two tickets, and a longer word is no code.
    for (const text of [`${code} ${code}`, `${code}/${code}`, `x${code}`, `${code}0`, `${code}.0`])
      expect(signer.verify(text), text).toBeNull();
  });

  test('refuses to say what it could not carry', () => {
    expect(() => signer.sign({ ...claim, issue: 65_536 })).toThrow(RangeError);
    expect(() => signer.sign({ ...claim, issue: 0 })).toThrow(RangeError);
    // The top two bits of an id are always zero. An id with them set would decode as another id.
    expect(() => signer.sign({ ...claim, ticketId: 'tkt_8ZZZZZZZZZZZZZZZZZZZZZZZZZ' })).toThrow(RangeError);
  });

  test('can be verified from the published key and the documented layout alone', () => {
    const code = signer.sign(claim);
    const [key] = signer.publicKeys();
    const bytes = Buffer.from(fromBase32(code.slice(7))!);
    expect(bytes.readUInt16BE(0)).toBe(key?.id);
    const publicKey = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey },
    });
    const message = Buffer.concat([Buffer.from('ADMIT1.'), bytes.subarray(0, 36)]);
    expect(verify(null, message, publicKey, bytes.subarray(36))).toBe(true);
  });
});

describe('the keys', () => {
  test("another key's codes are refused", () => {
    expect(createTicketSigner(newPem()).verify(signer.sign(claim))).toBeNull();
  });

  test('a retired key still verifies and no longer signs', () => {
    const publicOnly = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
    const rotated = createTicketSigner(newPem() + publicOnly);
    expect(rotated.verify(signer.sign(claim))).toMatchObject(claim);
    expect(signer.verify(rotated.sign(claim))).toBeNull();
    expect(rotated.publicKeys().map((key) => key.id)).toEqual([
      expect.any(Number),
      signer.publicKeys()[0]?.id,
    ]);
  });

  test('a start without a usable key names the variable', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const publicOnly = createPublicKey(pem).export({ type: 'spki', format: 'pem' });
    for (const bad of ['', 'nonsense', rsa, publicOnly, pem + pem]) {
      expect(() => createTicketSigner(String(bad))).toThrow(/^TICKET_SIGNING_KEY: /);
    }
  });
});

/** Independent of the code under test: encodes bit by bit, with big integers. */
function encode(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let i = 0; i < (bytes.length * 8) / 5; i++) {
    text = alphabet[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}
