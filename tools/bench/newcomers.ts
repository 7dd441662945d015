/** People who come for the first time: they have no session, and each has a guest key and an address of their own. */
import { randomBytes } from 'node:crypto';

export interface Newcomer {
  guestKey: string;
  address: string;
}

/** The server under test must believe the address that the load writes into X-Forwarded-For. */
export const newcomersEnv = { TRUST_PROXY: 'loopback' };

let count = 0;

export const openNewcomers = (people: number): Newcomer[] =>
  Array.from({ length: people }, () => ({
    guestKey: randomBytes(18).toString('base64url'),
    address: addressOf(count++),
  }));

/** 16 million addresses: the limits of a network count here as they do for people at home. */
const addressOf = (n: number) => `11.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

export const headersOf = ({ guestKey, address }: Newcomer): Record<string, string> => ({
  'x-forwarded-for': address,
  'admit-guest-key': guestKey,
});
