import { noResale, type ResaleTerms } from '../../../../contract/event-fields.ts';
import type { Currency } from '../../../../contract/money.ts';
import type { Occurrence } from '../../ui/time-zone.ts';
import { majorOf, minorOf, numberOf } from './numbers.ts';

/** The terms of resale in the form. The form shows the fees only where resale is allowed. */
export interface ResaleDraft {
  resale: 'free' | 'off' | 'until';
  resaleUntil: string;
  resaleUntilNth: Occurrence;
  resalePercent: string;
  resaleFee: string;
}

export const newResale: ResaleDraft = {
  resale: 'off',
  resaleUntil: '',
  resaleUntilNth: 'first',
  resalePercent: '0',
  resaleFee: '0',
};

export const resaleFeesOf = ({ feePercent, feePerTicketMinor }: ResaleTerms, currency: Currency) => ({
  resalePercent: String(feePercent),
  resaleFee: majorOf(feePerTicketMinor, currency),
});

/** Without resale the form hides the fees, so they stay as they were. */
export function resaleOf(
  draft: ResaleDraft & { currency: Currency },
  before: ResaleTerms | undefined,
  instant: (wall: string, nth: Occurrence) => string,
): ResaleTerms {
  const { feePercent, feePerTicketMinor } = before ?? noResale;
  if (draft.resale === 'off') return { allowed: false, until: null, feePercent, feePerTicketMinor };
  return {
    allowed: true,
    until: draft.resale === 'until' ? instant(draft.resaleUntil, draft.resaleUntilNth) : null,
    feePercent: numberOf(draft.resalePercent),
    feePerTicketMinor: minorOf(draft.resaleFee, draft.currency),
  };
}
