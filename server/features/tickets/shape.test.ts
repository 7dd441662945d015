import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseFaces, type Face } from './fonts.ts';
import { shape } from './shape.ts';

const letters =
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ';
const word = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 })
  .map((all) => all.join(''));

test.each([false, true])(
  'a name is set letter by letter as the font sets it as a whole (bold: %s)',
  (bold) => {
    const [{ font }] = chooseFaces([0x61], bold) as [Face];
    const check = (text: string) => {
      const whole = font.layout(text);
      const { glyphs, widthEm } = shape(font, text, false);
      expect(glyphs.map(({ id, advance }) => [id, advance])).toEqual(
        whole.glyphs.map(({ id }, i) => [id, ((whole.positions[i]?.xAdvance ?? 0) * 1000) / font.unitsPerEm]),
      );
      expect(widthEm).toBeCloseTo(whole.advanceWidth / font.unitsPerEm, 6);
    };
    // Letters that fonts like to join, and pairs with much kerning.
    for (const text of ['office', 'Affligem', 'fjord', 'AVATAR', 'Typo', 'LYKÆON', 'ÞÿWáß']) check(text);
    fc.assert(fc.property(word, check), { numRuns: 300 });
  },
);
