import type { Capability } from './team-roles.ts';

/** What a member with each capability may do, for the reference of the API. Apart, because pages need only the roles. */
export const capabilityTexts: Record<Capability, string> = {
  'events.read': 'See the events of the team, drafts too.',
  'events.edit': 'Create, change, publish and move events. See promo codes.',
  'events.cancel': 'Cancel an event for good.',
  'figures.read': 'See figures of a sale: what is sold, and for how much.',
  'places.block': 'Take seats and places off sale, and put them back.',
  'tickets.issue': 'Issue complimentary tickets.',
  'tickets.sell': 'Sell tickets at the door for cash or with a card reader, print them, and give money back.',
  'door-sales.read': 'Cash up: see what each member took at the door.',
  'orders.read': 'Find orders and waiting people, and see their names, addresses, tickets and history.',
  'orders.edit':
    'Correct an order: the address, names on tickets, notes, tags. Send its messages and tickets again.',
  'orders.exchange': 'Exchange a ticket for another place.',
  'orders.refund': 'Refund an order, whole or in part, and end its tickets. Issue and block gift cards.',
  'money.read': 'See the books, disputes and gift cards.',
  'payouts.read': 'See and download what the platform owes and what it has paid out.',
  'payouts.connect': 'Open the account with the payment provider that payouts are transferred to.',
  'exports.read': 'Download attendees, orders, payments, check-ins, taxes and settlements as files.',
  'messages.read': 'See the messages about an event and what became of each.',
  'messages.send': 'Write to the attendees of an event.',
  'door.read': 'See how many people are in.',
  'door.admit': 'Check tickets in.',
  'door.manage':
    'Set the rules of the door, make and revoke door links, see the devices, and take scans back.',
  'team.read': 'See who is on the team.',
  'team.edit': 'Invite people, change roles, remove members.',
  'seller.edit': 'See and change the legal name and address on receipts and invoices.',
  'settings.edit': 'See and change how long names are kept.',
  'audit-log.read': 'Read the audit log.',
  'integrations.manage': 'Make, see and end API keys and webhooks.',
};
