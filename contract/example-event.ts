/** The body of createEvent in the API's description. */
export const exampleEvent = {
  organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  title: 'Night Shift',
  category: 'nightlife',
  startsAt: '2027-01-15T22:00:00Z',
  endsAt: '2027-01-16T05:00:00Z',
  timeZone: 'Europe/Berlin',
  venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
  currency: 'EUR',
  pools: [{ key: 'floor', name: 'Floor', capacity: 600 }],
  ticketTypes: [{ name: 'Regular', priceMinor: 2200, pools: ['floor'] }],
};
