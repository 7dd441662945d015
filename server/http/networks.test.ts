import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, networkOf, unknownNetwork } from './networks.ts';

const hex = (word: number) => word.toString(16);
const port = fc.integer({ min: 1, max: 65_535 });

/** Words of an IPv6 address with many zeros, so that there are runs to shorten. */
const words = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
  minLength: 8,
  maxLength: 8,
});

/** Replaces one run of zero words, wherever it is, by `::`. */
function shorten(all: string[], from: number, to: number): string {
  return `${all.slice(0, from).join(':')}::${all.slice(to).join(':')}`;
}

/** All spellings of one address, one for each run of zeros. */
function spellings(address: number[]): string[] {
  const long = address.map(hex);
  const found = [long.join(':'), long.map((word) => word.padStart(4, '0')).join(':')];
  for (let from = 0; from < 8; from++) {
    for (let to = from + 1; to <= 8 && address[to - 1] === 0; to++) found.push(shorten(long, from, to));
  }
  const [high = 0, low = 0] = address.slice(6);
  const dotted = [high >> 8, high & 255, low >> 8, low & 255].join('.');
  found.push([...long.slice(0, 6), dotted].join(':'));
  return found;
}

test('every spelling of an IPv6 address gives its /64 network', () => {
  fc.assert(
    fc.property(words, port, fc.boolean(), (address, someport, upper) => {
      const networks = spellings(address).flatMap((plain) => {
        const spelt = upper ? plain.toUpperCase() : plain;
        const all = [
          spelt,
          `${spelt}%eth0`,
          `[${spelt}]`,
          `[${spelt}]:${someport}`,
          `[${spelt}%25]`,
          ` ${spelt}\t`,
        ];
        return all.map(networkOf);
      });
      expect(new Set(networks).size, networks.join(' ')).toBe(1);
      expect(networks[0]).not.toBe(unknownNetwork);
    }),
  );
});

test('addresses of one /64 are one network, and those of two are two', () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      // The documentation range, so that neither address is an IPv4 address written as IPv6.
      const network = [0x2001, 0xdb8, ...one.slice(2, 4)];
      const of = (address: number[]) => networkOf(address.map(hex).join(':'));
      expect(of([...network, ...one.slice(4)])).toBe(of([...network, ...other.slice(4)]));
      const next = [0x2001, 0xdb8, one[2] as number, (one[3] as number) ^ 1];
      expect(of([...next, ...one.slice(4)])).not.toBe(of([...network, ...one.slice(4)]));
    }),
  );
});

test('an IPv4 address is its own network, however it is written', () => {
  fc.assert(
    fc.property(fc.ipV4(), port, (address, someport) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const mapped = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
      for (const spelt of [
        address,
        `${address}:${someport}`,
        ` ${address} `,
        `::ffff:${address}`,
        `::FFFF:${mapped}`,
        `0:0:0:0:0:ffff:${mapped}`,
        `[::ffff:${address}]:${someport}`,
        `::ffff:${address}%2`,
        `64:ff9b::${address}`,
      ]) {
        expect(networkOf(spelt), spelt).toBe(address);
      }
      expect(addressOf(`[::ffff:${address}]:${someport}`)).toBe(address);
    }),
  );
});

test('networks are spelt in one way', () => {
  expect(networkOf('2001:0DB8:0000:0000:0001::9')).toBe('2001:db8::/64');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('::1')).toBe('::/64');
  expect(addressOf('[2001:DB8:0:0:1::1%eth0]:443')).toBe('2001:db8::1:0:0:1');
});

test('what is no address shares one network', () => {
  const garbage = [
    '',
    ' ',
    'unknown',
    '_hidden',
    '_SEVKISEK',
    'localhost',
    '1',
    '1.2.3',
    '0x7f.1',
    '010.0.0.1',
  ];
  garbage.push(
    '1.2.3.256',
    '1.2.3.4.5',
    '1.2.3.4:',
    '1.2.3.4:x',
    '[1::2',
    '1::2]',
    '1::2::3',
    ':::',
    '1.2.3.4, 5.6.7.8',
  );
  for (const text of garbage) {
    expect(networkOf(text), text).toBe(unknownNetwork);
    expect(addressOf(text), text).toBeNull();
  }
  fc.assert(fc.property(fc.string(), (text) => networkOf(text).length > 0));
});
