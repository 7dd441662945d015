import type { EventId, TicketId } from '../../../contract/ids.ts';

export interface TicketClaim {
  eventId: EventId;
  ticketId: TicketId;
  issue: number;
}

/** Makes and verifies the text of a ticket's QR code. */
export interface TicketSigner {
  /**
   * Ed25519 is deterministic: the same claim has the same code. So codes are made when they are shown, and never
   * stored.
   */
  sign(claim: TicketClaim): string;
  /** Returns the claim of a code that we signed, or null. */
  verify(code: string): TicketClaim | null;
  /**
   * Appends the id of the signing key and its signature to a manifest of a gate (contract/door-manifest.ts). It signs nothing
   * that could be taken for a ticket's code.
   */
  signManifest(manifest: Uint8Array): Buffer<ArrayBuffer>;
  /** Raw public keys, base64url. */
  publicKeys(): { id: number; publicKey: string }[];
}
