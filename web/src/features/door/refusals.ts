import type { IconName } from '../../ui/Icon.tsx';
import type en from './en.ts';

type Word = keyof typeof en;

/**
 * Every refusal that has a screen of its own: its sign, its two or three words, and what the steward does. `wait` is amber:
 * the guest has done nothing wrong, or the steward should look again.
 */
const refusals = {
  already_used: { icon: 'ticket', look: 'refuse' },
  already_inside: { icon: 'house', look: 'refuse' },
  bad_signature: { icon: 'search', look: 'refuse' },
  door_link_ended: { icon: 'lock', look: 'refuse' },
  gate_elsewhere: { icon: 'lock', look: 'wait' },
  handout_used: { icon: 'ticket', look: 'refuse' },
  house_full: { icon: 'house', look: 'wait' },
  knowledge_expired: { icon: 'bolt', look: 'wait' },
  paper_not_accepted: { icon: 'ticket', look: 'refuse' },
  stale_code: { icon: 'clock', look: 'refuse' },
  not_inside: { icon: 'out', look: 'wait' },
  not_a_ticket: { icon: 'ticket', look: 'wait' },
  not_today: { icon: 'calendar', look: 'wait' },
  number_offline: { icon: 'bolt', look: 'wait' },
  not_yet_paid: { icon: 'card', look: 'refuse' },
  ticket_cancelled: { icon: 'cross', look: 'refuse' },
  ticket_disputed: { icon: 'card', look: 'refuse' },
  ticket_refunded: { icon: 'card', look: 'refuse' },
  ticket_reissued: { icon: 'clock', look: 'refuse' },
  ticket_transferred: { icon: 'share', look: 'refuse' },
  too_many_attempts: { icon: 'clock', look: 'wait' },
  unknown_ticket: { icon: 'search', look: 'refuse' },
  wrong_event: { icon: 'calendar', look: 'wait' },
  wrong_number: { icon: 'search', look: 'wait' },
  wrong_gate: { icon: 'compass', look: 'wait' },
  wrong_ticket_type: { icon: 'compass', look: 'wait' },
} as const satisfies Partial<Record<Word, { icon: IconName; look: 'refuse' | 'wait' }>>;

type KnownRefusal = keyof typeof refusals;

export const isKnownRefusal = (code: string): code is KnownRefusal => Object.hasOwn(refusals, code);

/** Those of tickets, for the sheet that tells stewards what to do. What the device itself lacks, its page says. */
export const refusalsOfTickets = (Object.keys(refusals) as KnownRefusal[]).filter(
  (code) => !['door_link_ended', 'gate_elsewhere', 'knowledge_expired', 'number_offline'].includes(code),
);

/** How a refusal looks, with the keys of its words. */
export const refusalOf = (
  code: string,
): { icon: IconName; look: 'refuse' | 'wait'; title: Word; advice: Word } =>
  isKnownRefusal(code)
    ? { ...refusals[code], title: code, advice: `${code}Do` }
    : { icon: 'cross', look: 'refuse', title: 'other_refusal', advice: 'other_refusalDo' };
