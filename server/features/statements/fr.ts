export default {
  received: 'Votre signalement est arrivé : {title}',
  receivedText: 'Merci. Une personne examinera votre signalement sur « {title} » et vous écrira la décision.',
  dismissed: 'Décision sur votre signalement : {title}',
  dismissedText:
    'Vous avez signalé « {title} ». Une personne a examiné votre signalement, et l’événement reste en ligne.',
  acted: 'Décision sur votre signalement : {title}',
  actedText:
    'Vous avez signalé « {title} ». Une personne a examiné votre signalement, et l’événement a été retiré.',
  reopened: 'Votre recours a abouti : {title}',
  reopenedText:
    'Nous examinons de nouveau votre signalement sur « {title} » et vous écrirons la nouvelle décision.',
  removedFull: 'Votre événement a été retiré : {title}',
  removedFullText:
    'Nous avons retiré votre événement « {title} » de la plateforme et l’avons annulé. Toutes les commandes sont remboursées.',
  removedNone: 'Votre événement a été retiré : {title}',
  removedNoneText:
    'Nous avons retiré votre événement « {title} » de la plateforme, et la vente est terminée. Les billets vendus restent valables, et vous pouvez continuer à les scanner.',
  suspended: 'Votre organisation est suspendue : {title}',
  suspendedText:
    '« {title} » ne peut publier aucun événement, ne vend aucun billet et ne reçoit aucun versement. Les billets vendus restent valables. L’entrée et les remboursements continuent.',
  restored: 'Votre événement est de retour : {title}',
  restoredText: 'Nous avons rétabli votre événement « {title} » tel qu’il était.',
  lifted: 'La suspension est levée : {title}',
  liftedText:
    '« {title} » peut de nouveau publier et vendre. Les ventes que la suspension avait arrêtées reprennent.',
  upheld: 'Réponse à votre recours : {title}',
  upheldText: 'Une autre personne a examiné votre recours sur « {title} ». La décision est maintenue.',
  about: 'Sujet',
  ground: 'Fondement',
  law: 'La loi',
  terms: 'Les règles de la plateforme',
  reasons: 'Motifs',
  byPerson: 'Une personne a décidé, sans moyens automatisés.',
  appeal:
    'Si vous n’êtes pas d’accord, vous pouvez former un recours gratuit jusqu’au {date}. Quelqu’un d’autre répondra. Vous pouvez aussi saisir un organe certifié de règlement extrajudiciaire des litiges, ou un tribunal.',
  appealButton: 'Lire et contester',
  seeEvent: 'Voir l’événement',
  whyReporter: 'Vous recevez ce message parce que quelqu’un a signalé un événement avec cette adresse.',
  whyTeam: 'Vous recevez ce message parce que vous pouvez modifier les événements de votre équipe.',
} as const;
