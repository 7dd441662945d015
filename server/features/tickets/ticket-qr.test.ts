import fc from 'fast-check';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { encodeQr } from './qr.ts';
import { ticketModules } from './ticket-qr.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** A letter comes first, because uqr would set a text of digits in another mode. */
const textOf = (minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: minLength - 1, maxLength: maxLength - 1 })
    .map((all) => `A${all.join('')}`);
const byUqr = (text: string) => encode(text, { ecc: 'M', border: 0, maskPattern: 0 });

test('the QR code of a ticket is the one that uqr makes', () => {
  fc.assert(
    fc.property(textOf(155, 178), (text) => {
      const { data, size } = byUqr(text);
      expect(size).toBe(45);
      expect([...(ticketModules(text) ?? [])]).toEqual(data.flat().map(Number));
    }),
    { numRuns: 200, examples: [[`ADMIT1.${'0'.repeat(160)}`], ['A'.repeat(178)], ['Z'.repeat(155)]] },
  );
});

test('the strokes of a code are its dark modules, whatever the text', () => {
  const text = fc.oneof(textOf(1, 300), fc.string({ minLength: 1, maxLength: 200 }));
  fc.assert(
    fc.property(text, (some) => {
      const { data, size } = byUqr(some);
      const drawn = encodeQr(some);
      expect(drawn.size).toBe(size);
      const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
      for (const { x, y, length } of drawn.strokes) modules[y]?.fill(true, x, x + length);
      expect(modules).toEqual(data);
      // A stroke is as long as it can be.
      for (const { x, y, length } of drawn.strokes) {
        expect(data[y]?.[x - 1] ?? false).toBe(false);
        expect(data[y]?.[x + length] ?? false).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
