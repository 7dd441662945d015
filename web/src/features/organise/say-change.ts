import type { FieldPath } from 'react-hook-form';
import type { Category } from '../../../../contract/events.ts';
import { locale } from '../../ui/language.ts';
import { categories } from '../explore/categories.ts';
import { t as categoryName } from '../explore/words.ts';
import { labelOfProduct, optionOfProduct, productFieldFor } from '../extras/say-product-change.ts';
import { t as tPrice } from '../price-form/words.ts';
import { t as sayTags } from '../suggestions/words.ts';
import type { Draft } from './draft.ts';
import { sayReminder } from './reminder-draft.ts';
import { idOf, isFields } from './same.ts';
import { t } from './words.ts';

/** The labels of the form's fields, by their names in the draft; those of lists without the entry. */
const labels = {
  title: 'name',
  summary: 'summary',
  description: 'description',
  category: 'category',
  coverUrl: 'cover',
  coverAlt: 'coverAlt',
  startsAt: 'starts',
  startsAtNth: 'starts',
  endsAt: 'ends',
  endsAtNth: 'ends',
  doorsAt: 'doors',
  doorsAtNth: 'doors',
  timeZone: 'timeZone',
  'venue.name': 'venue',
  'venue.address': 'address',
  'venue.city': 'city',
  'venue.country': 'country',
  'venue.latitude': 'latitude',
  'venue.longitude': 'longitude',
  currency: 'currency',
  maxPerBuyer: 'maxPerBuyer',
  placesPerNetwork: 'placesPerNetwork',
  reviewFrom: 'reviewFrom',
  reviewAccounts: 'reviewAccounts',
  holdMinutes: 'holdMinutes',
  attendees: 'attendees',
  transfers: 'transfers',
  transfersUntil: 'transfersUntil',
  transfersUntilNth: 'transfersUntil',
  renames: 'renames',
  renamesUntil: 'renamesUntil',
  renamesUntilNth: 'renamesUntil',
  ticketCodes: 'ticketCodes',
  exchanges: 'exchanges',
  exchangesUntil: 'exchangesUntil',
  exchangesUntilNth: 'exchangesUntil',
  run: 'run',
  resale: 'resale',
  resaleUntil: 'resaleUntil',
  resaleUntilNth: 'resaleUntil',
  resalePercent: 'resalePercent',
  resaleFee: 'resaleFee',
  queueMode: 'queueMode',
  queueOpensAt: 'queueOpensAt',
  queueOpensAtNth: 'queueOpensAt',
  waitlist: 'waitlist',
  offerMinutes: 'offerMinutes',
  partiesUntilHours: 'partiesUntilHours',
  seating: 'seating',
  layout: 'layout',
  refundSteps: 'refundSteps',
  'refundSteps.before': 'stepBefore',
  'refundSteps.unit': 'stepUnit',
  'refundSteps.percent': 'stepPercent',
  feePercent: 'feePercent',
  feePaidBy: 'feePaidBy',
  feePercentOfTicket: 'feePercentOfTicket',
  feeTaxRate: 'feeTaxRate',
  feeTaxName: 'taxName',
  bookingFeeBack: 'bookingFeeBack',
  pools: 'pools',
  'pools.name': 'poolName',
  'pools.capacity': 'capacity',
  ticketTypes: 'types',
  'ticketTypes.name': 'typeName',
  'ticketTypes.description': 'typeDescription',
  'ticketTypes.doorNote': 'typeDoorNote',
  'ticketTypes.shown': 'types',
  'ticketTypes.price': 'price',
  'ticketTypes.source': 'drawsOn',
  'ticketTypes.taxKind': 'taxKind',
  'ticketTypes.taxName': 'taxName',
  'ticketTypes.taxRate': 'taxRate',
  promoCodes: 'promoCodes',
  'promoCodes.code': 'promoCode',
  'promoCodes.kind': 'promoKind',
  'promoCodes.off': 'promoKind',
  'promoCodes.maxTickets': 'promoMost',
  'promoCodes.validUntil': 'promoUntil',
  'promoCodes.validUntilNth': 'promoUntil',
} as const;

