import { Field } from '../../ui/Field.tsx';
import type { TypedTerms } from './typed-ways.ts';
import { t } from './words.ts';

/** Whether bank transfers are offered, and on which terms. `faults` names the fields that are wrong. */
export function TermsFields({
  typed,
  faults,
  disabled = false,
  onChange,
}: {
  typed: TypedTerms;
  faults: ReadonlySet<string>;
  disabled?: boolean;
  onChange: (changed: Partial<TypedTerms>) => void;
}) {
  const field = (name: Exclude<keyof TypedTerms, 'isOffered'>, fault: string) => (
    <Field
      label={t(name)}
      error={faults.has(name === 'from' ? 'fromMinor' : name) ? fault : undefined}
      inputMode={name === 'from' ? 'decimal' : 'numeric'}
      value={typed[name]}
      disabled={disabled}
      onChange={({ target }) => onChange({ [name]: target.value })}
    />
  );
  return (
    <>
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={typed.isOffered}
          disabled={disabled}
          onChange={({ target }) => onChange({ isOffered: target.checked })}
        />
        {t('offer')}
      </label>
      {typed.isOffered && (
        <div className="grid gap-5 sm:grid-cols-3">
          {field('days', t('between', { from: 1, to: 60 }))}
          {field('hoursBefore', t('between', { from: 0, to: 2160 }))}
          {field('from', t('amountWrong'))}
          {field('perBuyer', t('between', { from: 1, to: 1000 }))}
          {field('perNetwork', t('between', { from: 1, to: 10_000 }))}
          {field('inAll', t('between', { from: 1, to: 10_000 }))}
        </div>
      )}
    </>
  );
}
