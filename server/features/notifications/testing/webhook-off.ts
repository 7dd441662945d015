import type { Language } from '../../../../contract/languages.ts';
import { accountLetter } from '../account-letters.ts';
import type { Letter } from '../letter.ts';

/** The letter about an endpoint that Admit has switched off. */
export const webhookOff = (account: { to: string; name: string; language: Language }): Letter =>
  accountLetter({
    ...account,
    kind: 'webhook-off',
    url: 'https://tickets.example.org/organise/webhooks/whe_1',
    endpoint: 'https://shop.example/hooks',
    isGone: false,
    cause: 'whe_1',
  });
