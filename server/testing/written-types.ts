interface Shown {
  price: { amount: number };
  fullPrice: { amount: number };
  listPrice: { amount: number };
}

/** The ticket types of an event's management as an organiser writes them, so that a test can send them back with a change. */
export const writtenTypes = (
  ticketTypes: (Shown & Record<string, unknown>)[],
): (Record<string, unknown> & { priceMinor: number })[] =>
  ticketTypes.map(({ price: _, fullPrice: __, listPrice, ...type }) => ({
    ...type,
    priceMinor: listPrice.amount,
  }));
