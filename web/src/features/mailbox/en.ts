export default {
  title: 'Mailbox',
  lead: 'Where no mail server is set up, everything that would be sent lands here.',
  none: 'No mail yet',
  noneText: 'Buy a ticket or open an account, and it is here.',
  to: 'To',
  from: 'From',
  filter: 'Only mail to',
  back: 'All mail',
  attachments: 'Attachments',
  content: 'Content of the mail',
  asText: 'As text',
  refresh: 'Look again',
} as const;
