import { formatMoney } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton } from './order-letters.ts';
import { letterWords } from './words.ts';

/** The order is paid, and its tickets wait for a look at it. */
export function heldLetter(matter: OrderMatter, until: Date): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('heldSubject', { event: event.title }),
    preview: t('heldPreview'),
    heading: t('heldHeading'),
    blocks: [
      greeting(language, order.buyerName),
      {
        kind: 'text',
        text: t('heldText', { event: event.title, until: instantText(until, event.timeZone, language) }),
      },
      { kind: 'text', text: t('heldAppeal') },
      orderButton(matter, t('heldButton')),
      facts([
        [t('order'), isolated(number, language)],
        [
          t('total'),
          order.totalMinor === 0
            ? t('free')
            : isolated(
                formatMoney({ amount: order.totalMinor, currency: order.currency }, language),
                language,
              ),
        ],
      ]),
    ],
    footer: t('orderWhy', { number }),
  };
}
