import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Look = 'primary' | 'quiet' | 'plain' | 'danger';
type Size = 'small' | 'medium' | 'large';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-line bg-raised text-ink hover:border-line-strong hover:bg-sunken',
  plain: 'text-accent hover:bg-accent-soft',
  danger: 'bg-bad text-paper hover:opacity-90',
};

const sizes: Record<Size, string> = {
  small: 'min-h-10 px-4 text-sm',
  medium: 'min-h-12 px-5',
  large: 'min-h-14 px-7 text-lg',
};

/** The classes of a button, for links that look like one. */
export const buttonClass = (look: Look = 'primary', size: Size = 'medium', more = ''): string =>
  `inline-flex items-center justify-center gap-2 rounded-full font-semibold transition-colors duration-150 select-none text-center ${looks[look]} ${sizes[size]} ${more}`;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  size?: Size;
  /** While true, the button keeps its width, is announced as busy, and ignores further presses. */
  busy?: boolean;
  /** Why it can't be pressed. The button stays focusable, so that people can read the reason. */
  disabledBecause?: string | false | undefined;
  children: ReactNode;
}

export function Button({
  look,
  size,
  busy = false,
  disabledBecause,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: Props) {
  const off = busy || Boolean(disabledBecause);
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={disabledBecause || undefined}
      className={`${buttonClass(look, size, className)} aria-disabled:cursor-default aria-disabled:opacity-55`}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && (
        <span
          aria-hidden="true"
          className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent"
        />
      )}
      {children}
    </button>
  );
}
