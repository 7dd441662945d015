import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Plans de salle',
  text: 'Des salles que vous dessinez une fois et utilisez pour beaucoup d’événements. Un événement reçoit une copie.',
  mayNot: 'Votre rôle ne permet pas de voir les plans de salle de cette organisation.',
  empty: 'La bibliothèque n’a pas encore de plan.',
  draw: 'Ouvrir',
  drawOf: 'Ouvrir {name} dans l’éditeur de plans',
  use: 'Prendre',
  useOf: 'Prendre {name}',
  remove: 'Supprimer',
  removeOf: 'Supprimer {name}',
  removeTitle: 'Supprimer {name} ?',
  removeText:
    'La dernière version a été enregistrée le {when}. Les {count} versions conservées disparaissent avec le plan. Les événements qui en ont une copie la gardent. C’est définitif.',
  removeNow: 'Supprimer le plan',
  keep: 'Garder',
  changed:
    'Quelqu’un vient d’enregistrer une autre version de ce plan. Regardez-la avant de supprimer le plan.',
  newName: 'Nom du nouveau plan',
  create: 'Dessiner un nouveau plan',
  seatCount: '{count, plural, one {# place} other {# places}}',
  savedAt: 'Version {version}, {when}',
  savedBy: 'Version {version}, {when}, {name}',
  versions: 'Versions',
  versionsText:
    'Les {count} dernières versions sont conservées. Une version plus ancienne revient sur le dessin ; enregistrez-la pour en faire la dernière.',
  show: 'Montrer la version {version}',
  restore: 'Reprendre la version {version}',
  restored: 'La version {version} est sur le dessin.',
  saveVersion: 'Enregistrer une nouvelle version',
  allSaved: 'Rien n’a changé depuis la dernière version.',
  mayNotDraw: 'Votre rôle permet de voir ce plan, mais pas de le modifier.',
  saveAs: 'Enregistrer comme',
  newPlan: 'Nouveau plan',
  versionOf: 'Nouvelle version de {name}',
  close: 'Fermer',
  versionChanged:
    'Quelqu’un a enregistré une autre version de {name} entre-temps. Enregistrez encore une fois pour placer la vôtre après.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
