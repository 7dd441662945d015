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
  email_taken:
    'Il existe déjà un compte avec cette adresse. Connectez-vous ou choisissez un nouveau mot de passe.',
  email_already_verified: 'Cette adresse est déjà confirmée.',
  token_invalid: 'Ce lien a expiré ou a déjà servi. Demandez-en un nouveau.',
  email_not_verified: 'Confirmez d’abord votre adresse e-mail.',
  rate_limited: 'Trop de demandes. Attendez un instant et réessayez.',
  busy: 'Énormément de personnes achètent en ce moment. Réessayez dans un instant.',
  unavailable: 'Ce n’est pas possible pour le moment. Rien n’a été modifié ; réessayez.',
  internal: 'Quelque chose n’a pas marché de notre côté.',
  event_not_publishable: 'Il manque quelque chose à l’événement pour pouvoir être publié.',
  event_has_sales: 'Des places de cet événement sont réservées ou vendues : ceci ne peut plus être modifié.',
  capacity_below_taken: 'Davantage de places sont déjà réservées ou vendues.',
  slug_taken: 'Un autre événement a déjà cette adresse.',
  event_not_on_sale: 'Cet événement n’est pas en vente.',
  sale_not_started: 'La vente n’a pas encore commencé.',
  sale_ended: 'La vente est terminée.',
  sold_out: 'Il ne reste plus assez de places.',
  seats_taken: 'Quelqu’un d’autre vient de prendre une de ces places.',
  limit_reached: 'C’est plus de places qu’une personne ne peut en avoir pour cet événement.',
  hold_expired: 'Le délai pour acheter ces places est écoulé.',
  hold_ended: 'Ces places ne sont plus réservées.',
  order_not_cancellable: 'Cette commande ne peut plus être annulée.',
  refund_not_allowed: 'Les conditions de cet événement ne permettent plus le remboursement.',
  payment_not_open: 'Ce paiement est déjà terminé.',
  payment_provider_unavailable:
    'Le service de paiement ne répond pas. Vos places sont toujours réservées ; réessayez.',
  already_used: 'Ce billet a déjà servi.',
  wrong_event: 'Ce billet est pour un autre événement.',
  ticket_cancelled: 'Ce billet a été annulé.',
  ticket_reissued: 'Ce billet a été remplacé par un plus récent.',
  bad_signature: 'Ce code n’est pas un des nôtres.',
  unknown_ticket: 'Ce billet est inconnu.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
