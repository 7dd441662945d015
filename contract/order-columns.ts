/** What a list of orders can show of each order besides its number and the name of its buyer, in the order of the list. */
export const orderColumns = [
  'email',
  'event',
  'ordered',
  'tickets',
  'attendees',
  'code',
  'tags',
  'status',
  'refunded',
  'total',
] as const;
export type OrderColumn = (typeof orderColumns)[number];
