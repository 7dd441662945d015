/**
 * Decision: whether the address says that the buyer has just come from a payment. A bank's page also leads back here after
 * it refused, and Stripe says so in the address.
 */
export const comesFromPayment = (search: Record<string, unknown>): boolean =>
  Boolean(search.paid) && search.redirect_status !== 'failed';
