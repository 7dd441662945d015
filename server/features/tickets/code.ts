import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { WalletKey } from '../../../contract/rotating-code.ts';

export interface TicketClaim {
  eventId: EventId;
  ticketId: TicketId;
  issue: number;
}

/** A code that was read. */
export interface ReadCode extends TicketClaim {
  /** Of a code that turns: which wallet showed it, and when. Null for a fixed code. */
  shown: { device: number; step: number } | null;
}

/** Makes and verifies the text of a ticket's QR code. */
export interface TicketSigner {
  /**
   * Ed25519 is deterministic: the same claim has the same code. So codes are made when they are shown, and never
   * stored.
   */
  sign(claim: TicketClaim): string;
  /**
   * Appends the id of the signing key and its signature to a manifest of a gate (contract/door-manifest.ts). It signs nothing
   * that could be taken for a ticket's code.
   */
  signManifest(manifest: Uint8Array): Buffer<ArrayBuffer>;
  /** What a wallet needs to show codes that turn, for one ticket. */
  walletKey(claim: TicketClaim, device: number): WalletKey;
  /** The code that the server itself shows at this time, as device 0. */
  signAt(claim: TicketClaim, at: Date): string;
  /** Returns the claim of a code that we signed, or null. A code that turns may be old: the caller looks at `shown`. */
  verify(code: string): ReadCode | null;
  /** With these keys a gate checks the codes of one event that turn. 32 bytes each, base64url. */
  eventKeys(eventId: EventId): { id: number; key: string }[];
  /**
   * The ten characters that a person can type instead of the code. They depend on the last private key of TICKET_SIGNING_KEY: a new
   * key before it changes no number, and tickets have other numbers once its private half is gone.
   */
  shortNumber(claim: TicketClaim): string;
  /** Raw public keys, base64url. */
  publicKeys(): { id: number; publicKey: string }[];
}
