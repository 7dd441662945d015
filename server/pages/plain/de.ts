import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  seats: 'Nummerierte Plätze',
  bestText:
    'Du bekommst die besten freien Plätze, nebeneinander, wenn es genug gibt. Welche es sind, siehst du vor dem Bezahlen. Um Plätze im Saalplan zu wählen, schalte JavaScript ein.',
  kind: 'Welche Plätze?',
  howMany: 'Wie viele Plätze?',
  wheelchairs: 'Wie viele davon für Rollstühle? Die übrigen liegen daneben, für Begleitung.',
  oneKind: 'Wähle entweder Sitzplätze oder Tickets ohne Platz und kaufe die anderen danach.',
  heldFor:
    '{minutes, plural, =0 {Die Plätze sind noch weniger als eine Minute für dich reserviert.} one {Die Plätze sind noch # Minute für dich reserviert.} other {Die Plätze sind noch # Minuten für dich reserviert.}}',
  meant: 'Meinst du {email}? Wenn deine Adresse stimmt, drücke den Knopf noch einmal.',
  placedTitle: 'Bestellung {number} bezahlen',
  placedText:
    'Deine Bestellung ist aufgegeben und noch nicht bezahlt. Ohne Zahlung gehen die Plätze wieder in den Verkauf.',
  lookAgain: 'Noch einmal nachsehen',
  otherSite:
    'Dieses Formular kam von einer anderen Seite. Öffne die Seite der Veranstaltung und fang neu an.',
  noCookie:
    'Dein Browser hat das Cookie nicht behalten, das zu deinen Plätzen gehört. Erlaube Cookies für diese Seite und fang neu an.',
  emailWrong: 'Das ist keine E-Mail-Adresse.',
  fieldWrong: 'Das fehlt oder stimmt nicht.',
  numberWrong: 'Gib ganze Zahlen ein.',
  waitsTitle: 'Deine Tickets warten noch',
  waitsText:
    'Du hast bezahlt, und deine Plätze gehören dir. Der Veranstalter sieht sich diese Bestellung zuerst an. Wenn niemand widerspricht, stehen deine Tickets spätestens hier: {until}. In der Mail zur Bestellung steht, wie du dem Veranstalter schreibst.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
