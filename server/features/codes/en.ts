export default {
  // The printed cards
  sheet: 'Codes: {event}',
  howTo: 'Scan the QR code, or enter this code where you choose your tickets.',
  isFor: 'For {what}',
  until: 'Valid until {when}',
  uses: 'For {uses, plural, one {# ticket} other {# tickets}}',
} as const;
