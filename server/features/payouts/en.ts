export default {
  statement: 'Statement of a payout',
  organiser: 'Organiser',
  platform: 'Platform',
  paidAt: 'Paid on',
  reference: 'Reference',
  earned: 'Earned',
  inTill: 'In your own till',
  paidBefore: 'Paid before',
  amount: 'In this payout',
  sales: 'Sales',
  refunds: 'Refunds',
  disputes: 'Disputes',
  fees: 'Booking fees',
  paidOut: 'Paid out',
  balances:
    'The sums of each event are those of its books up to this payout. What was earned contains the tax on tickets, which the organiser owes to the tax office. An amount below zero sets off what the organiser owed for that event.',
} as const;
