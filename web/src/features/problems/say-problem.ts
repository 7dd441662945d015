import { isProblem } from '../../../../client/problem.ts';
import type { Money } from '../../../../contract/money.ts';
import { language } from '../../ui/language.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { knows, t } from './words.ts';

/**
 * Why a request was refused, in words for the person. The server's text is English and more exact. In other
 * languages, the code has a text of its own. Without one, or before it has loaded, the server's text is shown.
 */
export function sayProblem(error: unknown): string {
  if (!isProblem(error)) return knows('internal') ? t('internal') : String(error);
  if (error.code === 'too_many_promo_codes' && knows('tooManyPromoCodes')) {
    const seconds = Number(error.members.retryAfterSeconds ?? 60);
    return t('tooManyPromoCodes', { minutes: Math.ceil(seconds / 60) });
  }
  if (error.code === 'promo_code_used_up' && knows('promoUsesLeft')) {
    return t('promoUsesLeft', { count: Number(error.members.available ?? 0) });
  }
  if (error.code === 'email_limit_reached' && knows(error.code)) {
    const { limit, have } = error.members;
    return t(error.code, { limit: Number(limit), have: Number(have) });
  }
  if (error.code === 'too_few_tickets' && knows(error.code)) {
    return t(error.code, { minimum: Number(error.members.minimum) });
  }
  if (error.code === 'refund_exceeds_paid' && knows(error.code)) {
    return t(error.code, { left: formatMoney(error.members.left as Money) });
  }
  const exact = Object.keys(error.fields).length === 0 ? error.detail : undefined;
  if (exact && language() === 'en') return exact;
  return knows(error.code) ? t(error.code) : (exact ?? error.title);
}

/** The error of each field, by its name in the body: `{ 'buyer.email': 'Invalid email' }`. */
export function sayFields(error: unknown): Record<string, string> {
  if (!isProblem(error)) return {};
  const exact = language() === 'en' || !knows('invalid_request');
  return exact
    ? error.fields
    : Object.fromEntries(Object.keys(error.fields).map((path) => [path, t('invalid_request')]));
}
