import { mostImportRows } from '../../../contract/import-fields.ts';
import type { Table, TableRow } from './table.ts';

/*
 * pretix's JSON as tables. Two forms are known: the export "Order data (JSON)", and answers of its API, a page of things or one.
 * Source: src/pretix/base/exporters/json.py and doc/api/resources/{orders,events}.rst of github.com/pretix/pretix.
 */

/** Without what PostgreSQL cannot store and JSON can write: zeros, and halves of signs. A decoded CSV has neither. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** No name is longer. Each row repeats its texts, so a long one would fill the memory. */
const longestText = 1000;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const isPretixJson = (value: unknown): boolean => isObject(value) || Array.isArray(value);

/** A text of pretix: a string, or one for each language, of which English counts, or else the first. */
function textOf(value: unknown): string {
  if (isObject(value)) {
    const one = value.en ?? Object.values(value).find((each) => typeof each === 'string');
    return isObject(one) ? '' : textOf(one);
  }
  return typeof value === 'string'
    ? storable(value.slice(0, longestText))
    : typeof value === 'number'
      ? String(value)
      : '';
}

/** The things in an export, a page of the API, or a list. */
const thingsIn = (json: unknown, name: string): Json[] => {
  if (Array.isArray(json)) return listIn(json);
  if (!isObject(json)) return [];
  const inside = isObject(json.event) ? json.event : json;
  if (Array.isArray(inside[name])) return listIn(inside[name]);
  return Array.isArray(json.results) ? listIn(json.results) : [json];
};

const orderHeadings = [
  'Order code',
  'Status',
  'E-mail',
  'Product',
  'Variation',
  'Attendee name',
  'Attendee email',
  'Invoice address name',
];

/** The positions of orders under the headings of pretix's CSV. A line is the number of the position, from 2 on. */
export function ordersOfPretix(json: unknown): Table {
  const event = isObject(json) && isObject(json.event) ? json.event : {};
  const items = new Map(
    listIn(event.items).map((item) => [
      textOf(item.id),
      { item, variations: new Map(listIn(item.variations).map((each) => [each.id, each])) },
    ]),
  );
  const rows: TableRow[] = [];
  for (const order of thingsIn(json, 'orders')) {
    const invoice = isObject(order.invoice_address) ? order.invoice_address : {};
    for (const position of listIn(order.positions)) {
      // One row too many is enough to refuse the file.
      if (rows.length > mostImportRows) break;
      const { item, variations } = items.get(textOf(position.item)) ?? {};
      const variation = variations?.get(position.variation);
      rows.push({
        line: rows.length + 2,
        cells: [
          textOf(order.code),
          position.canceled === true ? 'c' : textOf(order.status),
          textOf(order.email),
          item ? textOf(item.name) : textOf(position.item),
          // The export names a variation with its item's name before it in some versions; the name alone is enough.
          variation ? textOf(variation.name ?? variation.value) : textOf(position.variation),
          textOf(position.attendee_name),
          textOf(position.attendee_email),
          textOf(invoice.name),
        ],
      });
    }
  }
  return { source: 'pretix', headings: orderHeadings, rows };
}

const eventHeadings = [
  'Event ID',
  'Title',
  'Starts',
  'Ends',
  'Time zone',
  'Venue',
  'Currency',
  'Ticket type',
  'Price',
  'Capacity',
];

/** Events of the API, or the event of an export with its items and quotas. An event without items has one row. */
export function eventsOfPretix(json: unknown): Table {
  const events = isObject(json) && isObject(json.event) ? [json.event] : thingsIn(json, 'events');
  const rows = events.flatMap((event) => {
    // The export has the times in the dates of a series only.
    const date = listIn(event.subevents)[0] ?? {};
    const cells = [
      textOf(event.slug),
      textOf(event.name),
      textOf(event.date_from ?? date.date_from),
      textOf(event.date_to ?? date.date_to),
      textOf(event.timezone),
      textOf(event.location ?? date.location).split('\n')[0] ?? '',
      textOf(event.currency),
    ];
    const items = listIn(event.items);
    if (items.length === 0) return [[...cells, '', '', '']];
    const capacities = capacitiesOf(event);
    return items.map((item) => [
      ...cells,
      textOf(item.name),
      textOf(item.price),
      String(capacities.get(item.id) ?? ''),
    ]);
  });
  return {
    source: 'pretix',
    headings: eventHeadings,
    rows: rows.map((cells, at) => ({ line: at + 2, cells })),
  };
}

/** The smallest quota of each item. A quota without a size has no end. */
function capacitiesOf(event: Json): Map<unknown, number> {
  const smallest = new Map<unknown, number>();
  for (const { items, size } of listIn(event.quotas)) {
    if (!Array.isArray(items) || typeof size !== 'number') continue;
    for (const id of items) smallest.set(id, Math.min(size, smallest.get(id) ?? size));
  }
  return smallest;
}