/** The same of the tags and of the other prices of a ticket type, whose words are in catalogues of their own. */
const otherLabels: Record<string, (n: number, currency: string) => string> = {
  tags: () => sayTags('tags'),
  'ticketTypes.minPerOrder': () => tPrice('minPerOrder'),
  'ticketTypes.maxPerOrder': () => tPrice('maxPerOrder'),
  'ticketTypes.saleStartsAt': () => tPrice('saleStartsAt'),
  'ticketTypes.saleStartsAtNth': () => tPrice('saleStartsAt'),
  'ticketTypes.saleEndsAt': () => tPrice('saleEndsAt'),
  'ticketTypes.saleEndsAtNth': () => tPrice('saleEndsAt'),
  'ticketTypes.priceKind': () => tPrice('priceKind'),
  'ticketTypes.leastPrice': (_, currency) => tPrice('leastPrice', { currency }),
  'ticketTypes.priceSteps': (n) => tPrice('step', { n }),
  'ticketTypes.priceSteps.name': (n) => tPrice('stepName', { n }),
  'ticketTypes.priceSteps.price': (n, currency) => tPrice('stepPrice', { n, currency }),
  'ticketTypes.priceSteps.until': (n) => tPrice('stepUntil', { n }),
  'ticketTypes.priceSteps.untilNth': (n) => tPrice('stepUntil', { n }),
  'ticketTypes.priceSteps.places': (n) => tPrice('stepPlaces', { n }),
  'ticketTypes.groupPrices': (n) => tPrice('group', { n }),
  'ticketTypes.groupPrices.from': (n) => tPrice('groupFrom', { n }),
  'ticketTypes.groupPrices.price': (n, currency) => tPrice('groupPrice', { n, currency }),
};

/** Words for values that the form shows as options. */
const options = {
  attendees: { none: 'attendeesNone', each: 'attendeesEach' },
  transfers: { free: 'rightFree', off: 'rightOff', until: 'rightUntil' },
  renames: { free: 'rightFree', off: 'rightOff', until: 'rightUntil' },
  exchanges: { free: 'rightFree', off: 'rightOff', until: 'rightUntil' },
  resale: { free: 'rightFree', off: 'rightOff', until: 'rightUntil' },
  waitlist: { on: 'waitlistOn', off: 'waitlistOff' },
  ticketCodes: { fixed: 'codesFixed', rotating: 'codesRotating', 'rotating-or-paper': 'codesOrPaper' },
  queueMode: {
    off: 'queueOff',
    always: 'queueAlways',
    scheduled: 'queueScheduled',
    'under-load': 'queueUnderLoad',
  },
  seating: { general: 'seatingGeneral', reserved: 'seatingReserved' },
  feePaidBy: { none: 'feeNone', buyer: 'feeBuyer', absorbed: 'feeAbsorbed' },
  taxKind: { none: 'taxNone', included: 'taxIncluded', onTop: 'taxOnTop' },
  unit: { hours: 'unitHours', days: 'unitDays' },
  bookingFeeBack: { yes: 'bookingFeeReturned', no: 'bookingFeeKept' },
  kind: { percent: 'promoPercent', amount: 'promoAmount' },
  nth: { first: 'occurrenceFirst', second: 'occurrenceSecond' },
} as const;

const lists = ['pools', 'ticketTypes', 'promoCodes', 'refundSteps'] as const;
const isList = (name: string | undefined): name is (typeof lists)[number] =>
  (lists as readonly (string | undefined)[]).includes(name);

/** Labels that name the currency. */
const isOfCurrency = (
  name: string,
): name is 'feePerTicket' | 'feeEachTicket' | 'feeEachOrder' | 'resaleFee' =>
  name === 'feePerTicket' || name === 'resaleFee' || name === 'feeEachTicket' || name === 'feeEachOrder';

