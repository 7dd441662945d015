import { rest97 } from './iban.ts';
import type { OrderId } from './ids.ts';

/**
 * References of payments by bank transfer (ISO 11649): `RF`, two check digits, and a text of ours. Banks carry such a reference
 * in a field of its own, and many banking apps check its digits, so that a mistyped one is seen before the money leaves.
 */

/** How many signs of an order's id are in its reference: 60 random bits. */
const ownSigns = 12;
const referenceLength = 4 + ownSigns;

/** The reference of an order. It follows from the order's id, so an order keeps it for ever. */
export function referenceOf(orderId: OrderId): string {
  const own = orderId.slice(-ownSigns);
  const check = String(98 - rest97(`${own}RF00`)).padStart(2, '0');
  return `RF${check}${own}`;
}

const isReference = (text: string): boolean => rest97(text.slice(4) + text.slice(0, 4)) === 1;

/** A text is no longer than this when references are searched in it. The longest remittance of a format has 390 signs. */
const longest = 2000;

/**
 * Finds the references in what a payer wrote: also in lower case, with spaces, hyphens and line ends between the signs, and several
 * of them. Only a text with right check digits is one. Each is found once, in its first place.
 */
export function findReferences(text: string): string[] {
  const plain = text
    .slice(0, longest)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  const found = new Set<string>();
  for (let at = plain.indexOf('RF'); at !== -1; at = plain.indexOf('RF', at + 1)) {
    const candidate = plain.slice(at, at + referenceLength);
    if (!/^RF\d{2}[0-9A-Z]+$/.test(candidate) || candidate.length < referenceLength) continue;
    if (isReference(candidate)) found.add(candidate);
  }
  return [...found];
}
