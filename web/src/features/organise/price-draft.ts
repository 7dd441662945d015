import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Currency } from '../../../../contract/money.ts';
import type { BookingFee, Tax } from '../../../../contract/price.ts';
import { majorOf, minorOf, numberOf } from './numbers.ts';

/** The tax of a ticket type in the form. */
export interface TaxDraft {
  taxKind: 'none' | 'included' | 'onTop';
  taxName: string;
  taxRate: string;
}

/** The booking fee in the form. Amounts are of the event's currency. */
export interface FeeDraft {
  feePaidBy: 'none' | 'buyer' | 'absorbed';
  feeEachTicket: string;
  feePercentOfTicket: string;
  feeEachOrder: string;
  /** Empty for a fee without tax. */
  feeTaxRate: string;
  feeTaxName: string;
}

export const noTax: TaxDraft = { taxKind: 'none', taxName: '', taxRate: '' };

export const noFee: FeeDraft = {
  feePaidBy: 'none',
  feeEachTicket: '0',
  feePercentOfTicket: '0',
  feeEachOrder: '0',
  feeTaxRate: '',
  feeTaxName: '',
};

export const taxDraftOf = (tax: Tax | null): TaxDraft =>
  tax === null
    ? noTax
    : { taxKind: tax.included ? 'included' : 'onTop', taxName: tax.name, taxRate: String(tax.ratePercent) };

export const taxOf = ({ taxKind, taxName, taxRate }: TaxDraft): Tax | null =>
  taxKind === 'none'
    ? null
    : { name: taxName, ratePercent: percentOf(taxRate), included: taxKind === 'included' };

export const feeDraftOf = ({
  bookingFee: fee,
  currency,
}: Pick<ManagedEvent, 'bookingFee' | 'currency'>): FeeDraft =>
  fee === null
    ? noFee
    : {
        feePaidBy: fee.paidBy,
        feeEachTicket: majorOf(fee.perTicketMinor, currency),
        feePercentOfTicket: String(fee.perTicketPercent),
        feeEachOrder: majorOf(fee.perOrderMinor, currency),
        feeTaxRate: fee.tax === null ? '' : String(fee.tax.ratePercent),
        feeTaxName: fee.tax?.name ?? '',
      };

export const feeOf = (draft: FeeDraft & { currency: Currency }): BookingFee | null =>
  draft.feePaidBy === 'none'
    ? null
    : {
        perTicketMinor: minorOf(draft.feeEachTicket, draft.currency),
        perTicketPercent: percentOf(draft.feePercentOfTicket),
        perOrderMinor: minorOf(draft.feeEachOrder, draft.currency),
        paidBy: draft.feePaidBy,
        tax:
          draft.feeTaxRate.trim() === ''
            ? null
            : { name: draft.feeTaxName, ratePercent: percentOf(draft.feeTaxRate) },
      };

/** Parses `8.875` or `8,875`. */
const percentOf = (typed: string): number => numberOf(typed.replace(',', '.'));
