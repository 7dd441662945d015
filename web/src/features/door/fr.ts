import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Entrée',
  pick: 'À quel événement êtes-vous ?',
  none: 'Aucun événement à contrôler',
  noneText: 'Vous voyez les événements des organisations dont vous êtes membre de l’équipe.',
  scan: 'Scanner : {event}',
  back: 'Autre événement',
  gate: 'Porte',
  gateHint: 'Notée à chaque entrée, par exemple « Nord ».',
  camera: 'Scanner avec la caméra',
  cameraOff: 'Arrêter la caméra',
  cameraStarting: 'Démarrage de la caméra',
  cameraDenied:
    'La caméra n’est pas autorisée. Autorisez-la dans les réglages du navigateur, ou tapez le code.',
  cameraNone: 'Il n’y a pas de caméra ici. Tapez le code, ou utilisez un lecteur.',
  aim: 'Placez le code devant la caméra',
  code: 'Code du billet',
  codeHint: 'Tapez-le ou collez-le ; un lecteur le tape pour vous.',
  check: 'Contrôler',
  checking: 'Contrôle en cours',
  counter: '{admitted} entrés sur {tickets}',
  admitted: 'Admis',
  notYet: 'Cet événement n’est pas aujourd’hui. Les portes ouvrent le {when}.',
  longOver: 'Cet événement est terminé. Il a pris fin le {when}.',
  usesUp:
    'Un billet scanné est utilisé et ne laissera plus entrer son détenteur. Êtes-vous au bon événement ?',
  refused: 'Refusé',
  offline: 'Pas de réponse',
  offlineText: 'Le serveur n’a pas pu être joint. Le même code peut être contrôlé à nouveau sans risque.',
  usedAt: 'Utilisé {when}',
  atGate: 'porte {gate}',
  byName: 'par {name}',
  order: 'Commande {number}',
  next: 'Suivant',
  seatName: '{section}, rang {row}, place {seat}',
  seatNameNoRow: '{section}, place {seat}',
  last: 'Derniers scans',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
