import { isProblem } from '../../../../client/problem.ts';

/**
 * Decision: whether a code that was sent with a hold is of no use for this buyer's next hold. A code with too few uses for so many
 * tickets is still good for fewer.
 */
export const spoilsCode = (error: unknown): boolean =>
  isProblem(
    error,
    'unknown_promo_code',
    'promo_code_ended',
    'promo_code_used_up',
    'code_not_for_places',
    'promo_code_not_for_these',
  ) && !(error.members as { available?: number }).available;
