// Runs before the first paint, so that a theme chosen by hand does not flash. Kept out of the page because
// the content security policy allows no inline scripts.
try {
  var theme = localStorage.getItem('admit.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (_) {}
