import { useEffect, useState } from 'react';
import { type InvoiceAddress, invoiceAddressFields } from '../../../../contract/parties.ts';
import { noAddress } from '../documents/InvoiceFields.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { knownInvoice, rememberInvoice } from './held.ts';

/** The invoice that a buyer wants at the checkout of an event. This tab keeps what was typed, over a reload and Back. */
export function useInvoice(eventId: string) {
  const [known] = useState(() => knownInvoice(eventId));
  const [wanted, setWanted] = useState(known?.wanted ?? false);
  const form = useContractForm(invoiceAddressFields, { ...noAddress, ...known?.typed }, fieldOf);
  const { watch, getValues } = form;
  useEffect(() => {
    const { unsubscribe } = watch((typed) =>
      rememberInvoice(eventId, { wanted: true, typed: typed as Partial<InvoiceAddress> }),
    );
    return unsubscribe;
  }, [watch, eventId]);
  return {
    form,
    wanted,
    want(next: boolean) {
      setWanted(next);
      rememberInvoice(eventId, { wanted: next, typed: getValues() });
    },
  };
}

/** The order's body has the address as one member. A refusal of another member stands for no field of the form. */
const fieldOf = (path: string): string =>
  path.startsWith('invoiceAddress.') ? path.slice('invoiceAddress.'.length) : path;

/** The address that was asked for in this tab and is whole; null if the buyer wants no invoice. */
export function askedInvoice(eventId: string): InvoiceAddress | null {
  const known = knownInvoice(eventId);
  return known?.wanted ? (invoiceAddressFields.safeParse(known.typed).data ?? null) : null;
}
