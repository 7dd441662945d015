import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Invitation dans une équipe',
  heading: '{inviter} vous invite dans l’équipe de {organisation}',
  yourRole: 'Votre rôle',
  owner: 'Propriétaire',
  ownerText: 'peut tout faire, y compris changer l’équipe',
  manager: 'Gérant',
  managerText: 's’occupe des événements',
  door: 'Entrée',
  doorText: 'contrôle les billets',
  finance: 'Finances',
  financeText: 'voit les commandes, les comptes et les chiffres, rembourse, télécharge les listes',
  support: 'Assistance',
  supportText: 'trouve et corrige les commandes, renvoie les messages',
  'read-only': 'Lecture seule',
  'read-onlyText': 'voit les événements, les commandes et les chiffres, ne change rien',
  forEvents: 'Pour ces événements',
  until: 'Valable jusqu’au',
  forAddress: 'Envoyée à',
  accept: 'Accepter',
  decline: 'Refuser',
  accepted: 'Vous êtes dans l’équipe',
  acceptedText: 'Vous travaillez maintenant pour {organisation}.',
  goOn: 'Continuer',
  declined: 'Refusée',
  declinedText:
    'Vous n’êtes pas dans l’équipe de {organisation}, qui ne peut pas vous réinviter pendant une semaine.',
  expired: 'Cette invitation a expiré',
  expiredText: 'Demandez à {inviter} de la renvoyer.',
  withdrawn: 'Cette invitation a été annulée',
  withdrawnText: 'Si vous pensez que c’est une erreur, demandez à {organisation}.',
  used: 'Cette invitation a déjà été acceptée',
  usedText: 'Elle ne sert qu’une fois. Si ce n’était pas vous, demandez à {organisation}.',
  unknown: 'Ce lien ne fonctionne pas',
  unknownText:
    'Il est peut-être incomplet. Ouvrez-le de nouveau depuis l’e-mail, ou demandez une nouvelle invitation.',
  signInText: 'Pour l’accepter, connectez-vous avec l’adresse {email}, ou ouvrez un compte avec elle.',
  signIn: 'Se connecter',
  signUp: 'Ouvrir un compte',
  otherAddress:
    'Vous êtes connecté avec {own}, mais l’invitation a été envoyée à {email}. Connectez-vous avec cette adresse, ou demandez à {inviter} d’inviter {own}.',
  otherAccount: 'Utiliser un autre compte',
  verifyText:
    'Confirmez d’abord que {email} est à vous : nous vous avons envoyé un e-mail avec un lien qui ramène ici.',
  sendVerification: 'Renvoyer l’e-mail',
  verificationSent: 'C’est envoyé. Regardez dans votre boîte.',
  home: 'Voir les événements',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
