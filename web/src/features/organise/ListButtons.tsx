import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

/** Removes an entry from a list of the form. */
export function Remove({
  name,
  compact = false,
  onClick,
}: {
  name: string;
  /** Without the space for a label beside it. */
  compact?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={t('remove', { name })}
      onClick={onClick}
      className={`${compact ? '' : 'mt-7'} grid size-11 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-bad`}
    >
      <Icon name="cross" />
    </button>
  );
}

/** Adds an entry to a list of the form. */
export function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button look="plain" size="small" className="justify-self-start" onClick={onClick}>
      <Icon name="plus" size={16} />
      {label}
    </Button>
  );
}
