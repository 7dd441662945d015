export default {
  received: 'Deine Meldung ist da: {title}',
  receivedText:
    'Danke. Ein Mensch sieht sich deine Meldung über „{title}“ an und schreibt dir, wie entschieden wurde.',
  dismissed: 'Entscheidung über deine Meldung: {title}',
  dismissedText: 'Du hast „{title}“ gemeldet. Ein Mensch hat die Meldung geprüft, und das Event bleibt.',
  acted: 'Entscheidung über deine Meldung: {title}',
  actedText: 'Du hast „{title}“ gemeldet. Ein Mensch hat die Meldung geprüft, und das Event wurde entfernt.',
  reopened: 'Deine Beschwerde hatte Erfolg: {title}',
  reopenedText:
    'Wir sehen uns deine Meldung über „{title}“ noch einmal an und schreiben dir, wie neu entschieden wurde.',
  removedFull: 'Dein Event wurde entfernt: {title}',
  removedFullText:
    'Wir haben dein Event „{title}“ von der Plattform entfernt und abgesagt. Alle Bestellungen werden erstattet.',
  removedNone: 'Dein Event wurde entfernt: {title}',
  removedNoneText:
    'Wir haben dein Event „{title}“ von der Plattform entfernt, und der Verkauf ist beendet. Verkaufte Tickets bleiben gültig, und du kannst sie weiter scannen.',
  suspended: 'Deine Organisation ist gesperrt: {title}',
  suspendedText:
    '„{title}“ kann kein Event veröffentlichen, verkauft keine Tickets und bekommt keine Auszahlungen. Verkaufte Tickets bleiben gültig. Einlass und Erstattungen gehen weiter.',
  restored: 'Dein Event ist wieder da: {title}',
  restoredText: 'Wir haben dein Event „{title}“ wiederhergestellt, wie es war.',
  lifted: 'Die Sperre ist aufgehoben: {title}',
  liftedText:
    '„{title}“ kann wieder veröffentlichen und verkaufen. Verkäufe, die die Sperre beendet hat, gehen weiter.',
  upheld: 'Antwort auf deine Beschwerde: {title}',
  upheldText: 'Ein anderer Mensch hat deine Beschwerde zu „{title}“ geprüft. Die Entscheidung bleibt.',
  about: 'Es geht um',
  ground: 'Grundlage',
  law: 'Das Gesetz',
  terms: 'Die Regeln der Plattform',
  reasons: 'Gründe',
  byPerson: 'Ein Mensch hat entschieden, ohne automatische Mittel.',
  appeal:
    'Wenn du anderer Meinung bist, kannst du dich bis {date} kostenlos beschweren. Jemand anderes antwortet. Du kannst dich auch an eine zugelassene Stelle für außergerichtliche Streitbeilegung oder an ein Gericht wenden.',
  appealButton: 'Lesen und beschweren',
  seeEvent: 'Event ansehen',
  whyReporter: 'Du bekommst diese Mail, weil jemand mit dieser Adresse ein Event gemeldet hat.',
  whyTeam: 'Du bekommst diese Mail, weil du die Events deines Teams bearbeiten darfst.',
} as const;
