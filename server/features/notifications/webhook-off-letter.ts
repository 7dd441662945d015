import { isolated } from '../../../contract/words.ts';
import { webhookWords } from '../webhooks-out/words.ts';
import { facts, greeting, type Letter } from './letter.ts';
import type { WebhookOffJob } from './mail-job.ts';

/** Tells a member of the team that Admit has switched a webhook endpoint off, and why. */
export function webhookOffLetter({ language = 'en', name, url, endpoint, isGone }: WebhookOffJob): Letter {
  const t = webhookWords(language);
  const { host } = new URL(endpoint);
  return {
    language,
    subject: t('subject', { host }),
    preview: t('preview', { host }),
    heading: t('heading'),
    blocks: [
      greeting(language, name),
      { kind: 'text', text: t(isGone ? 'gone' : 'failures') },
      facts([[t('endpoint'), isolated(endpoint, language)]]),
      { kind: 'text', text: t('after') },
      { kind: 'button', label: t('button'), url },
    ],
    footer: t('why'),
  };
}
