import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Tageskasse',
  text: 'Verkaufe Tickets gegen Bargeld oder mit deinem eigenen Kartenleser. Die Tickets gelten sofort: zeig die Codes oder druck sie aus.',
  notPublished: 'Veröffentliche die Veranstaltung, um Tickets zu verkaufen.',
  nothing: 'Diese Veranstaltung hat keine Plätze.',
  method: 'Bezahlt mit',
  cash: 'Bargeld',
  card_terminal: 'Kartenleser',
  total: 'Zu zahlen',
  given: 'Erhaltenes Bargeld (freiwillig)',
  change: 'Rückgeld: {amount}',
  tooLittle: 'Das ist weniger als der Preis.',
  name: 'Name (freiwillig)',
  email: 'E-Mail-Adresse (freiwillig)',
  emailHint: 'Mit einer Adresse gehen die Tickets auch per Mail.',
  sell: 'Für {amount} verkaufen',
  sold: '{count, plural, one {# Ticket verkauft} other {# Tickets verkauft}} für {amount}',
  order: 'Bestellung {number}',
  code: 'Code von Ticket {n}',
  print: 'Tickets drucken',
  next: 'Nächster Verkauf',
  cashUp: 'Kassenabrechnung',
  cashUpText:
    'Was jedes Teammitglied an jedem Tag eingenommen und zurückgegeben hat, in der Zeitzone der Veranstaltung.',
  noSales: 'An der Kasse wurde noch nichts verkauft.',
  sales: '{count, plural, one {# Verkauf} other {# Verkäufe}}',
  taken: 'eingenommen {amount}',
  returned: 'zurückgegeben {amount}',
  left: 'bleibt {amount}',
  deleted: 'Gelöschtes Konto',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
