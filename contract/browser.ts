/** "Firefox, Windows" from a user agent. Returns the whole text of an unknown browser, and null for an empty text. */
export function browserOf(agent: string): string | null {
  if (agent === '') return null;
  const browser = /(Edg|OPR|Firefox|HeadlessChrome|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  if (!browser) return agent;
  const name = browser.replace('Edg', 'Edge').replace('OPR', 'Opera').replace('Headless', '');
  return [name, system].filter(Boolean).join(', ');
}
