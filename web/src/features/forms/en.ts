export default {
  missing: 'Fill this in.',
  tooShort: '{limit, plural, one {At least # character.} other {At least # characters.}}',
  tooLong: '{limit, plural, one {At most # character.} other {At most # characters.}}',
  tooLittle: 'At least {limit}.',
  tooMuch: 'At most {limit}.',
  noNumber: 'Enter a whole number.',
  noAddress: 'This is no e-mail address.',
  localPart: 'Mail servers take only letters without accents (a to z), digits and signs before the @.',
  wrong: 'This can’t be right.',
  savedMeanwhile: 'Somebody else saved this meanwhile',
  savedMeanwhileText:
    'Nothing of yours was saved yet. The fields that you have not touched show the new values. Save again to keep what you typed instead of the values below.',
  empty: 'empty',
  leaveTitle: 'Leave without saving?',
  leaveText: 'What you typed on this page is not saved. If you leave, it is lost.',
  leave: 'Leave',
  stay: 'Stay here',
} as const;
