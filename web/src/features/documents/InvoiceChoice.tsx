import type { InvoiceAddress } from '../../../../contract/parties.ts';
import type { ContractForm } from '../forms/use-contract-form.ts';
import { InvoiceFields } from './InvoiceFields.tsx';
import { t } from './words.ts';

interface Props {
  form: ContractForm<InvoiceAddress>;
  wanted: boolean;
  onWanted: (wanted: boolean) => void;
}

/** At the checkout: whether the buyer wants an invoice with an address, and which. */
export function InvoiceChoice({ form, wanted, onWanted }: Props) {
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">{t('invoiceChoice')}</legend>
      <label className="flex min-h-11 items-center gap-3 font-semibold">
        <input
          type="checkbox"
          checked={wanted}
          onChange={(event) => onWanted(event.target.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        {t('want')}
      </label>
      {wanted && (
        <>
          <p className="text-muted">{t('wantText')}</p>
          <InvoiceFields form={form} />
        </>
      )}
    </fieldset>
  );
}
