/** Texts of the pages for browsers without JavaScript. Most of their texts are those of the app's own pages. */
export default {
  seats: 'Numbered seats',
  bestText:
    'You get the best seats that are free, side by side if there are enough. You see which ones before you pay. To choose seats on the map, switch on JavaScript.',
  kind: 'Which seats?',
  howMany: 'How many seats?',
  wheelchairs: 'How many of them are wheelchair places? The others are beside them, for companions.',
  oneKind: 'Choose either seats or tickets without a seat, and buy the others afterwards.',
  heldFor:
    '{minutes, plural, =0 {The places are held for you for less than a minute.} one {The places are held for you for # more minute.} other {The places are held for you for # more minutes.}}',
  meant: 'Did you mean {email}? If your address is right, press the button again.',
  placedTitle: 'Pay for order {number}',
  placedText: 'Your order is placed, and not paid yet. Without a payment the places go back on sale.',
  lookAgain: 'Look again',
  otherSite: 'This form came from another page. Open the page of the event and start again.',
  noCookie:
    'Your browser has not kept the cookie that belongs to your places. Allow cookies for this site, and start again.',
  emailWrong: 'This is no e-mail address.',
  fieldWrong: 'This is missing or wrong.',
  numberWrong: 'Enter whole numbers.',
  waitsTitle: 'Your tickets wait',
  waitsText:
    'You have paid, and your places are yours. The organiser looks at this order first. If nobody objects, your tickets appear here at {until} at the latest. The mail about the order says how to write to the organiser.',
} as const;
