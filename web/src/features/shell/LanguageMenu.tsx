import { useEffect, useRef } from 'react';
import { type Language, languages } from '../../../../contract/languages.ts';
import { Icon } from '../../ui/Icon.tsx';
import { language } from '../../ui/language.ts';
import { mayLose } from '../../ui/unsaved.ts';
import { speak } from '../../ui/words.ts';
import { t } from './words.ts';

/** A change of language renders everything again, including this menu, which must get the focus back. */
let justChosen = false;

/** A native list under a globe. Each language has its own name for itself. */
export function LanguageMenu() {
  const menu = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (justChosen) menu.current?.focus();
    justChosen = false;
  }, []);
  const choose = async (next: Language) => {
    // Everything renders again, and forms start anew.
    if (!mayLose()) return;
    justChosen = true;
    // Without a connection the page and this menu stay in the old language.
    await speak(next).catch(() => {
      justChosen = false;
    });
  };
  return (
    <span className="relative grid size-[44px] place-items-center rounded-full text-muted has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent hover:bg-sunken hover:text-ink">
      <Icon name="globe" />
      <select
        ref={menu}
        aria-label={t('language')}
        title={t('language')}
        value={language()}
        onChange={(event) => void choose(event.target.value as Language)}
        className="absolute inset-0 cursor-pointer appearance-none rounded-full text-base opacity-0"
      >
        {Object.entries(languages).map(([key, { name }]) => (
          <option key={key} value={key} lang={key}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
