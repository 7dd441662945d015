import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

/** Takes an entry out of a list of the form. */
export function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={t('remove', { name })}
      onClick={onClick}
      className="mt-7 grid size-11 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-bad"
    >
      <Icon name="cross" />
    </button>
  );
}
