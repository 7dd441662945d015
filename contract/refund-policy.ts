import * as z from 'zod/mini';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';

const stepSchema = z.strictObject({
  /** Counted back from the start of the event. The step ends at this instant, which still belongs to it. */
  hoursBefore: whole(0, 8760),
  /** The percentage of the price that goes back to the buyer. */
  refundPercent: whole(1, 100),
});
export type RefundStep = z.infer<typeof stepSchema>;

/** Each step ends later and gives back less than the step before it. */
const fallingSteps = z
  .array(stepSchema)
  .check(z.maxLength(6))
  .check(({ value, issues }) => {
    for (const [i, { hoursBefore, refundPercent }] of value.entries()) {
      const before = value[i - 1];
      if (!before) continue;
      const wrong = (member: keyof RefundStep, limit: number) =>
        issues.push({
          code: 'custom',
          path: [i, member],
          input: value,
          message: `must be less than ${limit}, the ${member} of the step before`,
        });
      if (hoursBefore >= before.hoursBefore) wrong('hoursBefore', before.hoursBefore);
      if (refundPercent >= before.refundPercent) wrong('refundPercent', before.refundPercent);
    }
  });

/**
 * The refund for a buyer who cancels. The first step that has not ended counts. After the last step, and without steps,
 * buyers cannot cancel tickets that cost something. docs/refunds.md has the rules.
 */
export const refundPolicySchema = z
  .strictObject({
    steps: z._default(fallingSteps, []),
    /** The organiser keeps this percentage of each ticket's price in every step. */
    feePercent: z._default(whole(0, 100), 0),
    /** The organiser keeps this amount of each ticket in every step, in minor units, but no more than the price. */
    feePerTicketMinor: z._default(whole(0, maxPriceMinor), 0),
    /** If false, the booking fees that the buyer paid do not go back. */
    refundsBookingFee: z._default(z.boolean(), true),
  })
  .check(z.meta({ id: 'RefundPolicy' }));
export type RefundPolicy = z.infer<typeof refundPolicySchema>;

export const noRefunds: RefundPolicy = {
  steps: [],
  feePercent: 0,
  feePerTicketMinor: 0,
  refundsBookingFee: true,
};
