export default {
  title: 'Notifications sur cet appareil',
  text: 'Soyez averti aussitôt si un de vos événements est déplacé ou annulé. Vous pouvez les désactiver dans votre compte.',
  refused:
    'Ce navigateur n’autorise pas les notifications ici. Vous pouvez le changer dans ses réglages pour ce site.',
  on: 'M’avertir sur cet appareil',
  off: 'Plus de notifications ici',
  isOn: 'Cet appareil affiche les notifications.',
  failed: 'Le navigateur n’a pas pu joindre son service de notifications. Réessayez plus tard.',
} as const;
