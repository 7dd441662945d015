/** What a pass for Apple Wallet needs besides its pictures: the members of its pass.json. */
export type PassJson = Record<string, unknown>;

/**
 * sent: Apple has taken the push. gone: the device has removed its passes, so its push token is to be forgotten. later: Apple is
 * busy, for so many seconds.
 */
export type ApplePushAnswer = { is: 'sent' } | { is: 'gone' } | { is: 'later'; seconds: number };

/** Makes passes for Apple Wallet, and tells devices that passes have changed (server/adapters/wallet). */
export interface AppleWallet {
  readonly passType: string;
  readonly team: string;
  /** True if the certificate has expired. Phones take no pass that it signs. */
  hasExpired(): boolean;
  /** The file of a pass, signed at `now`. */
  make(pass: PassJson, now: Date): Buffer;
  /** Throws an error if the push may be sent later. */
  push(pushToken: string): Promise<ApplePushAnswer>;
  close(): Promise<void>;
}

/** A class or an object of Google Wallet, as its API writes it. */
export interface GoogleThing {
  id: string;
  [member: string]: unknown;
}

/** Gives passes to Google Wallet (server/adapters/wallet). Its methods throw an error if they may succeed later. */
export interface GoogleWallet {
  readonly issuer: string;
  /** Writes the class of an event: what all its passes have in common. */
  putClass(thing: GoogleThing, now: Date): Promise<void>;
  /** Writes the object of a ticket. */
  putObject(thing: GoogleThing, now: Date): Promise<void>;
  /** Writes both, the class first, within the time that one of them may take. */
  putPass(itsClass: GoogleThing, object: GoogleThing, now: Date): Promise<void>;
  /** The address at which a person saves an object. */
  saveUrl(object: { id: string; classId: string }, origin: string, now: Date): Promise<string>;
}
