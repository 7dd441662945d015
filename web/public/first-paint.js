// Runs before the first paint, so that neither a theme chosen by hand flashes nor a language. Kept out of the page
// because the content security policy allows no inline scripts. The build writes into the script's element what
// languages there are (compile-words.ts).
(() => {
  const root = document.documentElement;
  const languages = JSON.parse(document.currentScript.dataset.languages);
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const theme = stored('admit.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  const wanted = [stored('admit.language'), ...navigator.languages];
  const spoken = wanted.map((tag) => tag?.split('-')[0]).find((name) => Object.hasOwn(languages, name)) ?? 'en';
  root.lang = spoken;
  root.dir = languages[spoken].direction;

  // The words of the pages where people arrive come along with the program that needs them, not after it.
  const page = location.pathname === '/' ? 'explore' : location.pathname.startsWith('/e/') ? 'buy' : null;
  for (const feature of ['shell', page]) {
    const href = languages[spoken].words[feature];
    if (href) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
})();
