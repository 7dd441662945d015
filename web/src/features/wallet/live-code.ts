import { openWallet } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { openWalletKey, stepAt, stepMs, type WalletKey } from '../../../../contract/rotating-code.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';

/**
 * The codes of a ticket that turn. The device keeps a secret for each ticket and makes the codes itself, so that they turn
 * without a network too.
 */
export interface SavedKey extends WalletKey {
  /** The issue of the ticket that the key is for. Another issue needs another key. */
  issue: number;
  /** The server's clock minus the device's when the key came, in milliseconds. */
  aheadMs: number;
}

/**
 * Asks the server for a key. Each call is another wallet of the ticket, so callers save the answer. A call with the number of a
 * wallet gets its key again, or a new one if ten others have opened the ticket since.
 */
export async function fetchKey(ticketId: TicketId, issue: number, wallet?: number): Promise<SavedKey> {
  const askedMs = nowMs();
  const { now, ...key } = await call(openWallet, { params: { ticketId }, body: { wallet } });
  // Half of the way there and back; a device that slept meanwhile says so by a long way, and then the answer's time counts.
  const midMs = (askedMs + nowMs()) / 2;
  return { ...key, issue, aheadMs: Math.round(Date.parse(now) - midMs) };
}

/** A code, and when the next one is due by the device's clock. */
export interface ShownCode {
  text: string;
  untilMs: number;
}

/** Shows the codes of a saved key by the server's clock. */
export async function startCodes({ aheadMs, ...key }: SavedKey): Promise<() => Promise<ShownCode>> {
  const codeAt = await openWalletKey(key);
  return async () => {
    const atMs = nowMs() + aheadMs;
    return { text: await codeAt(atMs), untilMs: (stepAt(atMs) + 1) * stepMs - aheadMs };
  };
}

/** Over plain HTTP in a local network browsers have no WebCrypto. There the server draws the codes. */
export const makesCodes = (): boolean => globalThis.crypto?.subtle !== undefined;
