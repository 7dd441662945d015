/** The page of a series. */
export default {
  allDates: 'All dates',
  tags: 'Tags',
  dates: '{count, plural, one {One date} other {# dates}}',
  none: 'There are no more dates.',
  cancelled: 'Cancelled',
  soldOut: 'Sold out',
  free: 'Free',
} as const;
