import { useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'admit.theme';

const stored = (): Theme => {
  const set = document.documentElement.dataset.theme;
  return set === 'light' || set === 'dark' ? set : 'system';
};

/**
 * The reader's choice of light or dark; `system` follows the device. first-paint.js applies it before the first
 * paint.
 */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  const choose = (next: Theme) => {
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // If storage is forbidden, the choice lasts as long as the page.
    }
    setTheme(next);
  };
  return [theme, choose];
}
