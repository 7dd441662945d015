/** The parts of one place's price, in whole minor units. Their sum is what the buyer pays. */
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
