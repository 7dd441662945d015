/** How an order came about. `complimentary`: the team gave the tickets away. It is apart from the schemas, because pages need it. */
export const orderOrigins = ['online', 'complimentary'] as const;
export type OrderOrigin = (typeof orderOrigins)[number];
