/** later: the provider is busy, for so many seconds. stopped: the owner of the number has answered STOP. */
export type SmsAnswer = { is: 'accepted' } | { is: 'later'; seconds: number } | { is: 'stopped' };

interface Sms {
  to: string;
  text: string;
  /** The provider tells this address what becomes of the SMS. */
  statusUrl: string;
}

/**
 * Sends SMS through a provider (server/adapters/sms). Throws Undeliverable if the provider refuses an SMS for good, and another
 * error if it may be sent later.
 */
export interface SmsSender {
  /** The number that SMS come from; null for a name, to which nobody can answer. */
  readonly sender: string | null;
  /** How many parts may be paid for in a day: by one event, and by codes that confirm numbers. */
  readonly limits: { perEventDay: number; codesPerDay: number };
  /** False for a country that the operator does not allow. */
  mayText(number: string): boolean;
  send(sms: Sms): Promise<SmsAnswer>;
  /** Whether the provider has taken this text for this number since an instant. */
  hasTaken(sms: Pick<Sms, 'to' | 'text'>, since: Date): Promise<boolean>;
  /** Whether the provider has signed a call of ours at this URL with this form. */
  isSigned(url: string, form: URLSearchParams, signature: string | undefined): boolean;
}
