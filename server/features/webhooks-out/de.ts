import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  subject: 'Webhooks sind aus: {host}',
  preview: 'Admit sendet keine Webhooks mehr an {host}.',
  heading: 'Ein Endpunkt wurde abgeschaltet',
  gone: 'Der Endpunkt hat geantwortet, dass er keine Webhooks mehr will (410). Deshalb hat Admit ihn abgeschaltet.',
  failures:
    'Admit hat es drei Tage lang versucht, und kein Webhook ist angekommen. Deshalb ist der Endpunkt jetzt abgeschaltet.',
  after:
    'Wenn der Endpunkt wieder geht, schalte ihn ein. Dann kannst du alles senden lassen, was er verpasst hat.',
  endpoint: 'Endpunkt',
  button: 'Protokoll ansehen',
  why: 'Du bekommst diese Mail, weil du die Webhooks deines Teams verwalten darfst.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
