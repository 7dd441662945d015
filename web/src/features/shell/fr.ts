import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  skip: 'Aller au contenu',
  explore: 'Explorer',
  tickets: 'Mes billets',
  ticketsShort: 'Billets',
  organise: 'Organiser',
  door: 'Entrée',
  account: 'Compte',
  signIn: 'Se connecter',
  home: 'Admit, vers l’accueil',
  pages: 'Pages',
  theme: 'Clair ou sombre',
  themeSystem: 'Comme l’appareil',
  themeLight: 'Clair',
  themeDark: 'Sombre',
  language: 'Langue',
  more: 'Plus',
  forOrganisers: 'Pour les organisateurs',
  apiDocs: 'API',
  licenses: 'Licences',
  mailbox: 'Boîte aux lettres',
  footer: 'Des billets, sans histoires.',
  loading: 'Chargement',
  whatsOn: 'À l’affiche',
  notFoundTitle: 'Cette page n’existe pas',
  notFoundText: 'L’adresse contient peut-être une faute, ou l’événement n’est plus affiché.',
  toExplore: 'Voir l’affiche',
  signInTitle: 'Connectez-vous pour voir ceci',
  signInText: 'Cette page appartient à un compte. Connectez-vous et vous reviendrez directement ici.',
  forbiddenTitle: 'Votre rôle ne va pas jusque-là',
  forbiddenText: 'Demandez le rôle qu’il vous faut à un propriétaire de l’organisation.',
  offlineTitle: 'Pas de connexion',
  offlineText:
    'Cette page a besoin d’une connexion. Vos billets s’ouvrent sans elle, et dès son retour nous réessayons.',
  awayTitle: 'De retour dans un instant',
  awayText:
    'La billetterie ne répond pas pour l’instant. Rien n’est perdu, et cette page revient d’elle-même.',
  brokenTitle: 'Quelque chose n’a pas marché',
  brokenText: 'Vous n’y êtes pour rien. Réessayez ; si cela persiste, donnez-nous le numéro ci-dessous.',
  request: 'Requête {id}',
  retry: 'Réessayer',
  newVersion: 'Recharger la page',
  newRelease: 'Une nouvelle version d’Admit est prête.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
