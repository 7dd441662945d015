export default {
  received: 'Your report has arrived: {title}',
  receivedText:
    'Thank you. A person will look at your report about “{title}” and write to you about the decision.',
  dismissed: 'Decision about your report: {title}',
  dismissedText: 'You reported “{title}”. A person has looked at your report, and the event stays.',
  acted: 'Decision about your report: {title}',
  actedText: 'You reported “{title}”. A person has looked at your report, and the event was removed.',
  reopened: 'Your appeal was successful: {title}',
  reopenedText: 'We look at your report about “{title}” once more, and write to you about the new decision.',
  removedFull: 'Your event was removed: {title}',
  removedFullText:
    'We have removed your event “{title}” from the platform and cancelled it. All orders are refunded.',
  removedNone: 'Your event was removed: {title}',
  removedNoneText:
    'We have removed your event “{title}” from the platform, and its sale has ended. Tickets that were sold stay valid, and you can go on scanning them.',
  suspended: 'Your organisation is suspended: {title}',
  suspendedText:
    '“{title}” can publish no event, sells no tickets, and gets no payouts. Sold tickets stay valid. The door and refunds go on.',
  restored: 'Your event is back: {title}',
  restoredText: 'We have put your event “{title}” back as it was.',
  lifted: 'The suspension has ended: {title}',
  liftedText: '“{title}” can publish and sell again. Sales that the suspension stopped go on.',
  upheld: 'Answer to your appeal: {title}',
  upheldText: 'Another person has looked at your appeal about “{title}”. The decision stays.',
  about: 'About',
  ground: 'Basis',
  law: 'The law',
  terms: 'The terms of the platform',
  reasons: 'Reasons',
  byPerson: 'A person has decided. No automatic means were used.',
  appeal:
    'If you disagree, you can appeal until {date}, at no cost. Somebody else will answer. You can also turn to a certified body for out-of-court disputes, or to a court.',
  appealButton: 'Read and appeal',
  seeEvent: 'See the event',
  whyReporter: 'You get this mail because somebody reported an event with this address.',
  whyTeam: 'You get this mail because you may edit the events of your team.',
} as const;
