import { inGroups } from '../../../contract/iban.ts';
import { formatMoney } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import type { WantedTransfer } from '../bank-transfers/read-awaited.ts';
import { bankWords } from '../bank-transfers/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { type Block, facts, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton, whenAndWhere } from './order-letters.ts';

/** The order is placed, and its places are held until the money comes. */
export const transferAskedLetter = (matter: OrderMatter, wanted: WantedTransfer, hasCode = true): Letter =>
  payLetter(matter, wanted, hasCode, { subject: 'askedSubject', heading: 'askedHeading', text: 'askedText' });

/** The money has not come, and the time ends soon. */
export const transferReminderLetter = (matter: OrderMatter, wanted: WantedTransfer, hasCode = true): Letter =>
  payLetter(matter, wanted, hasCode, {
    subject: 'remindSubject',
    heading: 'remindHeading',
    text: 'remindText',
  });

interface Texts {
  subject: 'askedSubject' | 'remindSubject';
  heading: 'askedHeading' | 'remindHeading';
  text: 'askedText' | 'remindText';
}

function payLetter(matter: OrderMatter, wanted: WantedTransfer, hasCode: boolean, texts: Texts): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const { account, reference, amountMinor, receivedMinor, currency, payUntil } = wanted;
  const t = bankWords(language);
  const amount = formatMoney({ amount: amountMinor - receivedMinor, currency }, language);
  const until = instantText(payUntil, event.timeZone, language);
  const row = (label: string, value: string) => [label, isolated(value, language)] as const;
  const code: Block[] = hasCode ? [{ kind: 'text', text: t('attached') }] : [];
  return {
    language,
    subject: t(texts.subject, { event: event.title }),
    preview: t('askedPreview', { amount, until }),
    heading: t(texts.heading),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t(texts.text, { event: event.title, amount, until }) },
      facts([
        row(t('holder'), account.holder),
        row(t('iban'), inGroups(account.iban)),
        ...(account.bic ? [row(t('bic'), account.bic)] : []),
        row(t('amount'), amount),
        row(t('reference'), inGroups(reference)),
        row(t('until'), until),
        row(t('order'), number),
      ]),
      ...code,
      whenAndWhere(event, language),
      orderButton(matter, t('open')),
    ],
    footer: t('why', { number }),
  };
}

/** The money has not come in time. */
export function transferLapsedLetter(matter: OrderMatter): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = bankWords(language);
  return {
    language,
    subject: t('lapsedSubject', { event: event.title }),
    preview: t('lapsedHeading'),
    heading: t('lapsedHeading'),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('lapsedText', { event: event.title }) },
      orderButton(matter, t('open')),
      facts([[t('order'), isolated(number, language)]]),
    ],
    footer: t('why', { number }),
  };
}
