/** The mails about orders that are paid by bank transfer. */
export default {
  askedSubject: 'Pay for {event} by bank transfer',
  askedPreview: '{amount} by {until}',
  askedHeading: 'Your places are held for you',
  askedText:
    'Transfer {amount} for {event} so that it arrives by {until}. Your tickets come when the organiser has booked the money. Write exactly this reference, because it says that the money is yours.',
  remindSubject: 'Still to pay: {event}',
  remindHeading: 'Your places wait for the money',
  remindText:
    '{amount} for {event} has not been booked yet. Your places are held until {until}. If you have paid already, you need not do anything.',
  lapsedSubject: 'Your places for {event} are free again',
  lapsedHeading: 'The order has ended',
  lapsedText:
    'We have seen no complete payment for {event} in time, so your places are free again. If your money still arrives, it buys the same places if they are free. Otherwise the organiser sends it back.',
  holder: 'Recipient',
  iban: 'IBAN',
  bic: 'BIC',
  amount: 'Amount',
  reference: 'Reference',
  until: 'Arrives by',
  order: 'Order',
  open: 'Open the order',
  attached:
    'The attached picture is a QR code. Banking apps in the euro area scan it and fill everything in.',
  why: 'You get this mail because of your order {number}.',
} as const;
