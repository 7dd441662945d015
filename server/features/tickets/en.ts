export default {
  // The PDF
  document: '{event}: order {number}',
  ticketOf: 'Ticket {n} of {count}',
  venue: 'Venue',
  doors: 'Doors',
  extra: 'Extra',
  showExtra: 'Show it to collect',
  admission: 'Admission',
  section: 'Section',
  row: 'Row',
  seat: 'Seat',
  name: 'Name',
  bookedBy: 'Booked by',
  ticket: 'Ticket',
  price: 'Price',
  free: 'Free',
  order: 'Order',
  show: 'Show this code at the door',
  once: 'This code admits one person, once. The first scan counts: keep it to yourself, and share no picture of it.',
  howTo:
    'Print this page or show it on a phone; turn the brightness up and keep the whole code on the screen.',
  questions: 'Questions or changes: open order {number} where you bought it.',
  // The calendar
  doorsOpen: 'Doors open at {time}.',
  calendarNote: 'Order {number}. Your tickets:',
  calendarJoin: 'Join online:',
} as const;
