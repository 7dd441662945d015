import type { DocumentKind } from '../../../contract/documents.ts';
import type { DocumentId, EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Currency } from '../../../contract/money.ts';
import type { InvoiceAddress, Seller } from '../../../contract/parties.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import type { StoredSoldAs } from '../orders/sold-as.ts';
import { orderFeeOf } from '../sale/split.ts';

/** One line of a receipt, invoice or credit note. Amounts are whole minor units and never negative. */
export interface DocumentLine {
  /** `ticketFee` is the booking fee of tickets, `orderFee` that of the order. The platform sells both. */
  sells: 'ticket' | 'ticketFee' | 'orderFee';
  /** The line of the order that this line is for; null for the fee of the order. */
  orderLine: number | null;
  /** The name of the ticket type; empty for fees. */
  name: string;
  /** Null on a credit note for a part of the price. */
  quantity: number | null;
  tax: { name: string; ratePercent: number } | null;
  netMinor: number;
  taxMinor: number;
}

/** Who a document names. */
export interface Party {
  name: string;
  address: Pick<Seller, 'line1' | 'line2' | 'postcode' | 'city' | 'country'> | null;
  vatId: string | null;
}

/** The platform, which charges the booking fees. The operator writes its address as one line. */
export interface Platform {
  name: string | null;
  address: string | null;
  vatId: string | null;
}

/**
 * Everything that a document shows, frozen when it was issued. The PDF is drawn from this alone, so a later change of the
 * organisation, the event or the order changes no document.
 */
export interface DocumentContent {
  /** The form of this content. A release that needs another form must still read this one. */
  form: 1;
  language: Language;
  kind: DocumentKind;
  number: string;
  issuedAt: string;
  currency: Currency;
  orderNumber: string;
  paidAt: string;
  event: Pick<StoredSoldAs, 'title' | 'startsAt' | 'timeZone' | 'venueName' | 'city'>;
  seller: Party & { registration: string | null; taxNote: string | null };
  /** Null if no line is a fee. */
  platform: Platform | null;
  buyer: Party & { reference: string | null };
  lines: DocumentLine[];
  /** What a promo code took off. The lines are already lower. */
  discountMinor: number;
  corrects: { number: string; issuedAt: string } | null;
  reason: 'refund' | 'correction' | null;
}

/** What only the issuing transaction knows. */
type Numbered = 'number' | 'issuedAt';

/** A document that is due. A later document of the same transaction may correct it, so it has its id already. */
export interface NewDocument {
  id: DocumentId;
  orderId: OrderId;
  corrects: DocumentId | null;
  transferId: Id<'transfer'> | null;
  content: Omit<DocumentContent, Numbered | 'corrects'>;
}

/** An issued document. */
export interface DocumentRecord {
  id: DocumentId;
  organisationId: OrganisationId;
  eventId: EventId;
  orderId: OrderId;
  number: string;
  kind: DocumentKind;
  corrects: DocumentId | null;
  transferId: Id<'transfer'> | null;
  totalMinor: number;
  taxMinor: number;
  currency: Currency;
  content: DocumentContent;
  issuedAt: Date;
}

/** Decision: the lines of a sale as its order froze them. Together they are exactly what the buyer paid. */
export function linesOfOrder(lines: HoldLine[]): DocumentLine[] {
  const orderFee = orderFeeOf(lines);
  const feeTerms = lines.find(({ unitMinor }) => unitMinor > 0)?.pricing?.fee;
  const ofTickets = lines.flatMap(({ name, quantity, parts, pricing }, orderLine): DocumentLine[] => {
    const { tax, fee } = pricing ?? { tax: null, fee: null };
    const common = { orderLine, quantity };
    const ticket: DocumentLine = {
      ...common,
      sells: 'ticket',
      name,
      tax: tax && { name: tax.name, ratePercent: tax.ratePercent },
      netMinor: quantity * parts.netMinor,
      taxMinor: quantity * parts.taxMinor,
    };
    if (parts.feeMinor === 0) return [ticket];
    // The fee contains its tax.
    const taxMinor = quantity * (parts.feeTaxMinor ?? 0);
    const netMinor = quantity * parts.feeMinor - taxMinor;
    return [ticket, { ...common, sells: 'ticketFee', name: '', tax: fee?.tax ?? null, netMinor, taxMinor }];
  });
  // Tickets first and fees last, as people read a bill.
  const sorted = [
    ...ofTickets.filter(({ sells }) => sells === 'ticket'),
    ...ofTickets.filter(({ sells }) => sells === 'ticketFee'),
  ];
  if (orderFee.feeMinor === 0) return sorted;
  const { feeMinor, feeTaxMinor = 0 } = orderFee;
  const fee = { sells: 'orderFee', orderLine: null, name: '', quantity: 1 } as const;
  return [
    ...sorted,
    { ...fee, tax: feeTerms?.tax ?? null, netMinor: feeMinor - feeTaxMinor, taxMinor: feeTaxMinor },
  ];
}

export const grossOf = ({ netMinor, taxMinor }: Pick<DocumentLine, 'netMinor' | 'taxMinor'>): number =>
  netMinor + taxMinor;

export const sumOfLines = (lines: DocumentLine[]): number =>
  lines.reduce((sum, line) => sum + grossOf(line), 0);

export const taxOfLines = (lines: DocumentLine[]): number =>
  lines.reduce((sum, { taxMinor }) => sum + taxMinor, 0);

/** One rate of one supplier, as the tax office wants it. */
interface TaxLine {
  /** The platform sells the booking fees. */
  supplier: 'seller' | 'platform';
  tax: DocumentLine['tax'];
  netMinor: number;
  taxMinor: number;
}

/** Decision: the sums for each rate of each supplier, in the order of the lines. Lines that cost nothing have none. */
export function taxLines(lines: DocumentLine[]): TaxLine[] {
  const supplierOf = ({ sells }: DocumentLine) => (sells === 'ticket' ? 'seller' : 'platform');
  const groups = Map.groupBy(
    lines.filter((line) => grossOf(line) > 0),
    (line) => JSON.stringify([supplierOf(line), line.tax?.name, line.tax?.ratePercent]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const netMinor = group.reduce((sum, line) => sum + line.netMinor, 0);
    return [{ supplier: supplierOf(first), tax: first.tax, netMinor, taxMinor: taxOfLines(group) }];
  });
}

/** Decision: how a document names the seller. Without details it is the organisation's public name. */
export const sellerParty = (name: string, seller: Seller | null): DocumentContent['seller'] =>
  seller
    ? {
        name: seller.legalName,
        address: addressOf(seller),
        vatId: seller.vatId,
        registration: seller.registration,
        taxNote: seller.taxNote,
      }
    : { name, address: null, vatId: null, registration: null, taxNote: null };

/** Decision: how a document names the buyer. Without an address it is the name on the order. */
export const buyerParty = (name: string, address: InvoiceAddress | null): DocumentContent['buyer'] =>
  address
    ? { name: address.name, address: addressOf(address), vatId: address.vatId, reference: address.reference }
    : { name, address: null, vatId: null, reference: null };

const addressOf = ({ line1, line2, postcode, city, country }: NonNullable<Party['address']>) => ({
  line1,
  line2,
  postcode,
  city,
  country,
});
