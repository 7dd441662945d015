import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon } from './Icon.tsx';

// The margin keeps the label visible below the page's header when the browser scrolls to a field.
const box =
  'scroll-mt-28 w-full rounded-field border border-line-strong/60 bg-raised px-4 min-h-12 text-base text-ink placeholder:text-muted transition-colors hover:border-line-strong focus:border-accent aria-[invalid]:border-bad disabled:border-line disabled:bg-sunken disabled:text-muted';

interface Framed {
  label: string;
  /** Shown below the field while there is no error. */
  hint?: ReactNode;
  /** The error, in words for the person. */
  error?: string | undefined;
  hideLabel?: boolean;
  className?: string;
}

function Frame({
  label,
  hint,
  error,
  hideLabel,
  className,
  children,
}: Framed & {
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1.5 block text-sm font-semibold'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={`mt-1.5 text-sm ${error ? 'text-bad font-medium' : 'text-muted'}`}>
          {note}
        </p>
      )}
    </div>
  );
}

export function Field({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: Framed & ComponentProps<'input'>) {
  return (
    <Frame {...{ label, hint, error, hideLabel, className }}>
      {(ids) => <input dir={directionOf(input)} {...input} {...ids} className={`${box} page-side`} />}
    </Frame>
  );
}

/** Addresses and numbers run from left to right in every script. Text that a person writes has its own direction. */
function directionOf({ type = 'text', inputMode }: ComponentProps<'input'>) {
  if (type === 'email' || ['url', 'numeric', 'decimal'].includes(inputMode ?? '')) return 'ltr';
  return type === 'text' ? 'auto' : undefined;
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: Framed & ComponentProps<'textarea'>) {
  return (
    <Frame {...{ label, hint, error, hideLabel, className }}>
      {(ids) => <textarea rows={5} dir="auto" {...input} {...ids} className={`${box} page-side py-3`} />}
    </Frame>
  );
}

/** The browser's own select: it is best on a phone, and every assistive technology knows it. */
export function Select({
  label,
  hint,
  error,
  hideLabel,
  className,
  pill = false,
  children,
  ...select
}: Framed & { pill?: boolean } & ComponentProps<'select'>) {
  const look = pill
    ? 'min-h-11 w-full truncate rounded-full border border-line bg-raised ps-3.5 pe-8 text-[0.9375rem] font-medium transition-colors hover:border-line-strong'
    : `${box} truncate pe-11`;
  return (
    <Frame {...{ label, hint, error, hideLabel, className }}>
      {(ids) => (
        <span className="relative block">
          <select {...select} {...ids} className={`${look} appearance-none`}>
            {children}
          </select>
          <Icon
            name="down"
            size={18}
            className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-muted"
          />
        </span>
      )}
    </Frame>
  );
}
