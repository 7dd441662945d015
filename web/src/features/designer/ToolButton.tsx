import { ToolIcon, type ToolIconName } from './ToolIcon.tsx';

interface Props {
  icon: ToolIconName;
  /** The name of the button; also its tooltip, with its key. */
  label: string;
  /** The key that does the same, as it is written on a keyboard. */
  keys?: string;
  pressed?: boolean;
  disabledBecause?: string | false;
  /** The name is written beside the sign. */
  withText?: boolean;
  onPress: () => void;
}

/** A square button with a sign. A finger can hit it, and a pointer sees its name and key. */
export function ToolButton({ icon, label, keys, pressed, disabledBecause, withText, onPress }: Props) {
  const title = disabledBecause || (keys ? `${label} (${keys})` : label);
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={disabledBecause ? true : undefined}
      aria-keyshortcuts={keys}
      title={title}
      className={`inline-flex h-11 min-w-11 shrink-0 items-center justify-center gap-2 rounded-field px-2.5 text-sm font-semibold transition-colors aria-disabled:cursor-default aria-disabled:opacity-40 ${
        pressed ? 'bg-accent text-on-accent' : 'text-ink hover:bg-sunken'
      }`}
      onClick={() => {
        if (!disabledBecause) onPress();
      }}
    >
      <ToolIcon name={icon} />
      {withText && <span className="whitespace-nowrap">{label}</span>}
    </button>
  );
}
