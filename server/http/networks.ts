import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses that can't be read share this network, so that garbage does not evade a budget. */
export const unknownNetwork = 'unknown';

/**
 * Returns the network that one customer of a provider has: the whole IPv4 address, or the /64 prefix of an IPv6
 * address. A provider gives each household or server at least a /64. So a caller with one IPv6 address has 2^64 of
 * them, and a budget per address would limit nothing. Every spelling of an address gives the same network.
 */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const known = readAddress(address);
  if (known === null) return unknownNetwork;
  if (known.kind() === 'ipv4') return known.toString();
  const { parts } = known as ipaddr.IPv6;
  // A NAT64 gateway in front of IPv6-only servers (RFC 6052) shows each IPv4 client under 64:ff9b::/96.
  const isTranslated = known.range() === 'rfc6052';
  if (isTranslated) return new ipaddr.IPv4((known as ipaddr.IPv6).toByteArray().slice(12)).toString();
  return `${new ipaddr.IPv6([...parts.slice(0, 4), 0, 0, 0, 0]).toRFC5952String()}/64`;
}

/** Returns the canonical spelling of an address: no port, brackets or zone, IPv4-mapped as IPv4; null for garbage. */
export function addressOf(text: string): string | null {
  return isIPv4(text) ? text : (readAddress(text)?.toString() ?? null);
}

/**
 * Reads the spellings that a proxy may write: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`,
 * `fe80::1%eth0`.
 */
export function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = /^\s*(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5}|([^\s[\]]+))\s*$/.exec(text);
  const [address = ''] = (bare?.[1] ?? bare?.[2] ?? bare?.[3] ?? '').split('%', 1);
  // Node decides what an address is, because ipaddr.js also accepts `1`, `0x7f.1` and `010.0.0.1`.
  if (isIPv4(address)) return ipaddr.IPv4.parse(address);
  return isIPv6(address) ? ipaddr.process(address) : null;
}
