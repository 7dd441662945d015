/** The password of every demo account. */
export const demoPassword = 'admit-demo-2027';

/** Who can sign in to the demo, as what; printed when it starts. */
export const demoAccounts = [
  { role: 'buyer', email: 'buyer@example.com', name: 'Bea Winter' },
  { role: 'organiser', email: 'organiser@example.com', name: 'Otto Lindqvist' },
  { role: 'door', email: 'door@example.com', name: 'Dora Mensah' },
  { role: 'admin', email: 'admin@example.com', name: 'Ada Castellano' },
] as const;
