import { describe, expect, test } from 'vitest';
import { emailSchema } from './person.ts';

/** The address as it is kept, or what is wrong with it. */
function read(typed: string): string {
  const { data, error } = emailSchema.safeParse(typed);
  const [issue] = error?.issues ?? [];
  return data ?? `refused: ${issue?.code === 'invalid_format' ? issue.format : issue?.code}`;
}

describe('an e-mail address', () => {
  test.each([
    'a&b@example.com',
    "o'brien@example.ie",
    'user+tag@example.com',
    "!#$%&'*+/=?^_`{|}~-@example.com",
    'first.last@sub.example.co.uk',
    '1@2.example',
    'Ada@Example.com',
    'x@a--b.example',
    `${'a'.repeat(64)}@example.com`,
  ])('is taken as it is: %s', (address) => expect(read(address)).toBe(address));

  test.each([
    ['ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@MÜNCHEN.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@mu\u0308nchen.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
    ['ada@例え。テスト', 'ada@xn--r8jz45g.xn--zckzah'],
    ['ada@مثال.إختبار', 'ada@xn--mgbh0fb.xn--kgbechtv'],
    ['ada@faß.de', 'ada@xn--fa-hia.de'],
    [' ada@example.com\n', 'ada@example.com'],
  ])('has its domain in ASCII: %s', (typed, kept) => {
    expect(read(typed)).toBe(kept);
    expect(read(kept)).toBe(kept);
  });

  test.each(['jörg@example.com', 'ada.ольга@example.com', '用户@例え.jp'])(
    'says why it is refused where its local part is not ASCII: %s',
    (typed) => expect(read(typed)).toBe('refused: email_local_part'),
  );

  test.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    '.ada@example.com',
    'ada.@example.com',
    'a..b@example.com',
    'a b@example.com',
    'a,b@example.com',
    'a@b@example.com',
    '"a b"@example.com',
    'ada@-example.com',
    'ada@exa_mple.com',
    'ada@example..com',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@１２７.0.0.1',
    'ada@mün/chen.de',
    'ada@mün?chen.de',
    'ada@mün:80.de',
    'ada\0@example.com',
    'ada@example.com\r\nbcc: x@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
  ])('is refused: %j', (typed) => expect(read(typed)).toBe('refused: email'));

  test('is not longer than a mail server takes', () => {
    expect(read(`a@${'a.'.repeat(130)}com`)).toBe('refused: too_big');
  });
});
