/**
 * How an order came about. `complimentary`: the team gave the tickets away. `box_office`: the team sold them. `pass`: a pass for
 * several dates brought the ticket. `imported`: the buyer bought them elsewhere. They are apart from the schemas, because pages
 * need them.
 */
export const orderOrigins = ['online', 'complimentary', 'box_office', 'pass', 'imported'] as const;
export type OrderOrigin = (typeof orderOrigins)[number];

/** How the team was paid at the door. No payment provider knows of this money. */
export const doorMethods = ['cash', 'card_terminal'] as const;
export type DoorMethod = (typeof doorMethods)[number];
