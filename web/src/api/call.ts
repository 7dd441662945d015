import { createCaller } from '../../../client/call.ts';
import { language } from '../ui/language.ts';

/**
 * Calls an operation of the server that this page came from. The browser adds the session's cookie. Mails that a call
 * causes are in the language of the page.
 */
export const call = createCaller({
  fetch: (address, sent) => fetch(address, sent),
  headers: () => ({ 'accept-language': language() }),
  // React Query retries the calls that only read (main.tsx).
  retries: { reads: 0, acts: 3 },
  isOffline: () => !navigator.onLine,
});
