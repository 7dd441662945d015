// Runs before the first paint, so that neither a theme chosen by hand flashes nor a language. Kept out of the page
// because the content security policy allows no inline scripts. The build writes into the script's element what
// languages there are (compile-words.ts) and what pages begin with (first-files.ts).
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

  // The page where somebody arrives comes along with the program that will show it, not after it, and so do its words.
  const pages = JSON.parse(document.currentScript.dataset.pages);
  const path = Object.keys(pages).find((pattern) => new RegExp(pattern).test(location.pathname));
  const { words = [], files = [], priority: fetchPriority = 'auto' } = pages[path] ?? {};
  for (const href of [...['shell', ...words].map((feature) => languages[spoken].words[feature]), ...files])
    if (href)
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href, fetchPriority }));
})();
