import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  titleOf: 'File : {event}',
  backToEvent: 'Retour à l’événement',
  opening: 'Ouverture :',
  joinDrawn:
    'Rejoignez la file quand vous voulez d’ici là. À l’ouverture, le sort décide de l’ordre de toutes les personnes présentes. Celles qui arrivent plus tard passent derrière.',
  joinTitle: 'Rejoindre la file',
  joinText: 'Chacun choisit ses places à son tour. Vous recevez la prochaine position.',
  howMany:
    '{count, plural, =0 {Personne n’attend pour le moment.} one {# personne attend.} other {# personnes attendent.}}',
  join: 'Rejoindre la file',
  joinAgain: 'Rejoindre à nouveau',
  proving: 'Votre navigateur calcule un instant, pour que personne ne rejoigne la file mille fois.',
  ended_left: 'Vous avez quitté la file. Si vous la rejoignez à nouveau, vous serez à la fin.',
  ended_window_over:
    'Votre temps pour choisir est écoulé, pour que d’autres aient leur tour. Si vous rejoignez la file à nouveau, vous serez à la fin.',
  ended_other: 'Votre place dans la file a pris fin. Si vous la rejoignez à nouveau, vous serez à la fin.',
  why_not_in_queue:
    'Les places de cet événement se choisissent chacun à son tour. Rejoignez d’abord la file.',
  why_waiting: 'Ce n’est pas encore votre tour. Vos places n’ont pas été réservées.',
  why_over: 'Votre tour est passé. Vos places n’ont pas été réservées.',
  why_wrong:
    'Votre tour n’a pas pu être confirmé pour cet événement et ce compte. Vos places n’ont pas été réservées.',
  inDraw: 'Vous participez au tirage au sort',
  inDrawText:
    'À l’ouverture, le sort décide de l’ordre. Le moment où vous avez rejoint la file n’a pas d’importance.',
  untilOpening: 'avant l’ouverture',
  anyMoment: 'Le tirage au sort va commencer d’un instant à l’autre.',
  drawing: 'Le tirage au sort est en cours',
  drawingText: 'Votre position apparaît ici d’elle-même dans un instant.',
  ahead:
    '{count, plural, =0 {C’est bientôt votre tour} one {# personne est devant vous} other {# personnes sont devant vous}}',
  position: 'Votre position : {position}',
  progress: 'Progression des personnes devant vous',
  turnIn: 'C’est votre tour dans environ {wait}.',
  turnSoon: 'C’est votre tour dans moins d’une minute.',
  minutes: '{count, plural, one {# minute} other {# minutes}}',
  hours: '{count, plural, one {# heure} other {# heures}}',
  hoursMinutes: '{hours} {minutes}',
  method:
    'Nous divisons le nombre de personnes devant vous par le nombre d’entrées récentes : {rate} par minute.',
  cannotTell: 'Nous pourrons dire combien de temps cela prend dès que des personnes seront entrées.',
  later_slower: 'C’est plus tard qu’annoncé, car les entrées sont maintenant plus lentes.',
  later_paused: 'C’est plus tard qu’annoncé, car l’organisateur avait mis la file en pause.',
  later_all_held: 'C’est plus tard qu’annoncé, car toutes les places étaient réservées pendant un moment.',
  mayNotReach:
    '{left, plural, =0 {Aucune place n’est libre} one {# place est libre} other {# places sont libres}}, et {ahead, plural, one {# personne est} other {# personnes sont}} devant vous. Tout sera peut-être vendu avant votre tour.',
  paused: 'La file est en pause',
  pausedText: 'L’organisateur ne laisse entrer personne pour le moment. Chacun garde sa position.',
  all_held: 'Toutes les places sont réservées pour le moment',
  all_heldText:
    '{count, plural, one {# personne a des places et doit} other {# personnes ont des places et doivent}} encore payer. Si quelqu’un rend des places, les personnes suivantes entrent. Vous gardez votre position.',
  sold_out: 'Complet',
  sold_outText:
    'Il ne reste aucune place. Si des billets sont rendus, la file avance, et vous gardez votre position.',
  toWaitlist: 'Vers la liste d’attente',
  next: 'La suite',
  nextTurn: 'Quand c’est votre tour, cette page le dit. Vous avez alors {minutes} pour choisir vos places.',
  nextClose: 'Vous pouvez fermer cette page. Vous gardez votre position. Revenez à temps pour votre tour.',
  nextMissed: 'Si vous laissez passer ces {minutes}, la personne suivante entre, et vous serez à la fin.',
  called: 'C’est votre tour',
  calledText: 'Un instant…',
  active: 'C’est votre tour',
  activeText: 'Choisissez vos places maintenant. Vous aurez ensuite du temps pour payer.',
  leftToChoose: 'pour choisir',
  choose: 'Choisir des places',
  activeMissed: 'Quand le temps est écoulé, la personne suivante entre, et vous serez à la fin.',
  bought: 'Vous avez vos billets',
  boughtText:
    'Votre tour a pris fin avec votre achat. Pour d’autres billets, rejoignez à nouveau la file, à la fin.',
  toTickets: 'Mes billets',
  standby: 'Personne n’a besoin d’attendre',
  standbyText: 'Vous pouvez choisir vos places tout de suite.',
  over: 'La file est fermée',
  overText: 'La vente de cet événement est terminée.',
  none: 'Cet événement n’a pas de file',
  noneText: 'Vous pouvez choisir vos places tout de suite.',
  message: 'De l’organisateur',
  offline: 'Vous n’êtes pas connecté. Vous gardez votre position. Cette page reprend d’elle-même.',
  unreachable:
    'Le serveur ne répond pas pour le moment. Vous gardez votre position. Cette page réessaie d’elle-même.',
  guest:
    'Vous attendez avec ce navigateur. Si vous vous connectez, votre place est la même sur tous vos appareils.',
  account: 'Vous attendez en tant que {name}. Votre place est la même sur tous vos appareils.',
  signIn: 'Se connecter',
  leave: 'Quitter la file',
  leaveTitle: 'Quitter la file ?',
  leaveText:
    'Vous abandonnez votre position définitivement. Si vous rejoignez la file à nouveau, vous serez à la fin.',
  stay: 'Rester',
  turnTitle: 'C’est votre tour',
  draw: 'Comment l’ordre est-il tiré au sort ?',
  drawText:
    'Avant que quiconque ne rejoigne la file, nous avons choisi un nombre secret et publié son empreinte, que vous voyez ici. À l’ouverture, le secret et un nombre aléatoire de chaque personne décident de l’ordre. Ensuite nous publions le secret, pour que tout le monde puisse vérifier le tirage.',
  hash: 'Empreinte du secret',
  yourSalt: 'Votre nombre aléatoire',
  yourEntry: 'Votre place',
  kept: 'Ce navigateur garde ce que vous voyez ici, et le compare quand vous vérifiez le tirage.',
  checkDraw: 'Vérifier le tirage',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