/** Names a value for the person: `Ticket types · Regular · Price`. */
export function labelOf(path: string[], draft: Draft, entry: unknown): string {
  const [list, id, field, inner, part] = path;
  if (list === 'products') return labelOfProduct(path, draft.products, entry);
  if (list === 'reminders' && id) return `${t('reminders')} · ${sayReminder(id)}`;
  const word = (name: string) =>
    isOfCurrency(name)
      ? t(name, { currency: draft.currency })
      : t(labels[name as keyof typeof labels] ?? 'tickets');
  if (!isList(list)) return word(path.join('.'));
  const at = draft[list].findIndex((each) => idOf(each) === id);
  const known = draft[list][at] ?? entry;
  const name =
    list === 'refundSteps'
      ? at >= 0 && t('stepName', { n: at + 1 })
      : isFields(known) && String(known.name ?? known.code ?? '');
  const full = [list, field, part].filter(Boolean).join('.');
  const ofPrice = otherLabels[full]?.(placeOf(path, draft, inner) + 1, draft.currency);
  return [word(list), name, ofPrice ?? (field && word(`${list}.${field}`))].filter(Boolean).join(' · ');
}

/** The present index of an entry in a list of a ticket type: a price step or a group price. */
function placeOf([, id, field]: string[], { ticketTypes }: Draft, inner: string | undefined): number {
  const type = ticketTypes.find((each) => idOf(each) === id);
  const entries = field === 'priceSteps' ? type?.priceSteps : type?.groupPrices;
  return entries?.findIndex((each) => idOf(each) === inner) ?? -1;
}

/** A value as the form shows it. */
export function sayValue(path: string[], value: unknown, draft: Draft): string {
  const text = String(value ?? '');
  const field = path.at(-1) ?? '';
  const option = path[0] === 'products' && optionOfProduct(field, text);
  if (option) return option;
  if (path[0] === 'reminders') return t(value ? 'reminderSent' : 'reminderNotSent');
  if (field === 'category') return categoryName(categories[text as Category]);
  if (field.endsWith('Nth')) return word('nth', text);
  if (/^\d{4}-\d\d-\d\dT/.test(text) && /(At|Until|^until)$/.test(field)) return sayWallTime(text);
  if (field === 'source') return sourceName(text, draft);
  if (field === 'priceKind') return tPrice(text as Draft['ticketTypes'][number]['priceKind']);
  if (field in options) return word(field as keyof typeof options, text);
  return text === '' ? t('emptyValue') : text;
}

function word(field: keyof typeof options, value: string): string {
  const words: Record<string, Parameters<typeof t>[0] | undefined> = options[field];
  const known = words[value];
  return known ? (t as (key: typeof known) => string)(known) : value;
}

const sayWallTime = (wallTime: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(`${wallTime}Z`),
  );

function sourceName(source: string, { pools, layout }: Draft): string {
  const [kind, key] = source.split(/:(.*)/s);
  const from = kind === 'pool' ? pools : (layout?.zones ?? []);
  return from.find((each) => each.key === key)?.name ?? key ?? '';
}

/** The form's field for a path, with the entry's present position in its list; null for a whole entry. */
export function fieldFor(path: string[], draft: Draft): FieldPath<Draft> | null {
  const [list, id, field, inner, part] = path;
  if (list === 'layout') return null;
  if (list === 'products') return productFieldFor(path, draft.products);
  if (!isList(list)) return path.join('.') as FieldPath<Draft>;
  const at = draft[list].findIndex((each) => idOf(each) === id);
  if (field === undefined || at === -1) return null;
  if (inner === undefined) return `${list}.${at}.${field}` as FieldPath<Draft>;
  const place = placeOf(path, draft, inner);
  return part === undefined || place === -1
    ? null
    : (`${list}.${at}.${field}.${place}.${part}` as FieldPath<Draft>);
}
