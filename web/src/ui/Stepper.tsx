import { Icon } from './Icon.tsx';

interface Props {
  /** What is counted, for assistive technology: "Regular". */
  label: string;
  value: number;
  min?: number;
  max: number;
  fewer: string;
  more: string;
  onChange: (value: number) => void;
}

const round =
  // In pixels, because a thumb does not grow with the font.
  'grid size-[44px] shrink-0 place-items-center rounded-full border border-line bg-raised transition-colors hover:border-line-strong hover:bg-sunken disabled:opacity-35 disabled:hover:bg-raised disabled:hover:border-line';

export function Stepper({ label, value, min = 0, max, fewer, more, onChange }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row in every browser
    <div role="group" aria-label={label} className="flex items-center gap-1">
      <button
        type="button"
        className={round}
        aria-label={`${fewer}: ${label}`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Icon name="minus" size={18} />
      </button>
      <output aria-live="polite" className="numeric w-9 text-center text-lg font-semibold">
        {value}
      </output>
      <button
        type="button"
        className={round}
        aria-label={`${more}: ${label}`}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Icon name="plus" size={18} />
      </button>
    </div>
  );
}
