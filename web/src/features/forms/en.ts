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
} as const;
