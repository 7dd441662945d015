import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  unreachable: 'Nous n’avons pas pu joindre le serveur. Vérifiez votre connexion et réessayez.',
  invalid_request: 'Il manque quelque chose ici, ou quelque chose est faux.',
  payload_too_large: 'C’est plus volumineux que ce que nous acceptons.',
  not_found: 'Il n’y a rien ici, ou ce n’est pas à vous de le voir.',
  version_mismatch: 'Quelqu’un a modifié ceci entre-temps. Rechargez et refaites votre modification.',
  unauthenticated: 'Connectez-vous d’abord, ou continuez en tant qu’invité.',
  forbidden: 'Votre rôle ne le permet pas.',
  suspended: 'Ce compte est suspendu.',
  invalid_credentials: 'L’adresse e-mail ou le mot de passe est incorrect.',
  wrong_password: 'Le mot de passe actuel est incorrect.',
  password_too_common:
    'Ce mot de passe est l’un des premiers que l’on essaierait. Choisissez-en un autre, par exemple trois mots à la suite.',
  password_too_personal:
    'Ce mot de passe est fait de votre nom, de votre adresse ou du nôtre. Choisissez-en un que personne ne peut deviner.',
  email_taken:
    'Il existe déjà un compte avec cette adresse. Connectez-vous ou choisissez un nouveau mot de passe.',
  email_already_verified: 'Cette adresse est déjà confirmée.',
  order_link_invalid:
    'Ce lien vers la commande ne fonctionne plus. Demandez-en un nouveau avec le numéro de commande.',
  order_address_fixed:
    'L’adresse de cette commande ne peut plus être changée : un billet a été utilisé ou la commande est terminée.',
  token_invalid: 'Ce lien a expiré ou a déjà servi. Demandez-en un nouveau.',
  sign_in_to_verify:
    'Vous n’êtes pas connecté au compte dans ce navigateur. Connectez-vous pour confirmer l’adresse, ou choisissez un nouveau mot de passe.',
  email_not_verified: 'Confirmez d’abord votre adresse e-mail.',
  request_timeout: 'Votre demande a mis trop de temps à nous parvenir. Vérifiez la connexion et réessayez.',
  exports_busy: 'Votre équipe télécharge déjà deux fichiers. Attendez que l’un d’eux soit terminé.',
  not_admitted:
    'Cet événement a une file d’attente. Rejoignez-la et choisissez vos places quand ce sera votre tour.',
  queue_ended: 'La file d’attente de cet événement est fermée.',
  proof_required:
    'Sans adresse e-mail confirmée, votre navigateur doit effectuer un calcul avant que vous puissiez rejoindre cette file d’attente.',
  queue_network_limit:
    'Beaucoup de personnes de votre réseau ont rejoint cette file d’attente. Patientez un instant ou connectez-vous avec une adresse e-mail confirmée.',
  rehearsal_under_way: 'Une répétition de cet événement est en cours. Attendez qu’elle soit terminée.',
  unknown_lane_code: 'Cette file n’a pas de voie avec ce code. Vérifiez le code.',
  lane_full: 'Tant de personnes ont utilisé ce code que sa voie est pleine. Votre place dans la file reste.',
  lanes_closed: 'Les codes d’une voie ne comptent qu’avant le tirage.',
  beacon_not_overdue: 'Cette file n’attend pas une balise en retard.',
  draw_pending: 'L’ordre de cette file n’a pas encore été tiré au sort.',
  payout_changed:
    'Un autre montant est dû maintenant. Rechargez la liste et comparez-le avec ce que vous avez versé.',
  payout_account_not_ready:
    'Cette organisation n’a pas de compte qui reçoit des virements. Payez à la main ou demandez-lui d’en connecter un.',
  payouts_by_hand_only:
    'Cette plateforme paie les organisateurs à la main. Il n’y a pas de compte à connecter.',
  payout_reference_used:
    'Cet organisateur a déjà un versement d’un autre montant avec cette référence. Indiquez une autre référence.',
  large_request_pending:
    'Nous traitons encore votre dernier envoi. Attendez qu’il soit terminé, puis réessayez.',
  large_requests_busy: 'Beaucoup de grands plans sont en cours d’enregistrement. Réessayez dans un instant.',
  headers_too_large: 'Votre navigateur envoie trop de cookies pour ce site. Supprimez-les et réessayez.',
  sms_off: 'Ce site n’envoie pas de SMS.',
  sms_unavailable: 'Aucun SMS ne peut être envoyé pour le moment. Réessayez plus tard.',
  phone_number_refused: 'Ce numéro ne peut pas recevoir de SMS d’ici. Vérifiez-le ou prenez-en un autre.',
  phone_number_stopped:
    'Ce numéro a répondu STOP. Envoyez START depuis ce numéro à celui d’où venaient les SMS.',
  sms_code_wrong: 'Ce n’est pas le code du SMS.',
  sms_code_ended: 'Ce code n’est plus valable. Demandez-en un nouveau.',
  rate_limited: 'Trop de demandes. Attendez un instant et réessayez.',
  busy: 'Énormément de personnes achètent en ce moment. Réessayez dans un instant.',
  unavailable: 'Ce n’est pas possible pour le moment. Réessayez dans un instant.',
  internal: 'Quelque chose n’a pas marché de notre côté.',
  already_published: 'Cet événement est déjà publié.',
  event_on_sale: 'Cet événement est publié et n’est pas terminé. Annulez sa publication avant de l’archiver.',
  event_not_deletable:
    'Cet événement a été publié : des gens peuvent avoir son adresse ou ses billets. Archivez-le plutôt.',
  date_rule_refused: 'Admit ne peut pas créer de dates selon cette règle.',
  too_many_dates: 'C’est plus de dates qu’on ne peut en créer à la fois. Faites finir la règle plus tôt.',
  preview_limit: 'Cet événement a déjà autant de liens d’aperçu valables que permis. Révoquez-en un d’abord.',
  event_not_publishable: 'Il manque quelque chose à l’événement pour pouvoir être publié.',
  event_has_sales: 'Des places de cet événement sont réservées ou vendues : ceci ne peut plus être modifié.',
  pass_date_full: 'Une date n’a pas assez de places libres pour ce pass. Rien n’a été modifié.',
  pass_date_unfit:
    'Un pass ouvre des dates non terminées de la même organisation et de la même devise, avec des places sans numéro.',
  pass_changing: 'Quelqu’un d’autre modifie les places de ce pass. Réessayez dans un instant.',
  pass_places: 'Cet événement est un pass. Modifiez ses places sur la page du pass.',
  ticket_of_pass: 'Ce billet fait partie d’un pass et le suit. Transmettez ou annulez le pass lui-même.',
  capacity_below_taken: 'Davantage de places sont déjà réservées ou vendues.',
  slug_taken: 'Un autre événement a déjà cette adresse.',
  event_not_on_sale: 'Cet événement n’est pas en vente.',
  sale_not_started: 'La vente n’a pas encore commencé.',
  sale_ended: 'La vente est terminée.',
  sold_out: 'Il ne reste plus assez de places.',
  waitlist_off: 'Cet événement n’a pas de liste d’attente.',
  offer_link_invalid: 'Cette offre est terminée, ou son lien n’est pas complet.',
  places_available:
    'Des places sont en vente en ce moment, il n’est pas nécessaire d’attendre. Choisissez-les ci-dessus.',
  already_waiting:
    'Vous attendez déjà ce type de billet. Quittez d’abord la liste s’il vous faut un autre nombre de places.',
  party_too_large: 'Il n’y a jamais autant de places. Attendez-en moins.',
  waitlist_network_limit:
    'Trop de places sont attendues depuis votre réseau. Attendez-en moins, ou utilisez une autre connexion.',
  accessible_taken:
    'Il n’y a pas autant de places pour fauteuil roulant libres avec des places accompagnateur à côté.',
  seats_taken: 'Quelqu’un d’autre vient de prendre une de ces places.',
  seat_map_changed: 'Le plan de salle a changé. Regardez le nouveau et choisissez de nouveau.',
  limit_reached: 'C’est plus de places qu’une personne ne peut en avoir pour cet événement.',
  ticket_needed: 'Cet extra est réservé aux personnes qui ont un billet. Choisissez aussi un billet.',
  extra_limit_reached: 'C’est plus que ce que vous pouvez avoir de cet extra.',
  too_few_tickets: 'Ces billets se vendent à partir de {minimum} par commande. Prenez-en plus, ou aucun.',
  price_too_low: 'Ces billets coûtent plus cher. Indiquez un prix plus élevé.',
  network_limit:
    'Beaucoup de places pour cet événement sont réservées depuis votre réseau. Attendez un peu, ou connectez-vous avec une adresse confirmée.',
  hold_again_later:
    'Votre temps pour ces places est écoulé. Choisissez-en d’autres, ou réservez-les plus tard.',
  email_limit_reached:
    'Une adresse e-mail peut avoir {limit, plural, one {# billet} many {# billets} other {# billets}} pour cet événement, et celle-ci en a déjà {have}. Prenez une autre adresse, ou rendez des places.',
  amount_too_large:
    'Ces billets coûtent ensemble plus que ce qu’une commande peut coûter. Choisissez-en moins.',
  hold_expired: 'Le délai pour acheter ces places est écoulé.',
  hold_ended: 'Ces places ne sont plus réservées.',
  unknown_promo_code: 'Ce code promo n’existe pas pour cet événement.',
  promo_code_ended: 'Ce code promo n’est plus valable.',
  tooManyPromoCodes:
    'Trop de codes promo étaient faux. Réessayez dans {minutes, plural, one {# minute} other {# minutes}}.',
  promo_code_used_up: 'Ce code promo ne suffit plus pour autant de billets.',
  promoUsesLeft:
    '{count, plural, =0 {Ce code est épuisé.} one {Ce code ne vaut plus que pour # billet.} many {Ce code ne vaut plus que pour # billets.} other {Ce code ne vaut plus que pour # billets.}}',
  access_code_needed: 'Ces billets demandent un code. Saisissez celui que vous avez reçu.',
  code_not_for_places: 'Ce code vaut pour d’autres billets ou une autre place.',
  gift_card_unknown: 'Aucune carte cadeau n’a ce code. Vérifiez-le.',
  gift_card_empty: 'Cette carte cadeau est vide.',
  gift_card_expired: 'Cette carte cadeau a expiré.',
  gift_card_blocked: 'L’organisateur a bloqué cette carte cadeau. Contactez-le.',
  gift_card_other_organiser: 'Cette carte cadeau est celle d’un autre organisateur.',
  gift_card_other_currency: 'Cette carte cadeau est dans une autre devise.',
  too_many_gift_card_codes: 'Trop de codes erronés. Réessayez dans quelques minutes.',
  code_keeps_places: 'Ces places sont réservées au code. Rendez-les pour continuer sans lui.',
  code_taken: 'Cet événement a déjà certains de ces codes.',
  too_many_codes: 'Un événement a au plus 100 000 codes. Créez-en moins.',
  promo_code_not_for_these: 'Un code promo ne réduit pas un prix que vous choisissez vous-même.',
  already_ordered: 'La commande est déjà passée ; ses billets et son prix ne changent plus.',
  order_not_cancellable: 'Cette commande ne peut plus être annulée.',
  ticket_not_of_order: 'Ce billet ne fait pas partie de cette commande.',
  ticket_not_cancellable: 'Un billet déjà utilisé ou annulé ne peut pas être annulé.',
  refund_lower: 'Le montant rendu a baissé. Rien n’a été annulé.',
  amount_differs: 'Le prix a changé. Rien n’a été vendu. Regardez le nouveau prix et réessayez.',
  refund_not_by_hand: 'Le prestataire de paiement envoie ce remboursement.',
  refund_not_allowed: 'Les conditions de cet événement ne permettent plus le remboursement.',
  order_not_refundable: 'Dans cette commande, il n’y a rien à rembourser ni à annuler.',
  order_disputed:
    'La banque de l’acheteur a contesté ce paiement. Rien ne peut être remboursé avant sa décision.',
  refund_exceeds_paid: 'C’est plus que ce qui reste du montant payé : {left}.',
  nothing_to_invoice:
    'Il ne reste rien à facturer pour cette commande : elle était gratuite, jamais payée ou remboursée en totalité.',
  too_many_corrections:
    'L’adresse de cette facture a été corrigée trop souvent. Demandez de l’aide à l’organisateur.',
  payment_not_open: 'Ce paiement est déjà terminé.',
  payment_provider_unavailable:
    'Le service de paiement ne répond pas. Vos places sont toujours réservées ; réessayez.',
  already_used: 'Ce billet a déjà servi.',
  wrong_event: 'Ce billet est pour un autre événement.',
  ticket_cancelled: 'Ce billet a été annulé.',
  wrong_gate: 'Ce billet n’est pas valable à ce point de contrôle.',
  not_a_ticket: 'Ce code est celui d’un extra. Il ne donne accès à personne.',
  wrong_ticket_type: 'Cet appareil ne peut pas admettre les billets de ce type.',
  not_today: 'Ce point de contrôle n’est pas ouvert ce jour-là.',
  not_yet_paid: 'L’organisateur n’a pas encore libéré la commande de ce billet.',
  ticket_disputed:
    'La banque de l’acheteur reprend l’argent de ce billet. Un responsable peut l’admettre malgré tout.',
  already_inside: 'La personne avec ce billet est à l’intérieur et n’a pas été scannée en sortant.',
  not_inside: 'Personne n’est à l’intérieur avec ce billet.',
  house_full: 'Le nombre maximal de personnes est atteint. Attendez que quelqu’un sorte.',
  handout_used: 'Tout ce que ce billet donne ici a déjà été remis.',
  wrong_number:
    'Aucun billet de cet événement n’a ce numéro. Comparez-le avec le billet et tapez-le à nouveau.',
  too_many_attempts: 'Trop de numéros faux ont été tapés ici. Scannez le code du billet, ou attendez.',
  check_in_not_latest: 'Ce billet a été scanné plus tard encore une fois. Annulez d’abord ce scan.',
  check_in_undone: 'Ce scan ne compte plus.',
  checkpoint_in_use:
    'Un lien de contrôle scanne encore à un point de contrôle que vous voulez supprimer. Révoquez d’abord le lien.',
  door_conflict_resolved: 'Quelqu’un a déjà réglé ce conflit. Rechargez la liste.',
  ticket_held:
    'L’organisateur examine d’abord cette commande. La commande indique jusqu’à quand le billet attend.',
  order_review_decided: 'Quelqu’un a déjà pris une décision sur cette commande. Rechargez la liste.',
  two_factor_required:
    'Les admins ont besoin d’une seconde étape de connexion. Activez-la d’abord dans votre compte.',
  event_removed: 'La plateforme a retiré cet événement. L’équipe a reçu les motifs par e-mail.',
  event_not_removed: 'Cet événement n’est pas retiré.',
  organisation_suspended:
    'La plateforme a suspendu cette organisation. L’équipe a reçu les motifs par e-mail.',
  organisation_not_suspended: 'Cette organisation n’est pas suspendue.',
  payouts_held:
    'Les versements à cette organisation sont retenus. Levez d’abord la retenue ou la suspension.',
  reports_decided: 'Quelqu’un a déjà décidé au sujet de ces signalements.',
  decision_appealed: 'Il existe déjà un recours contre cette décision. Quelqu’un y répondra.',
  appeal_too_late: 'Le délai de recours de six mois contre cette décision est écoulé.',
  appeal_answered: 'Quelqu’un a déjà répondu à ce recours.',
  appeal_of_own_decision: 'Vous avez pris cette décision, quelqu’un d’autre doit répondre.',
  appeal_made: 'Vous avez déjà écrit au sujet de cette commande. L’organisateur vous lira.',
  stale_code:
    'C’est la copie d’un code qui change, par exemple une capture d’écran. Demandez à l’invité d’ouvrir le billet sur son téléphone.',
  paper_not_accepted: 'Ce billet n’est valable qu’avec le code qui change, sur le téléphone de l’invité.',
  codes_fixed: 'Les codes de cet événement ne changent pas.',
  picture_refused:
    'Ce fichier n’est pas une image utilisable. Prenez un JPEG, PNG, WebP ou AVIF d’au moins 600 × 300 pixels.',
  pictures_full: 'Votre organisation a envoyé autant d’images que possible : 100 par jour, 2 000 en tout.',
  pictures_out_of_room: 'Le serveur n’a plus de place pour des images. Prévenez ceux qui le gèrent.',
  seat_layout_changed:
    'Le plan de salle de cet événement a été modifié autrement. Dites d’abord si le dessin le remplace.',
  seat_plan_changed:
    'Quelqu’un a enregistré une autre version de ce plan de salle. Regardez-la, puis appliquez-la.',
  plan_name_taken: 'Un plan de salle porte déjà ce nom. Choisissez-en un autre.',
  too_many_plans: 'La bibliothèque a déjà 50 plans de salle. Supprimez-en un d’abord.',
  invalid_api_key: 'Cette clé d’API n’existe pas ou a été révoquée. Créez-en une nouvelle.',
  api_key_expired: 'Cette clé d’API, ou son ancien secret, a expiré. Utilisez le nouveau.',
  missing_scope: 'Il manque à cette clé d’API le droit pour cela. Créez une clé avec ce droit.',
  too_many_api_keys: 'Cette organisation a 50 clés d’API. Révoquez-en une d’abord.',
  api_key_ended: 'Cette clé d’API a expiré ou a été révoquée. Créez-en une nouvelle.',
  api_key_of_another: 'Seule la personne qui a créé cette clé d’API peut lui donner un autre secret.',
  webhook_url_refused:
    'Aucun webhook n’est envoyé à cette adresse. Donnez une adresse https de l’internet public.',
  too_many_webhook_endpoints: 'Cette organisation a 20 points de réception. Supprimez-en un d’abord.',
  webhook_endpoint_disabled: 'Ce point de réception est désactivé. Activez-le d’abord.',
  pictures_busy: 'Le serveur traite beaucoup d’images. Réessayez dans un instant.',
  pictures_unavailable: 'Les images sont inaccessibles pour le moment. Réessayez dans un instant.',
  paper_not_allowed:
    'Les billets de cet événement se présentent sur un téléphone. Il n’y en a pas sur papier.',
  paper_not_asked: 'Ce billet se présente sur un téléphone. Demandez-le d’abord sur papier.',
  ticket_reissued: 'Ce billet a été remplacé par un plus récent.',
  bad_signature: 'Ce code n’est pas un des nôtres.',
  unknown_ticket: 'Ce billet est inconnu.',
  door_link_unknown:
    'Ce n’est pas un lien d’entrée, ou il est incomplet. Scannez de nouveau son code QR ou demandez-en un autre.',
  door_link_ended:
    'Ce lien d’entrée a pris fin : cet appareil ne peut plus scanner. Demandez un nouveau lien à l’organisateur.',
  link_full: 'Aucun autre appareil ne peut être enregistré ici.',
  link_limit: 'Cet événement a déjà autant de liens d’entrée valables que permis. Révoquez-en un d’abord.',
  way_not_offered: 'Ce moyen de paiement n’est plus proposé pour ces places. Choisissez-en un autre.',
  too_many_unpaid: 'Trop de places de cet événement attendent déjà un paiement. Choisissez un autre moyen.',
  account_missing: 'Indiquez d’abord le compte bancaire de votre organisation. Les acheteurs y paient.',
  waits_for_transfer: 'Cette commande attend son virement. Elle n’accepte aucun autre paiement.',
  not_by_transfer: 'Aucune commande de ce numéro ne se paie par virement.',
  statement_refused: 'Ce fichier n’est pas un relevé que nous pouvons lire.',
  entry_not_assignable: 'Il ne reste rien de ce virement.',
  order_takes_no_money: 'Cette commande est déjà payée, ou dans une autre monnaie.',
  assignment_final: 'Cet argent a payé sa commande. Remboursez plutôt la commande.',
  answers_refused: 'Certaines réponses manquent ou sont incorrectes. Regardez les champs marqués.',
  answers_fixed: 'Ces réponses ne peuvent plus être modifiées.',
  attendee_names_required: 'L’organisateur demande qui vient : indiquez un nom par billet.',
  code_wrong: 'Ce code est faux ou trop ancien.',
  second_step_over:
    'Le temps pour saisir le code est passé, ou il a été faux trop souvent. Connectez-vous à nouveau.',
  two_factor_on: 'La deuxième étape est déjà activée.',
  two_factor_off: 'La deuxième étape n’est pas activée.',
  passkey_refused: 'Cette clé d’accès n’a pas été acceptée.',
  sign_in_again: 'Votre connexion ici date un peu. Connectez-vous à nouveau pour faire cela.',
  tickets_ahead: 'Vous avez des billets pour des événements à venir.',
  last_owner: 'Une organisation resterait sans propriétaire. Donnez d’abord ce rôle à quelqu’un d’autre.',
  owner_must_accept: 'Cette personne ne devient propriétaire qu’en acceptant une invitation.',
  already_member: 'Cette personne est déjà dans l’équipe. Changez son rôle dans la liste.',
  already_invited: 'Cette adresse a une invitation ouverte. Renvoyez-la, ou annulez-la d’abord.',
  invitation_declined: 'Cette invitation a été refusée.',
  invitation_withdrawn: 'Cette invitation a été annulée. Demandez-en une nouvelle.',
  invitation_expired: 'Cette invitation a expiré. Demandez qu’on la renvoie.',
  invitation_used: 'Cette invitation a déjà été acceptée.',
  invitation_other_address: 'Cette invitation a été envoyée à une autre adresse que celle de votre compte.',
  // Tickets that change hands
  ticket_used: 'Ce billet a été utilisé à l’entrée et ne peut plus changer.',
  event_over: 'Cet événement est terminé.',
  ticket_transferred:
    'Ce billet a été transmis à une autre personne. Elle seule peut l’utiliser, le rendre ou le transmettre.',
  ticket_refunded: 'Le prix de ce billet a été remboursé.',
  transfers_off: 'L’organisateur ne permet pas de transmettre les billets de cet événement.',
  transfers_ended: 'Le délai pour transmettre les billets de cet événement est passé.',
  transfer_to_oneself: 'C’est votre propre billet. Transmettez-le à une autre personne.',
  transfer_pending: 'Ce billet est déjà proposé à quelqu’un. Reprenez d’abord cette offre.',
  transfer_not_accepted: 'Personne n’a encore accepté ce billet.',
  transfer_accepted: 'Quelqu’un a déjà accepté ce billet.',
  transfer_declined: 'Ce billet a été refusé. Demandez-le de nouveau.',
  transfer_withdrawn: 'L’expéditeur a retiré son offre.',
  transfer_expired:
    'Le délai pour accepter ce billet est passé. Demandez à l’expéditeur de le proposer de nouveau.',
  not_another_date:
    'Cet événement n’est pas une autre date de la série du billet. Choisissez l’une des dates affichées.',
  exchanges_off: 'L’organisateur ne permet pas d’échanger les billets de cet événement. Demandez-lui.',
  exchanges_ended: 'Le délai pour échanger les billets est passé. Demandez à l’organisateur.',
  exchange_pending: 'Un échange de ce billet attend son paiement. Payez-le ou annulez-le d’abord.',
  exchange_same_place: 'Votre billet a déjà cette place. Choisissez-en une autre.',
  exchange_refund_not_allowed:
    'La nouvelle place est moins chère, et les conditions de remboursement ne rendent pas la différence.',
  renames_off: 'L’organisateur ne permet pas de changer les noms sur les billets. Adressez-vous à lui.',
  renames_ended: 'Le délai pour changer les noms sur les billets est passé. Adressez-vous à l’organisateur.',
  resales_off: 'L’organisateur ne permet pas de revendre les billets de cet événement.',
  resales_ended: 'Le délai pour proposer des billets à la revente est passé.',
  resale_pending: 'Ce billet est en revente. Reprenez-le d’abord.',
  resale_in_payment: 'Quelqu’un est en train de payer ce billet. Réessayez quand son temps sera écoulé.',
  resale_too_cheap:
    'Ce billet a coûté moins que ce qu’une carte peut payer : personne ne pourrait l’acheter.',
  places_fixed:
    'Ces billets viennent d’autres personnes, au prix qu’elles ont payé. Rien ne peut y être changé.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
