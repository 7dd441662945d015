import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

/** As a browser reads it: https://www.rfc-editor.org/rfc/rfc8187#section-3.2.1. */
function read(header: string): { plain: string | undefined; name: string } {
  const [, plain, encoded = ''] =
    /^(?:attachment|inline); filename="([\x20-\x21\x23-\x5b\x5d-\x7e]*)"; filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*)$/.exec(
      header,
    ) ?? [];
  return { plain, name: decodeURIComponent(encoded) };
}

test('a name in any letters comes through, with a plain one beside it', () => {
  expect(read(contentDisposition('attachment', 'Öffnung der Bühne.ics'))).toEqual({
    plain: 'Offnung der Buhne.ics',
    name: 'Öffnung der Bühne.ics',
  });
  expect(read(contentDisposition('inline', '東京の夜.pdf'))).toEqual({
    plain: '____.pdf',
    name: '東京の夜.pdf',
  });
  expect(read(contentDisposition('attachment', `it's "1" (a*b).pdf`)).name).toBe(`it's "1" (a*b).pdf`);
  expect(read(contentDisposition('attachment', '../a\\b\r\nx: y\u202e.pdf')).name).toBe('.._a_b__x: y_.pdf');
});

test('whatever the name, the header is one that a browser reads', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const { plain, name: said } = read(contentDisposition('attachment', name));
      expect(plain).toBeDefined();
      expect(said).toBe(name.replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '_'));
    }),
  );
});
