import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  queue: 'Warteschlange',
  hasQueue: 'Diese Veranstaltung hat eine Warteschlange',
  hasQueueDrawn: 'Bei der Öffnung entscheidet das Los über die Reihenfolge aller, die sich angestellt haben.',
  inQueue: 'Du hast dich angestellt',
  toQueue: 'Zur Warteschlange',
  toPlace: 'Zu deinem Platz in der Schlange',
  titleOf: 'Warteschlange: {event}',
  backToEvent: 'Zurück zur Veranstaltung',
  opening: 'Öffnet:',
  joinDrawn:
    'Stell dich bis dahin an, wann du willst. Bei der Öffnung entscheidet das Los über die Reihenfolge aller, die da sind. Wer später kommt, steht dahinter.',
  joinTitle: 'Stell dich an',
  joinText: 'Alle wählen ihre Plätze der Reihe nach. Du bekommst die nächste Position.',
  howMany:
    '{count, plural, =0 {Im Moment wartet niemand.} one {# Person wartet.} other {# Personen warten.}}',
  join: 'Anstellen',
  joinAgain: 'Wieder anstellen',
  proving: 'Dein Browser rechnet einen Moment, damit sich niemand tausendmal anstellen kann.',
  ended_left: 'Du hast die Warteschlange verlassen. Wenn du dich wieder anstellst, stehst du hinten.',
  ended_window_over:
    'Deine Zeit zum Wählen ist vorbei, damit andere drankommen. Wenn du dich wieder anstellst, stehst du hinten.',
  ended_other: 'Dein Platz in der Schlange ist beendet. Wenn du dich wieder anstellst, stehst du hinten.',
  why_not_in_queue: 'Die Plätze dieser Veranstaltung werden der Reihe nach gewählt. Stell dich zuerst an.',
  why_waiting: 'Du bist noch nicht dran. Deine Plätze wurden nicht reserviert.',
  why_over: 'Deine Zeit ist vorbei. Deine Plätze wurden nicht reserviert.',
  why_wrong:
    'Für diese Veranstaltung und dieses Konto ließ sich nicht bestätigen, dass du dran bist. Deine Plätze wurden nicht reserviert.',
  inDraw: 'Du bist bei der Auslosung dabei',
  lanes: 'Bevorzugte Spuren',
  laneShare: '{name}: {percent} % der ersten Plätze, solange noch jemand aus dieser Spur wartet.',
  laneRest:
    'Alle anderen Plätze gehen an alle, in der Reihenfolge der Auslosung. Auch in einer Spur entscheidet der Zufall.',
  laneYours: 'Du bist in dieser Spur.',
  laneCode: 'Code einer Spur',
  laneEnter: 'Code benutzen',
  laneMissing: 'Gib den Code ein, den du vom Veranstalter hast.',
  rule6:
    'Gibt es Spuren, rücken ihre Leute vor, bis jede Spur ihren Anteil an den ersten Plätzen hat. Wegen der eigenen Spur steht niemand weiter hinten. Wer in einer Spur ist, gehört zur Liste. Deshalb kann es nach der Auslosung niemand ändern.',
  laneOf: 'Spur {name}',
  inDrawText:
    'Bei der Öffnung entscheidet das Los über die Reihenfolge. Es ist gleich, wann du dich angestellt hast.',
  untilOpening: 'bis zur Öffnung',
  anyMoment: 'Die Auslosung beginnt jeden Moment.',
  drawing: 'Die Reihenfolge wird ausgelost',
  drawingText: 'Deine Position erscheint hier gleich von selbst.',
  ahead:
    '{count, plural, =0 {Du bist als Nächstes dran} one {# Person ist vor dir} other {# Personen sind vor dir}}',
  position: 'Deine Position: {position}',
  progress: 'Wie weit die Personen vor dir vorangekommen sind',
  turnIn: 'Du bist in etwa {wait} dran.',
  turnSoon: 'Du bist in weniger als einer Minute dran.',
  minutes: '{count, plural, one {# Minute} other {# Minuten}}',
  hours: '{count, plural, one {# Stunde} other {# Stunden}}',
  hoursMinutes: '{hours} {minutes}',
  method:
    'Wir teilen die Personen vor dir durch die Zahl derer, die zuletzt eingelassen wurden: {rate} pro Minute.',
  cannotTell: 'Wie lange es dauert, können wir sagen, sobald jemand eingelassen wurde.',
  later_slower: 'Das ist später als zuvor gesagt, weil jetzt langsamer eingelassen wird.',
  later_paused: 'Das ist später als zuvor gesagt, weil der Veranstalter die Warteschlange angehalten hatte.',
  later_all_held: 'Das ist später als zuvor gesagt, weil eine Zeit lang alle Plätze reserviert waren.',
  mayNotReach:
    '{left, plural, =0 {Kein Platz ist frei} one {# Platz ist frei} other {# Plätze sind frei}}, und {ahead, plural, one {# Person ist} other {# Personen sind}} vor dir. Vielleicht ist ausverkauft, bevor du dran bist.',
  paused: 'Die Warteschlange ist angehalten',
  pausedText: 'Der Veranstalter lässt im Moment niemanden ein. Alle behalten ihre Position.',
  all_held: 'Im Moment sind alle Plätze reserviert',
  all_heldText:
    '{count, plural, one {# Person hat Plätze und zahlt} other {# Personen haben Plätze und zahlen}} noch. Gibt jemand Plätze zurück, werden die Nächsten eingelassen. Du behältst deine Position.',
  sold_out: 'Ausverkauft',
  sold_outText:
    'Kein Platz ist übrig. Wenn Tickets zurückkommen, geht es weiter, und du behältst deine Position.',
  toWaitlist: 'Zur Warteliste',
  next: 'So geht es weiter',
  nextTurn: 'Wenn du dran bist, sagt es diese Seite. Dann hast du {minutes} Zeit, deine Plätze zu wählen.',
  nextClose: 'Du kannst diese Seite schließen. Du behältst deine Position. Komm rechtzeitig wieder.',
  nextMissed:
    'Wenn du diese {minutes} verstreichen lässt, ist die nächste Person dran, und du stehst hinten.',
  called: 'Du bist dran',
  calledText: 'Einen Moment …',
  active: 'Du bist dran',
  activeText: 'Wähle jetzt deine Plätze. Zum Bezahlen hast du danach eigene Zeit.',
  leftToChoose: 'Zeit zum Wählen',
  choose: 'Plätze wählen',
  activeMissed: 'Wenn die Zeit vorbei ist, ist die nächste Person dran, und du stehst hinten.',
  bought: 'Du hast deine Tickets',
  boughtText:
    'Mit deinem Kauf ist dein Platz in der Schlange beendet. Für weitere Tickets kannst du dich wieder hinten anstellen.',
  toTickets: 'Meine Tickets',
  standby: 'Niemand muss warten',
  standbyText: 'Du kannst deine Plätze gleich wählen.',
  over: 'Die Warteschlange ist geschlossen',
  overText: 'Der Verkauf für diese Veranstaltung ist vorbei.',
  none: 'Diese Veranstaltung hat keine Warteschlange',
  noneText: 'Du kannst deine Plätze gleich wählen.',
  message: 'Vom Veranstalter',
  offline: 'Du bist nicht verbunden. Du behältst deine Position. Diese Seite macht von selbst weiter.',
  unreachable:
    'Der Server antwortet im Moment nicht. Du behältst deine Position. Diese Seite versucht es von selbst wieder.',
  guest: 'Du wartest mit diesem Browser. Wenn du dich anmeldest, gilt dein Platz auf allen deinen Geräten.',
  account: 'Du wartest als {name}. Dein Platz gilt auf allen deinen Geräten.',
  signIn: 'Anmelden',
  leave: 'Warteschlange verlassen',
  leaveTitle: 'Warteschlange verlassen?',
  leaveText: 'Du gibst deine Position endgültig auf. Wenn du dich wieder anstellst, stehst du hinten.',
  stay: 'Bleiben',
  turnTitle: 'Du bist dran',
  draw: 'Wie wird ausgelost?',
  drawText:
    'Bevor sich jemand anstellen konnte, haben wir eine geheime Zahl gewählt und ihren Hash veröffentlicht, den du hier siehst. Bei der Öffnung entscheiden die geheime Zahl und eine Zufallszahl jeder Person über die Reihenfolge. Danach veröffentlichen wir die geheime Zahl, damit alle die Auslosung prüfen können.',
  hash: 'Hash der geheimen Zahl',
  yourSalt: 'Deine Zufallszahl',
  yourEntry: 'Dein Platz',
  kept: 'Dieser Browser merkt sich, was du hier siehst, und vergleicht es, wenn du die Auslosung prüfst.',
  checkDraw: 'Auslosung prüfen',
  activeIdle: 'Wenn wir {minutes} lang nichts von dir sehen, endet deine Zeit früher.',
  ended_idle:
    'Deine Zeit ist vorbei, weil eine Weile nichts von dir zu sehen war. Wenn du dich wieder anstellst, stehst du hinten.',
  backToQueue: 'Zurück zur Warteschlange',
  again: 'Erneut versuchen',
  checkNeedsHttps: 'Dieser Browser kann die Auslosung nur auf einer Seite prüfen, die über https kam.',
  readingFirst: 'Die Auslosung wird gelesen …',
  reading: 'Die Auslosung wird gelesen: {read} von {of} Plätzen …',
  drawRight: 'Die ganze Reihenfolge stimmt',
  drawRightOwn: 'Dein Platz wurde richtig ausgelost, und die ganze Reihenfolge stimmt',
  drawWrong: 'Diese Auslosung stimmt nicht',
  drawWrongText:
    'Die veröffentlichte Auslosung weicht in dem, was unten markiert ist, von den Regeln ab. Frag den Veranstalter danach.',
  beaconWaits:
    'Die Reihenfolge hängt auch von Runde {round} einer öffentlichen Zufallsquelle ab, die niemand vor ihrer Zeit kennt:',
  beaconLate:
    'Die öffentliche Zufallsquelle hat noch nicht geantwortet. Die Auslosung wartet auf sie, und dein Platz ist sicher.',
  beaconRound: 'Runde der Zufallsquelle',
  beaconChain: 'Kette der Quelle (drand)',
  listHash: 'Hash der fertigen Liste',
  beaconRight:
    'Runde {round} der öffentlichen Zufallsquelle ist echt, und die Liste war fertig, bevor sie kam.',
  beaconDropped:
    'Die öffentliche Zufallsquelle hat nicht rechtzeitig geantwortet. Das Team hat ohne sie auslosen lassen.',
  beaconOther: 'Zufallsquelle oder Liste sind andere, als dieser Browser vor der Auslosung gesehen hat.',
  beaconWrong: 'Die Zufallsquelle dieser Auslosung passt nicht zu dem, was angekündigt war.',
  rule7:
    'War eine öffentliche Zufallsquelle angekündigt, wird ihre Signatur einer Runde beigemischt. Sie kommt erst, wenn der Hash der fertigen Liste veröffentlicht ist, und niemand kennt sie vorher, auch der Shop nicht.',
  secretRight: 'Die geheime Zahl passt zum Hash, der veröffentlicht war, bevor sich jemand anstellte.',
  secretWrong:
    'Die geheime Zahl passt nicht zum veröffentlichten Hash. Vielleicht wurde sie erst gewählt, als sich schon Leute angestellt hatten.',
  notedRight: 'Der Hash ist der, den dieser Browser vor der Auslosung gesehen hat.',
  notedWrong: 'Der Hash ist ein anderer als der, den dieser Browser vor der Auslosung gesehen hat.',
  notedNone: 'Dieser Browser hat vor der Auslosung keinen Hash gesehen und kann nicht vergleichen.',
  completeRight:
    '{count, plural, one {# Platz wurde ausgelost und steht einmal in der Liste.} other {# Plätze wurden ausgelost, und jeder steht einmal in der Liste.}}',
  completeWrong: 'In der Liste fehlen Plätze, oder sie stehen doppelt darin.',
  orderRight: 'Die Reihenfolge ist die, die die Regeln aus dieser geheimen Zahl und dieser Liste ergeben.',
  orderWrong: 'Ab Position {position} ist die Reihenfolge eine andere, als die Regeln ergeben.',
  ownRight: 'Dein Platz steht mit deiner Zufallszahl in der Liste, an der Position, die dir gesagt wurde.',
  ownNone: 'Kein Platz von dir nahm an dieser Auslosung teil.',
  own_missing: 'Dein Platz fehlt in der Liste.',
  own_salt: 'Dein Platz hat in der Liste eine andere Zufallszahl, als du gegeben hast.',
  own_position: 'Dein Platz hat in der Liste eine andere Position, als dir gesagt wurde.',
  orderAround: 'Die Positionen um deine',
  orderFirst: 'Die ersten Positionen',
  you: 'Du',
  rules: 'So wird ausgelost',
  rule1:
    'Wenn die Warteschlange entsteht, wählen wir zufällig eine geheime Zahl und veröffentlichen ihren Hash. Aus dem Hash kann niemand die geheime Zahl finden, und wir können sie nicht mehr ändern.',
  rule2:
    'Wer sich anstellt, gibt eine Zufallszahl dazu, die der eigene Browser wählt. Wir können sie vorher nicht kennen.',
  rule3:
    'Bei der Öffnung schließen wir die Liste aller Plätze und ihrer Zahlen. Die geheime Zahl und diese Liste ergeben zusammen einen Schlüssel.',
  rule4:
    'Der Schlüssel ergibt einen Strom von Zufallszahlen. Damit wird von der letzten Position bis zur ersten je einer der übrigen Plätze gewählt, jeder mit gleicher Chance.',
  rule5:
    'Wir veröffentlichen die geheime Zahl, die Liste und die Reihenfolge. Dein Browser hat das alles gerade wiederholt.',
  rulesElsewhere: 'Mit dem Quelltext von Admit kannst du es auf deinem eigenen Computer prüfen:',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
