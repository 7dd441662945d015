/** The name of a variant as buyers, tickets and receipts have it: "T-shirt, M". */
export const nameOfVariant = (product: string, variant: string): string =>
  variant === '' ? product : `${product}, ${variant}`;
