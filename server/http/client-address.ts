import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { addressOf, readAddress, unknownNetwork } from './networks.ts';

/** The trusted proxies between clients and us: a number of hops, or these networks; null for none. */
export type TrustedProxies = { hops: number } | { includes(address: string): boolean } | null;

const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};
/** Express and Fastify call the private IPv6 range `uniquelocal`. */
named.uniquelocal = named.private as string[];

/** More proxies than this are a mistake in the configuration. */
const maxHops = 10;
const whatToWrite = `write how many proxies stand in front of Admit (1 to ${maxHops}), or a list of their addresses, networks and names (192.0.2.7, 10.0.0.0/8, loopback, private)`;

/** Reads TRUST_PROXY. The error's message says what to write instead. */
export function readTrustedProxies(setting: string): TrustedProxies {
  if (setting === 'false' || setting === '0') return null;
  if (setting === 'true') {
    throw new Error(`"true" would believe whatever a client writes into X-Forwarded-For; ${whatToWrite}`);
  }
  if (/^\d+$/.test(setting)) {
    if (Number(setting) > maxHops) throw new Error(`${setting} proxies are too many; ${whatToWrite}`);
    return { hops: Number(setting) };
  }
  const list = new BlockList();
  for (const item of setting.split(',').map((part) => part.trim())) {
    for (const network of named[item.toLowerCase()] ?? [item]) addNetwork(list, network);
  }
  return {
    includes(address) {
      const family = isIP(address);
      return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

function addNetwork(list: BlockList, network: string): void {
  const [, host = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(network) ?? [];
  const address = isIP(host) ? readAddress(host) : null;
  if (!address) throw new Error(`"${network}" is no address and no network; ${whatToWrite}`);
  // The length of an IPv4 network in IPv6 notation (::ffff:10.0.0.0/104) counts from the start of the IPv6 address.
  const mappedBits = address.kind() === 'ipv4' && host.includes(':') ? 96 : 0;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length) - mappedBits;
  if (prefix < 1 || prefix > bits) {
    throw new Error(
      `"${network}" is no network of proxies: its length must be from ${mappedBits + 1} to ${mappedBits + bits}`,
    );
  }
  list.addSubnet(address.toString(), prefix, address.kind());
}

/**
 * Returns the client's address: the first address, from the right, that is not a trusted proxy. Each proxy appends
 * the address that called it to X-Forwarded-For. So only entries of trusted proxies are true, and entries further
 * left may be forged.
 *
 * An entry that is no address (`unknown`, `_hidden`, garbage) ends the search. Then the proxy that wrote it counts as
 * the client, so that all clients behind it share one budget.
 */
export function clientAddressOf(request: IncomingMessage, proxies: TrustedProxies): string {
  const peer = request.socket.remoteAddress;
  let client = (peer && addressOf(peer)) || unknownNetwork;
  if (proxies === null) return client;
  const forwarded = forwardedFor(request);
  for (let passed = 0; isTrusted(client, passed, proxies); passed++) {
    const text = forwarded.pop();
    const next = text === undefined ? null : addressOf(text);
    if (next === null) break;
    client = next;
  }
  return client;
}

const isTrusted = (address: string, passed: number, proxies: NonNullable<TrustedProxies>): boolean =>
  'hops' in proxies ? passed < proxies.hops : proxies.includes(address);

/** Splits the header. Node joins several header lines with commas, in their order. */
function forwardedFor({ headers }: IncomingMessage): string[] {
  const header = headers['x-forwarded-for'] ?? '';
  const lines = typeof header === 'string' ? header : header.join(',');
  return lines.split(',').filter((item) => item.trim() !== '');
}
