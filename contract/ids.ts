import * as z from 'zod/mini';

/**
 * An id is a prefix that names the kind of thing, `_`, and 26 characters of Crockford base32: 48 bits of
 * milliseconds and 80 random bits. So ids sort by the time at which they were made.
 */
export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  organisation: 'org',
  invitation: 'inv',
  event: 'evt',
  seatMap: 'map',
  pool: 'pol',
  ticketType: 'tty',
  priceStep: 'stp',
  hold: 'hld',
  block: 'blk',
  order: 'ord',
  payment: 'pay',
  cancellation: 'cnl',
  refund: 'rfd',
  transfer: 'trf',
  moneyReview: 'mrv',
  dispute: 'dsp',
  ticket: 'tkt',
  ticketTransfer: 'ttr',
  pass: 'pss',
  checkIn: 'chk',
  checkpoint: 'cpt',
  doorConflict: 'dcf',
  message: 'msg',
  passkey: 'pky',
  auditEntry: 'aud',
  document: 'doc',
  pushSubscription: 'psh',
  waitlistEntry: 'wle',
  resale: 'rsl',
  broadcast: 'bct',
  orderNote: 'nte',
  orderView: 'viw',
  exportSchedule: 'xsc',
  exportFile: 'xfl',
  payout: 'pyo',
  queueEntry: 'que',
  doorLink: 'dlk',
  doorDevice: 'ddv',
  rehearsal: 'rhl',
  picture: 'pic',
  voucher: 'vch',
  voucherBatch: 'vbt',
  previewLink: 'pvl',
  seatPlan: 'spl',
  product: 'prd',
  apiKey: 'key',
  webhookEndpoint: 'whe',
  webhookMessage: 'whm',
  webhookDelivery: 'whd',
  report: 'rpt',
  reportCase: 'rpc',
  moderationDecision: 'mdc',
  moderationAppeal: 'apl',
  bankStatement: 'bks',
  bankEntry: 'bke',
  bankMatch: 'bkm',
  bankReturn: 'bkr',
  giftCard: 'gfc',
} as const;

export type IdKind = keyof typeof idPrefixes;
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`;

export type UserId = Id<'user'>;
export type OrganisationId = Id<'organisation'>;
export type InvitationId = Id<'invitation'>;
export type EventId = Id<'event'>;
export type SeatMapId = Id<'seatMap'>;
export type PoolId = Id<'pool'>;
export type TicketTypeId = Id<'ticketType'>;
export type PriceStepId = Id<'priceStep'>;
export type HoldId = Id<'hold'>;
export type BlockId = Id<'block'>;
export type OrderId = Id<'order'>;
export type PaymentId = Id<'payment'>;
export type TicketId = Id<'ticket'>;
export type TransferId = Id<'ticketTransfer'>;
export type PassId = Id<'pass'>;
export type DocumentId = Id<'document'>;
export type WaitlistEntryId = Id<'waitlistEntry'>;
export type ResaleId = Id<'resale'>;
export type PayoutId = Id<'payout'>;
export type CheckInId = Id<'checkIn'>;
export type CheckpointId = Id<'checkpoint'>;
export type QueueEntryId = Id<'queueEntry'>;
export type PictureId = Id<'picture'>;
export type VoucherId = Id<'voucher'>;
export type VoucherBatchId = Id<'voucherBatch'>;
export type SeatPlanId = Id<'seatPlan'>;
export type BankEntryId = Id<'bankEntry'>;
export type ApiKeyId = Id<'apiKey'>;
export type WebhookEndpointId = Id<'webhookEndpoint'>;
export type WebhookMessageId = Id<'webhookMessage'>;
export type WebhookDeliveryId = Id<'webhookDelivery'>;
export type ReportId = Id<'report'>;
export type ReportCaseId = Id<'reportCase'>;
export type DecisionId = Id<'moderationDecision'>;
export type AppealId = Id<'moderationAppeal'>;
export type ProductId = Id<'product'>;
export type GiftCardId = Id<'giftCard'>;
/**
 * `seat_<the event id's 26 characters>_<index>`: it names its event, so no look-up is needed. A seat keeps its index in
 * every version of the seat map that has it. No other seat of a published event ever gets this index.
 */
export type SeatId = `seat_${string}_${number}`;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes an id from the time in milliseconds and ten random bytes; the caller supplies both. */
export function makeId<K extends IdKind>(kind: K, nowMs: number, random: Uint8Array): Id<K> {
  let time = '';
  let rest = nowMs;
  for (let i = 0; i < 10; i++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let half = 0; half < 10; half += 5) {
    // Five bytes are eight base32 characters; 40 bits fit a double exactly.
    let bits = 0;
    for (let i = 0; i < 5; i++) bits = bits * 256 + (random[half + i] ?? 0);
    let eight = '';
    for (let i = 0; i < 8; i++) {
      eight = alphabet[bits % 32] + eight;
      bits = Math.floor(bits / 32);
    }
    tail += eight;
  }
  return `${idPrefixes[kind]}_${time}${tail}` as Id<K>;
}

/** The schema of an id of one kind. It refuses any other text before the text reaches the database. */
export const idSchema = <K extends IdKind>(kind: K) =>
  z
    .string()
    .check(
      z.regex(new RegExp(`^${idPrefixes[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`), `expected a ${kind} id`),
      z.meta({ examples: [`${idPrefixes[kind]}_01K9ZC4V7R8W3T5XN2M6QHJDEF`] }),
    ) as unknown as z.ZodMiniType<Id<K>, Id<K>>;

export const seatIdSchema = z
  .string()
  .check(
    z.regex(/^seat_[0-9A-HJKMNP-TV-Z]{26}_(0|[1-9][0-9]{0,5})$/, 'expected a seat id'),
    z.meta({ examples: ['seat_01K9ZC4V7R8W3T5XN2M6QHJDEF_1042'] }),
  ) as unknown as z.ZodMiniType<SeatId, SeatId>;

export const seatId = (eventId: EventId, index: number): SeatId => `seat_${eventId.slice(4)}_${index}`;

/** The index of a seat within its event, or null if the seat belongs to another event. */
export function seatIndex(eventId: EventId, id: SeatId): number | null {
  const at = id.lastIndexOf('_');
  return id.slice(5, at) === eventId.slice(4) ? Number(id.slice(at + 1)) : null;
}
