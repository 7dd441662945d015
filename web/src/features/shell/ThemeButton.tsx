import { Icon } from '../../ui/Icon.tsx';
import { type Theme, useTheme } from '../../ui/theme.ts';
import { t } from './words.ts';

const order: Theme[] = ['system', 'light', 'dark'];
const icons = { system: 'half', light: 'sun', dark: 'moon' } as const;
const names = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;

/** One button that cycles through the three themes and names the present one. */
export function ThemeButton() {
  const [theme, choose] = useTheme();
  const says = `${t('theme')}: ${t(names[theme])}`;
  return (
    <button
      type="button"
      aria-label={says}
      title={says}
      onClick={() => choose(order[(order.indexOf(theme) + 1) % order.length] ?? 'system')}
      className="grid size-[44px] place-items-center rounded-full text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon name={icons[theme]} />
    </button>
  );
}
