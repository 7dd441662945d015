import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  queue: 'File',
  hasQueue: 'Cet événement a une file',
  hasQueueDrawn: 'À l’ouverture, le sort décide de l’ordre de toutes les personnes de la file.',
  inQueue: 'Vous êtes dans la file',
  toQueue: 'Vers la file',
  toPlace: 'Vers votre place dans la file',
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
  lanes: 'Voies prioritaires',
  laneShare: '{name} : {percent} % des premières positions, tant qu’il reste des personnes de cette voie.',
  laneRest:
    'Toutes les autres positions vont à tout le monde, dans l’ordre du tirage. Dans une voie aussi, le hasard décide.',
  laneYours: 'Vous êtes dans cette voie.',
  laneCode: 'Code d’une voie',
  laneEnter: 'Utiliser le code',
  laneMissing: 'Saisissez le code que l’organisateur vous a donné.',
  rule6:
    'S’il y a des voies, leurs membres avancent jusqu’à ce que chaque voie ait sa part des premières positions. Personne ne recule à cause de sa propre voie. La voie de chaque entrée fait partie de la liste, donc personne ne peut la changer après le tirage.',
  laneOf: 'voie {name}',
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
  activeIdle: 'Si nous ne voyons rien de vous pendant {minutes}, votre tour se termine plus tôt.',
  ended_idle:
    'Votre tour est terminé, car nous n’avons rien vu de vous pendant un moment. Si vous rejoignez la file à nouveau, vous serez à la fin.',
  backToQueue: 'Retour à la file',
  again: 'Réessayer',
  checkNeedsHttps: 'Ce navigateur ne peut vérifier le tirage que sur une page reçue en https.',
  readingFirst: 'Lecture du tirage…',
  reading: 'Lecture du tirage : {read} places sur {of}…',
  drawRight: 'Tout l’ordre est juste',
  drawRightOwn: 'Votre place a été tirée correctement, et tout l’ordre est juste',
  drawWrong: 'Ce tirage ne correspond pas',
  drawWrongText:
    'Le tirage publié diffère des règles sur les points marqués ci-dessous. Demandez à l’organisateur.',
  beaconWaits:
    'L’ordre dépend aussi du tour {round} d’une balise publique, que personne ne peut connaître avant son heure :',
  beaconLate: 'La balise publique n’a pas encore répondu. Le tirage l’attend, et votre place est gardée.',
  beaconRound: 'Tour de la balise publique',
  beaconChain: 'Chaîne de la balise (drand)',
  listHash: 'Empreinte de la liste close',
  beaconRight: 'Le tour {round} de la balise publique est authentique, et la liste était close avant lui.',
  beaconDropped: 'La balise publique n’a pas répondu à temps. L’organisateur a fait tirer l’ordre sans elle.',
  beaconOther: 'La balise ou la liste n’est pas celle que ce navigateur a vue avant le tirage.',
  beaconWrong: 'La balise publique de ce tirage ne correspond pas à ce qui était annoncé.',
  rule7:
    'Si une balise publique était annoncée, la signature d’un de ses tours est mêlée au tirage. Elle vient après la publication de l’empreinte de la liste close, et personne ne la connaît avant, pas même la boutique.',
  secretRight: 'Le secret correspond à l’empreinte publiée avant que quiconque ne rejoigne la file.',
  secretWrong:
    'Le secret ne correspond pas à l’empreinte publiée. Il a peut-être été choisi après l’arrivée de personnes.',
  notedRight: 'L’empreinte est celle que ce navigateur a vue avant le tirage.',
  notedWrong: 'L’empreinte n’est pas celle que ce navigateur a vue avant le tirage.',
  notedNone: 'Ce navigateur n’a vu aucune empreinte avant le tirage et ne peut donc pas comparer.',
  completeRight:
    '{count, plural, one {# place a été tirée et figure une fois dans la liste.} other {# places ont été tirées, et chacune figure une fois dans la liste.}}',
  completeWrong: 'Des places manquent dans la liste ou y figurent deux fois.',
  orderRight: 'L’ordre est celui que les règles donnent pour ce secret et cette liste.',
  orderWrong: 'À partir de la position {position}, l’ordre n’est pas celui que les règles donnent.',
  ownRight: 'Votre place figure dans la liste avec votre nombre aléatoire, à la position annoncée.',
  ownNone: 'Aucune de vos places n’a participé à ce tirage.',
  own_missing: 'Votre place manque dans la liste.',
  own_salt: 'Votre place a dans la liste un autre nombre aléatoire que le vôtre.',
  own_position: 'Votre place a dans la liste une autre position que celle annoncée.',
  orderAround: 'Les positions autour de la vôtre',
  orderFirst: 'Les premières positions',
  you: 'Vous',
  rules: 'Comment l’ordre est tiré au sort',
  rule1:
    'À la création de la file, nous choisissons au hasard un nombre secret et publions son empreinte. Personne ne peut trouver le secret à partir de l’empreinte, et nous ne pouvons plus le changer.',
  rule2:
    'Chaque personne qui rejoint la file ajoute un nombre aléatoire que son propre navigateur choisit. Nous ne pouvons pas le connaître à l’avance.',
  rule3:
    'À l’ouverture, nous fermons la liste de toutes les places et de leurs nombres. Le secret et cette liste donnent ensemble une clé.',
  rule4:
    'La clé donne une suite de nombres aléatoires. De la dernière position à la première, elle désigne chaque fois une des places restantes, toutes avec la même chance.',
  rule5: 'Nous publions le secret, la liste et l’ordre. Votre navigateur vient de tout refaire.',
  rulesElsewhere: 'Avec le code source d’Admit, vous pouvez le vérifier sur votre propre ordinateur :',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
