export default {
  title: 'Mitteilungen auf diesem Gerät',
  text: 'Erfahre sofort, wenn eine deiner Veranstaltungen verlegt oder abgesagt wird. Du kannst es in deinem Konto wieder ausschalten.',
  refused:
    'Dieser Browser erlaubt hier keine Mitteilungen. In seinen Einstellungen für diese Seite kannst du das ändern.',
  on: 'Auf diesem Gerät benachrichtigen',
  off: 'Hier keine Mitteilungen mehr',
  isOn: 'Dieses Gerät zeigt Mitteilungen.',
  failed: 'Der Browser konnte seinen Mitteilungsdienst nicht erreichen. Versuche es später noch einmal.',
} as const;
