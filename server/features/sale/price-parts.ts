/** What the price of one place is made of, in whole minor units. The parts add up to what the buyer pays. */
export interface PriceParts {
  /** Without tax, after a promo code. */
  netMinor: number;
  taxMinor: number;
  feeMinor: number;
}

/** Decision: the parts of a price. No tax and no fee is charged yet, so all of it is net. */
export const partsOf = (priceMinor: number): PriceParts => ({
  netMinor: priceMinor,
  taxMinor: 0,
  feeMinor: 0,
});
