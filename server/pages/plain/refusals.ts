import type { AnswerFault } from '../../../contract/answers.ts';
import type { ErrorCode, Refused } from '../../../contract/errors.ts';
import { problemWords, type Speech } from './words.ts';

/** Why something was refused, in words for the person. `timeZone` is that of the event, `extra` the name of a refused extra. */
export function sayRefusal(
  { code, members }: Refused,
  speech: Speech,
  timeZone = 'UTC',
  extra?: string,
): string {
  const { buy, plain, problems } = speech;
  const { available, limit, have, retryAfterSeconds, freeAt } = members as Record<
    string,
    number | undefined
  > & {
    freeAt?: string;
  };
  const time = freeAt === undefined ? undefined : speech.clock(String(freeAt), timeZone);
  if (code === 'origin_not_allowed') return plain('otherSite');
  if (code === 'unauthenticated') return plain('noCookie');
  if (code === 'sold_out' && extra !== undefined)
    return available
      ? speech.extras('onlyLeft', { count: available, name: extra })
      : speech.extras('gone', { name: extra });
  if (code === 'extra_limit_reached' && limit !== undefined) return speech.extras('most', { limit });
  if (code === 'sold_out') return available ? buy('soldOutSome', { count: available }) : buy('soldOutNow');
  if (code === 'limit_reached' && limit !== undefined) return buy('limitReached', { limit, have: have ?? 0 });
  if (code === 'email_limit_reached' && limit !== undefined)
    return problems('email_limit_reached', { limit, have: have ?? 0 });
  if (code === 'too_few_tickets') return problems('too_few_tickets', { minimum: Number(members.minimum) });
  if (code === 'network_limit' && time) return buy('networkLimit', { time });
  if (code === 'hold_again_later' && time) return buy('againLater', { time });
  if (code === 'promo_code_used_up') return problems('promoUsesLeft', { count: available ?? 0 });
  if (code === 'too_many_promo_codes')
    return problems('tooManyPromoCodes', { minutes: Math.ceil((retryAfterSeconds ?? 60) / 60) });
  const known = code in problemWords ? code : 'internal';
  return problems(
    known as Exclude<
      Extract<ErrorCode, Parameters<typeof problems>[0]>,
      'email_limit_reached' | 'refund_exceeds_paid' | 'too_few_tickets'
    >,
  );
}

/** The names of the fields that a refusal names: `buyer.email`. */
export const wrongFields = ({ members }: Refused): string[] =>
  ((members.issues ?? []) as { path: string }[]).map(({ path }) => path.replace(/^body\./, ''));

/** What is wrong with answers, by their place in the body. */
export const answerFaults = ({ code, members }: Refused): Record<string, AnswerFault> =>
  code !== 'answers_refused'
    ? {}
    : Object.fromEntries(
        (members.faults as { path: string; reason: AnswerFault }[]).map(({ path, reason }) => [path, reason]),
      );
