import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  // Chaque lettre
  greeting: 'Bonjour {name},',
  greetingNobody: 'Bonjour,',
  toApple: 'Ajouter à Apple Wallet',
  toGoogle: 'Ajouter à Google Wallet',
  orOpen: 'Ou ouvrez cette adresse :',
  // Comptes
  // Un trait d’union insécable : un titre étroit le couperait.
  verifySubject: 'Confirmez votre adresse e\u2011mail',
  verifyPreview: 'Un geste, et votre compte est prêt.',
  verifyText: 'Veuillez confirmer que cette adresse est la vôtre. Vos billets y seront envoyés.',
  verifyButton: 'Confirmer l’adresse',
  verifyIgnore: 'Si vous n’avez pas ouvert de compte, ne tenez pas compte de cet e-mail.',
  verifyWhy: 'Vous recevez cet e-mail parce que quelqu’un a ouvert un compte avec cette adresse.',
  resetSubject: 'Choisissez un nouveau mot de passe',
  resetPreview: 'Le lien ne sert qu’une fois.',
  resetText:
    'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe. Le lien ne sert qu’une fois et pour peu de temps.',
  resetIgnore: 'Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
  resetWhy: 'Vous recevez cet e-mail parce qu’un nouveau mot de passe a été demandé avec cette adresse.',
  signInSubject: 'Nouvelle connexion à votre compte',
  signInPreview: 'Avec {browser}. Si c’était vous, tout va bien.',
  signInHeading: 'Quelqu’un s’est connecté à votre compte',
  signInText:
    'Quelqu’un vient de se connecter avec un navigateur que vous n’aviez pas encore utilisé : {browser}. Si c’était vous, tout va bien. Sinon, changez votre mot de passe : cela déconnecte cette personne.',
  signInButton: 'Ouvrir votre compte',
  signInWhy:
    'Vous recevez cet e-mail parce que vous voulez être au courant des nouvelles connexions. Vous pouvez le désactiver dans votre compte.',
  unknownBrowser: 'un programme',
  // Invitations dans une équipe
  inviteSubject: 'Invitation dans l’équipe de {organisation}',
  invitePreview: '{inviter} aimerait vous compter dans l’équipe.',
  inviteHeading: 'Vous êtes invité dans l’équipe de {organisation}',
  inviteText: '{inviter} vous invite dans l’équipe de {organisation}.',
  inviteRole: 'Votre rôle',
  inviteEvents: 'Pour ces événements',
  roleOwner: 'Propriétaire : peut tout faire, y compris changer l’équipe',
  roleManager: 'Gérant : s’occupe des événements',
  roleFinance: 'Finances : voit les commandes, les comptes et les chiffres, rembourse, télécharge les listes',
  roleSupport: 'Assistance : trouve et corrige les commandes, renvoie les messages',
  roleDoor: 'Entrée : contrôle les billets',
  roleReadOnly: 'Lecture seule : voit les événements, les commandes et les chiffres, ne change rien',
  inviteButton: 'Voir l’invitation',
  inviteUntil:
    'L’invitation est valable {days, plural, one {# jour} other {# jours}}. Pour l’accepter, il vous faut un compte avec l’adresse {address} ; si vous n’en avez pas, vous pouvez en ouvrir un sur cette page.',
  inviteIgnore:
    'Si vous ne voulez pas, refusez-la sur cette page ou ignorez cet e-mail : personne n’entre dans une équipe sans accepter.',
  inviteWhy: 'Vous recevez cet e-mail parce que {inviter} a saisi votre adresse.',
  // Ce qu’il y a à dire d’une commande
  when: 'Quand',
  whenIs: '{date}, {time}',
  doors: 'Ouverture des portes',
  where: 'Où',
  event: 'Événement',
  order: 'Commande',
  promoCode: 'Code promo',
  total: 'Total',
  free: 'Gratuit',
  refund: 'Remboursement',
  'collect.door': 'À retirer sur place avec le code',
  'collect.post': 'Envoyé par la poste',
  'collect.none': 'Rien à retirer',
  seatName: '{section}, rang {row}, place {seat}',
  seatNameNoRow: '{section}, place {seat}',
  unpublishedSubject: 'Non publié : {event}',
  unpublishedPreview: 'Il manquait quelque chose le {at}.',
  unpublishedHeading: 'Votre événement n’a pas été publié',
  unpublishedText:
    'Il devait être publié le {at}. Il manquait alors quelque chose, c’est donc encore un brouillon. Complétez-le, puis publiez-le ou choisissez un autre moment.',
  unpublishedLacks: 'Il manque',
  unpublishedButton: 'Compléter l’événement',
  unpublishedWhy: 'Vous recevez ce message parce que vous pouvez modifier {event}.',
  gap_start: 'le début',
  gap_end: 'la fin',
  gap_start_in_future: 'un début dans le futur',
  gap_venue: 'le lieu',
  gap_city: 'la ville',
  gap_country: 'le pays',
  gap_ticket_type: 'un type de billet public',
  gap_places: 'des places à vendre',
  gap_sale_end_in_future: 'une fin de vente dans le futur',
  reviewSubject:
    '{count, plural, one {# commande attend} other {# commandes attendent}} votre regard : {event}',
  reviewPreview: 'Sans décision, elles sont confirmées à partir du {until}.',
  reviewHeading: '{count, plural, one {# commande attend} other {# commandes attendent}} votre regard',
  reviewText:
    '{count, plural, one {Cette commande présente} other {Ces commandes présentent}} de nombreux signes d’un programme qui achète des billets en masse. Les acheteurs ont payé et leurs billets attendent. Confirmez une commande ou remboursez-la. Si personne ne décide, la première est confirmée le {until}.',
  reviewButton: 'Voir les commandes',
  reviewWhy: 'Vous recevez cet e-mail parce que vous pouvez rembourser des commandes de {event}.',
  heldSubject: 'Votre commande est examinée : {event}',
  heldPreview: 'Nous avons votre paiement. Les billets suivront.',
  heldHeading: 'Votre commande est examinée',
  heldText:
    'Vous avez payé pour {event} et vos places sont à vous. Avant l’envoi des billets, l’organisateur examine cette commande, car elle ressemble à celles de programmes qui achètent des billets en masse. La plupart de ces commandes viennent de vraies personnes, et cela dure au plus jusqu’au {until}. Si personne ne s’y oppose d’ici là, vos billets arrivent d’eux-mêmes. Si l’organisateur n’accepte pas la commande, tout votre argent vous est rendu.',
  heldAppeal:
    'L’organisateur devrait-il savoir quelque chose, par exemple que vous achetez pour un groupe ? Ouvrez votre commande et écrivez-le une fois.',
  heldButton: 'Ouvrir la commande et écrire',
  askedSubject: 'Une nouvelle place pour vous : {event}',
  askedPreview: 'Payez {amount} avant le {until} pour la prendre.',
  askedHeading: 'L’organisateur a une nouvelle place pour vous',
  askedText:
    'L’organisateur vous réserve une autre place pour {event}. Elle coûte {amount} de plus que votre billet. Payez cette différence avant le {until} et le nouveau billet remplacera l’ancien. D’ici là, votre billet reste valable.',
  askedButton: 'Payer {amount}',
  askedElse:
    'Si vous ne voulez pas de la nouvelle place, ne faites rien. Vous ne devez rien et votre billet reste tel quel.',
  askedWhy:
    'Vous recevez cet e-mail parce que vous avez un billet que l’organisateur souhaite échanger (commande {number}).',
  lapsedSubject: 'Votre billet reste tel quel : {event}',
  lapsedPreview: 'L’échange n’a pas été payé. Vous ne devez rien.',
  lapsedHeading: 'Rien n’a été échangé',
  lapsedText:
    'L’échange de votre billet pour {event} a pris fin sans paiement. Vous ne devez rien, votre billet est comme avant et la nouvelle place est libre pour d’autres.',
  openOrder: 'Ouvrir votre commande',
  linkSubject: 'Votre commande : {event}',
  linkPreview: 'Le lien vers la commande {number}.',
  linkText:
    'Quelqu’un, sans doute vous, a demandé le lien vers la commande {number}. Il ouvre votre commande et ses billets sur n’importe quel appareil.',
  linkSecret: 'Toute personne qui a ce lien peut utiliser et annuler vos billets. Ne le transmettez pas.',
  orderWhy: 'Vous recevez cet e-mail parce que la commande {number} a été passée avec cette adresse.',
  // Les billets
  confirmedSubject: 'Vos billets : {event}',
  confirmedPreview:
    '{count, plural, one {Votre billet est en pièce jointe.} other {Vos # billets sont en pièce jointe.}} Commande {number}.',
  smsOffer:
    '{event} : {count, plural, one {une place est gardée} many {# places sont gardées} other {# places sont gardées}} pour vous jusqu’au {until}. {url}',
  smsMoved: '{event} change d’heure ou de lieu : {when}, {venue}. {url}',
  smsCancelled: '{event} ({when}) est annulé. {url}',
  smsCode: '{code} est votre code pour recevoir des SMS de {site}. Il est valable 10 minutes.',
  smsStop: 'Répondez STOP pour les arrêter.',
  pushConfirmed:
    '{count, plural, one {Votre billet est prêt.} other {Vos # billets sont prêts.}} Commande {number}.',
  confirmedText:
    'Merci, {name}. {count, plural, one {Votre billet est joint} other {Vos # billets sont joints}} en PDF, avec l’événement pour votre calendrier. Montrez chaque code à l’entrée, sur un téléphone ou sur papier.',
  // La veille
  reminderSubject: 'Bientôt : {event}',
  reminderText: 'Votre événement approche. Ayez vos billets à portée de main à l’entrée.',
  newLinkSubject: 'Nouveau lien pour {event}',
  newLinkText:
    'Le lien pour participer en ligne a changé. Ouvrez vos billets : il s’y trouve. Un lien plus ancien ne marche peut-être plus.',
  joinOnline: 'En ligne',
  joinLater: 'Vous trouverez le lien sur vos billets.',
  joinNote: 'Remarque',
  joinNow: 'Participer en ligne',
  openTickets: 'Ouvrir vos billets',
  reminderWhy:
    'Vous recevez cet e-mail parce que vous voulez qu’on vous rappelle les événements. Vous pouvez le désactiver dans votre compte. Commande {number}.',
  // Annulé
  // The waitlist
  offerSubject: 'Des places pour vous : {event}',
  offerPreview: 'Gardées jusqu’au {until}.',
  offerHeading: '{count, plural, one {Une place est libre pour vous} other {# places sont libres pour vous}}',
  offerText:
    'Vous attendiez pour {event}, et c’est votre tour. {count, plural, one {Une place vous est gardée} other {# places vous sont gardées}} jusqu’au {until}. Passé ce délai, {count, plural, one {elle ira} other {elles iront}} à la personne suivante.',
  offerButton: 'Voir l’offre',
  offerTickets: 'Billets',
  offerUntil: 'À vous jusqu’au',
  offerElse:
    'Si vous ne voulez pas de ces places, refusez-les sur la même page : la personne suivante les aura aussitôt. Toute personne qui a ce lien peut les acheter : ne le transmettez pas.',
  offerWhy: 'Vous recevez ce message parce que vous êtes sur la liste d’attente de {event}.',
  turnSubject: 'C’est votre tour : {event}',
  turnPreview: 'Choisissez vos places jusqu’au {until}.',
  turnText:
    'Vous attendiez pour {event}, et c’est votre tour. Choisissez vos places jusqu’au {until}. Si vous ne venez pas, votre tour ira à la personne suivante après quelques minutes.',
  turnButton: 'Aller à la file d’attente',
  turnWhy: 'Vous recevez ce message parce que vous êtes dans la file d’attente de {event}.',
  nearSubject: 'Bientôt votre tour : {event}',
  nearMinutes: '{count, plural, one {Encore une minute environ.} other {Encore # minutes environ.}}',
  nearText:
    'Ouvrez la page de la file d’attente de {event} pour choisir vos places dès que ce sera votre tour.',
  cancelledSubject: 'Annulé : {event}',
  cancelledPreview: 'La commande {number} est annulée.',
  cancelledHeading: 'Votre commande est annulée',
  cancelledText: 'Votre commande pour {event} est annulée et ses billets ne sont plus valables.',
  cancelledRefund: '{amount} reviennent sur la carte ou le compte avec lequel vous avez payé.',
  cancelledNoRefund: 'Rien n’est remboursé.',
  ticketsCancelledSubject: '{count, plural, one {Billet annulé} other {Billets annulés}} : {event}',
  ticketsCancelledPreview: '{count, plural, one {Un billet} other {# billets}} de la commande {number}.',
  ticketsCancelledHeading: '{count, plural, one {Un billet est annulé} other {# billets sont annulés}}',
  ticketsCancelledText:
    '{count, plural, one {Un billet de votre commande pour {event} est annulé et ne donne plus accès.} other {# billets de votre commande pour {event} sont annulés et ne donnent plus accès.}} Les autres billets restent valables.',
  // Déplacé ou annulé
  seatsChangedSubject: 'Nouvelle place : {event}',
  seatsChangedPreview: 'Maintenant : {seats}',
  seatsChangedHeading: '{count, plural, one {Votre place a changé} other {Vos places ont changé}}',
  seatsChangedText:
    'L’organisateur a modifié le plan de salle de {event}. Vos billets et leurs codes restent valables. Si vous avez imprimé vos billets, imprimez-les de nouveau : ils indiquent la nouvelle place.',
  seatBefore: 'Avant : {seat}',
  seatStandsElsewhere: 'Le même nom, à un autre endroit de la salle',
  movedSubject: 'Nouvelle date ou nouveau lieu : {event}',
  movedPreview: 'Désormais : {when}',
  movedHeading: '{event} change de date ou de lieu',
  movedText:
    'L’organisateur a déplacé {event}. Vos billets restent valables. Le fichier joint modifie l’entrée de votre agenda.',
  movedWaitingText:
    'L’organisateur a déplacé {event}. Vous gardez votre place sur la liste d’attente. Si ce changement ne vous convient pas, vous pouvez quitter la liste sur la page de l’événement.',
  openEvent: 'Voir l’événement',
  movedOffer:
    'Si vous ne pouvez pas venir, annulez votre commande avant le {until} : tout ce que vous avez payé vous sera rendu.',
  whenBefore: 'Quand, avant',
  whereBefore: 'Où, avant',
  eventCancelledSubject: 'Événement annulé : {event}',
  eventCancelledPreview: 'Les billets de la commande {number} ne sont plus valables.',
  eventCancelledHeading: '{event} est annulé',
  eventCancelledText:
    'L’organisateur a annulé {event}, vos billets ne sont donc plus valables. Le fichier joint retire l’événement de votre agenda.',
  paymentFailedSubject: 'Votre paiement pour {event} a échoué',
  paymentFailedPreview: 'La commande {number} est terminée. Rien n’a été payé.',
  paymentFailedHeading: 'Le paiement a échoué',
  paymentFailedText:
    'Le paiement de votre commande pour {event} n’a pas abouti : la commande est donc terminée et vos places sont de nouveau libres. Vous ne devez rien. Si un paiement est encore en route, il vous sera entièrement remboursé.',
  chooseAgain: 'Choisir à nouveau des billets',
  eventCancelledUnpaidPreview: 'Vous ne devez rien pour la commande {number}.',
  eventCancelledUnpaidText:
    'L’organisateur a annulé {event} avant le paiement de votre commande : elle est donc terminée. Vous ne devez rien. Si un paiement est déjà en route, il vous sera entièrement remboursé.',
  eventCancelledWaitingPreview: 'La liste d’attente est terminée.',
  eventCancelledWaitingText:
    'L’organisateur a annulé {event}, la liste d’attente est donc terminée. Vous n’avez rien à faire et vous ne devez rien.',
  eventCancelledKept:
    'L’organisateur ne rembourse pas cet événement. Pour toute question, adressez-vous à lui.',
  reason: 'Motif',
  cancelledFirstHeading: 'L’événement a été annulé, votre argent vous revient donc',
  cancelledFirstText:
    'Votre paiement pour {event} nous est parvenu après l’annulation de l’événement. Vous n’avez pas de billets de cette commande, et tout votre argent vous a été renvoyé.',
  // L’argent qui revient
  refundSubject: 'Remboursement envoyé : {event}',
  refundPreview: '{amount} pour la commande {number}.',
  refundHeading: 'Votre remboursement est en route',
  refundText: 'Le remboursement de votre commande annulée pour {event} est parti.',
  giftLateText: 'Votre paiement pour {event} est arrivé trop tard. Nous l’avons renvoyé en entier.',
  ticketGoneHeading: 'Le billet n’était plus là, votre argent revient',
  ticketGoneText:
    'À l’arrivée de votre paiement, le billet pour {event} dont il dépendait avait été utilisé, annulé ou transmis. Nous vous avons renvoyé tout votre argent.',
  exchangedText: 'Billet pour {event} échangé contre une place moins chère. Vous récupérez la différence.',
  resoldText: 'Quelqu’un d’autre a acheté votre billet pour {event}. Nous vous avons renvoyé votre argent.',
  twiceText:
    'Votre commande pour {event} a été payée deux fois. Le second paiement vous a été renvoyé ; vos billets restent valables.',
  goneSubject: 'Pas de billets, argent rendu : {event}',
  goneHeading: 'Les places étaient parties, votre argent vous revient donc',
  cardHeading: 'Cette carte a déjà acheté autant de billets que permis, votre argent vous revient donc',
  cardText:
    'Pour {event}, une carte de paiement n’achète qu’un nombre limité de billets, même pour des personnes différentes, et celle-ci l’avait déjà atteint. Votre commande n’est donc pas confirmée, et ses places sont de nouveau libres. Tout votre argent vous est rendu.',
  goneText:
    'Votre paiement pour {event} nous est parvenu une fois le délai d’achat écoulé, et les places étaient déjà prises. Vous n’avez pas de billets de cette commande, et tout votre argent vous a été renvoyé.',
  receiptText:
    'Votre reçu est sur la page de votre commande. Vous y obtenez aussi une facture avec votre adresse.',
  creditNote: 'Avoir',
  creditNoteWhere: 'Sur la page de votre commande',
  bankDays: 'Votre banque peut mettre quelques jours à l’afficher.',
  // The organiser refunds or cancels
  orderNumber: 'Commande {number}.',
  organiserRefundSubject: 'Remboursement : {event}',
  organiserRefundHeading: '{amount} vous sont remboursés',
  organiserRefundText: 'L’organisateur de {event} vous rembourse {amount} de votre commande.',
  organiserEndedText:
    'L’organisateur de {event} a annulé des billets de votre commande. Rien n’est remboursé.',
  organiserEndedCount:
    '{count, plural, one {Un billet est annulé et n’est plus valable.} other {# billets sont annulés et ne sont plus valables.}}',
  organiserKeptText: 'Vos billets restent tels quels.',
  organiserReason: 'L’organisateur écrit : {reason}',
  organiserRefundSoon:
    'L’argent revient sur la carte ou le compte avec lequel vous avez payé. Vous recevrez un autre message quand il sera parti.',
  disputeLostText:
    'Votre banque vous a rendu l’argent payé pour {event} : vos billets ne sont donc plus valables.',
  organiserSentText: 'Le remboursement de l’organisateur de {event} est parti.',
  dispute_chargeback: 'Un paiement est contesté',
  dispute_chargeback_text:
    'La banque de l’acheteur reprend l’argent jusqu’à sa décision. L’argent est mis de côté et rien de cette commande ne peut être remboursé d’ici là. Les billets restent valables.',
  dispute_inquiry: 'Une banque s’informe d’un paiement',
  dispute_inquiry_text:
    'La banque d’un acheteur s’informe de ce paiement. L’argent n’a pas bougé. Une bonne réponse peut éviter une contestation.',
  dispute_fraud_warning: 'Une banque signale une fraude',
  dispute_fraud_warning_text:
    'La banque pense qu’une autre personne a payé avec cette carte. L’argent n’a pas bougé. En remboursant la commande maintenant, vous pouvez éviter une contestation.',
  dispute_won: 'Contestation gagnée',
  dispute_won_text: 'La banque vous a donné raison. L’argent de cette commande est de nouveau à vous.',
  dispute_lost: 'Contestation perdue',
  dispute_lost_text:
    'La banque a donné raison à l’acheteur, qui garde l’argent. S’il s’agissait de tout le paiement, les billets non utilisés ne sont plus valables et leurs places sont de nouveau libres.',
  disputeSubject: '{what} : {event}, commande {number}',
  disputeDue: 'Les preuves sont attendues avant le {due}.',
  disputeEvidence:
    'L’opérateur de ce site répond à la banque avant le {due}. Envoyez-lui ce qui montre que l’acheteur a reçu ce qu’il a payé, par exemple vos courriers. Admit a les entrées.',
  disputeAmount: 'Montant',
  disputeButton: 'Ouvrir la commande',
  disputeWhy: 'Vous recevez cet e-mail parce que vous pouvez rembourser des commandes de {event}.',
  // A file on schedule
  exportSubject: '{table} : {event}',
  exportPreview: 'État au {due}.',
  exportHeading: 'Votre fichier est prêt',
  exportText: 'Le fichier que votre équipe a programmé est prêt.',
  exportFile: 'Fichier',
  exportDue: 'État au',
  exportUntil:
    'Le lien s’ouvre pour les membres de l’équipe qui sont connectés et peuvent télécharger des exports. Il expire le {until}.',
  exportButton: 'Télécharger le fichier',
  exportWhy:
    'Vous recevez cet e-mail parce que votre équipe a programmé ce fichier de {event} pour vous. Vous pouvez désactiver ces e-mails dans votre compte.',
  export_attendees: 'Participants',
  export_orders: 'Commandes',
  export_payments: 'Paiements et remboursements',
  export_check_ins: 'Entrées',
  export_tax: 'Taxes',
  export_answers: 'Réponses',
  export_extras: 'Extras',
  includesTax: 'Dont {name} {rate}',
  includesFees: 'Dont frais de réservation',
  // Tickets that change hands
  offeredSubject: '{sender} a {count, plural, one {un billet} other {# billets}} pour vous : {event}',
  offeredPreview:
    '{count, plural, one {Acceptez-le, et il est à vous.} other {Acceptez-les, et ils sont à vous.}}',
  offeredHeading: '{count, plural, one {Un billet} other {# billets}} pour {event}',
  offeredText:
    '{sender} souhaite vous transmettre {count, plural, one {un billet} other {# billets}} pour {event}. Si vous acceptez, vous recevez {count, plural, one {votre propre code et l’ancien n’est plus valable} other {vos propres codes et les anciens ne sont plus valables}}.',
  offeredMessage: '{sender} écrit : {message}',
  offeredPlace: '{count, plural, one {Billet} other {Billets}}',
  offeredButton: 'Voir l’offre',
  offeredUntil: 'Vous pouvez accepter jusqu’au {until}. Ensuite, l’offre prend fin.',
  offeredIgnore:
    'Si vous n’en voulez pas, refusez sur cette page ou ignorez cet e-mail. Ne transmettez pas le lien : toute personne qui l’a peut accepter l’offre.',
  offeredWhy: 'Vous recevez cet e-mail parce que {sender} a indiqué votre adresse.',
  receivedSubject: '{count, plural, one {Votre billet} other {Vos billets}} : {event}',
  receivedPreview:
    '{count, plural, one {Votre billet est en pièce jointe.} other {Vos billets sont en pièce jointe.}}',
  receivedText:
    '{count, plural, one {Le billet pour {event} est maintenant à vous. Il est joint} other {Les billets pour {event} sont maintenant à vous. Ils sont joints}} en PDF, avec l’événement pour votre agenda. Présentez {count, plural, one {son code} other {les codes}} à l’entrée, sur un téléphone ou sur papier.',
  confirmedPhonePreview:
    '{count, plural, one {Votre billet est prêt.} other {Vos # billets sont prêts.}} Commande {number}.',
  confirmedPhoneText:
    'Merci, {name}. {count, plural, one {Votre billet est prêt} other {Vos # billets sont prêts}}, et l’événement pour votre calendrier est en pièce jointe. Ouvrez la commande sur votre téléphone avant de venir : le code pour l’entrée s’y trouve. Il change toutes les 15 secondes, une photo n’est donc pas valable.',
  receivedPhonePreview: '{count, plural, one {Votre billet est prêt.} other {Vos billets sont prêts.}}',
  receivedPhoneText:
    '{count, plural, one {Le billet pour {event} est maintenant à vous.} other {Les billets pour {event} sont maintenant à vous.}} L’événement pour votre agenda est en pièce jointe. Ouvrez {count, plural, one {le billet} other {les billets}} sur votre téléphone avant de venir : le code pour l’entrée s’y trouve. Il change toutes les 15 secondes, une photo n’est donc pas valable.',
  openTicket: 'Ouvrir votre billet',
  receivedSecret: 'Toute personne qui a ce lien peut utiliser votre billet. Ne le transmettez pas.',
  receivedWhy: 'Vous recevez cet e-mail parce que vous avez accepté un billet de {sender}.',
  passedOnSubject: '{count, plural, one {Billet transmis} other {Billets transmis}} : {event}',
  passedOnPreview: '{recipient} a accepté {count, plural, one {votre billet} other {vos billets}}.',
  passedOnHeading: '{recipient} a accepté {count, plural, one {votre billet} other {vos billets}}',
  passedOnText:
    '{count, plural, one {Votre billet pour {event} est maintenant à {recipient}. Votre code n’est plus valable. Si {recipient} rend le billet, le remboursement va à la personne qui l’a payé.} other {Vos # billets pour {event} sont maintenant à {recipient}. Vos codes ne sont plus valables. Si {recipient} rend un billet, le remboursement va à la personne qui l’a payé.}}',
  passedOnWhy: 'Vous recevez cet e-mail parce que vous avez proposé un billet à quelqu’un.',
  offerEndedSubject: '{count, plural, one {Billet non transmis} other {Billets non transmis}} : {event}',
  offerEndedHeading:
    '{count, plural, one {Le billet n’a pas été transmis} other {Les billets n’ont pas été transmis}}',
  offerDeclined:
    '{recipient} a refusé {count, plural, one {votre billet} other {vos # billets}} pour {event}.',
  offerExpired:
    '{recipient} n’a pas accepté à temps {count, plural, one {votre billet} other {vos # billets}} pour {event}.',
  offerWithdrawn:
    '{sender} a repris {count, plural, one {le billet} other {les # billets}} pour {event}. Vous ne pouvez plus {count, plural, one {l’accepter} other {les accepter}}.',
  offerStillYours:
    '{count, plural, one {Il est toujours à vous, et son code reste valable.} other {Ils sont toujours à vous, et leurs codes restent valables.}}',
  heldEndedSubject: 'Billet annulé : {event}',
  heldEndedHeading: 'Votre billet n’est plus valable',
  heldReturned: 'Le billet pour {event} a été rendu et ne permet plus d’entrer.',
  heldCancelled:
    'Le billet pour {event} a été annulé et ne permet plus d’entrer. Si vous avez des questions, adressez-vous à l’organisateur.',
  heldEventCancelled:
    'L’organisateur a annulé {event}, votre billet n’est donc plus valable. Le fichier joint retire l’événement de votre agenda.',
  heldMoney: 'Si de l’argent est rendu, il va à la personne qui a payé le billet.',
  // Tickets on resale
  resaleOfferedSubject: 'Proposé à la revente : {event}',
  resaleOfferedPreview: 'Le billet est à vous jusqu’à ce que quelqu’un l’ait payé.',
  resaleOfferedHeading: 'Votre billet est proposé à la revente',
  resaleOfferedText:
    'Votre billet pour {event} va aux personnes de la liste d’attente, au prix qui a été payé. Il reste à vous, et son code reste valable, jusqu’à ce que quelqu’un l’ait payé. Si personne ne l’achète avant {until}, vous le gardez. Vous pouvez le reprendre sur la page du billet.',
  resaleSoldSubject: 'Billet revendu : {event}',
  resaleSoldPreview: 'Votre billet est maintenant à quelqu’un d’autre.',
  resaleSoldHeading: 'Votre billet est revendu',
  resaleSoldText: 'Quelqu’un d’autre a acheté votre billet pour {event}. Votre code n’est plus valable.',
  resaleSoldBack:
    '{back} reviennent sur la carte ou le compte avec lequel vous avez payé. Vous recevrez un autre e-mail à l’envoi ; ensuite, votre banque peut prendre quelques jours.',
  resaleSoldBackToPayer:
    '{back} reviennent à la personne qui a payé le billet. Elle recevra un e-mail à l’envoi.',
  resaleEndedSubject: 'Pas revendu : {event}',
  resaleEndedHeading: 'Votre billet n’a pas été revendu',
  resaleUnsold: 'Personne n’a acheté à temps votre billet pour {event}.',
  resaleOff: 'L’organisateur de {event} a mis fin à la revente.',
  resaleRefunded:
    'Une partie du prix de votre billet pour {event} a été remboursée, il n’est donc plus proposé. Vous pouvez le proposer de nouveau pour le reste.',
  resaleDisputed:
    'La banque de la personne qui a payé votre billet pour {event} conteste le paiement, il n’est donc plus proposé.',
  resalePrice: 'Prix',
  resaleFee: 'L’organisateur garde',
  resaleBack: 'Remboursé',
  resaleWhy: 'Vous recevez cet e-mail parce que vous avez proposé un billet à la revente.',
  offerResale:
    'Cette offre comprend le billet d’une autre personne, au prix qu’elle a payé. Quand vous payez, vous recevez votre propre code, et le sien ne vaut plus rien.',
  // Messages of the organiser
  broadcastWhy:
    'Vous recevez ce message parce que vous avez un billet pour {event}. L’organisateur l’a écrit.',
  newsWhy:
    'Vous recevez ce message parce que vous avez un billet pour {event}. L’organisateur l’a écrit. Vous pouvez désactiver ces nouvelles dans votre compte ou dans votre messagerie.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
