import { describe, expect, test } from 'vitest';
import type { RichText } from '../../../contract/rich-text.ts';
import { toPlainText, toRichText } from './rich-text.ts';

const p = (...spans: RichText[number] extends infer B ? (B extends { spans: infer S } ? S : never) : never) =>
  ({ kind: 'paragraph', spans }) as RichText[number];

describe('a description', () => {
  test.each<[string, string, RichText]>([
    ['plain text', 'One evening.\nTwo acts.', [p({ text: 'One evening.\nTwo acts.' })]],
    ['paragraphs', 'One.\n\nTwo.', [p({ text: 'One.' }), p({ text: 'Two.' })]],
    [
      'emphasis in emphasis',
      'a **bold *and slanted*** word',
      [
        p(
          { text: 'a ' },
          { text: 'bold ', strong: true },
          { text: 'and slanted', strong: true, emphasis: true },
          { text: ' word' },
        ),
      ],
    ],
    [
      'a heading and a list',
      '## Line-up\n\n- Ada\n- Ben\n  - and friends',
      [
        { kind: 'heading', spans: [{ text: 'Line-up' }] },
        {
          kind: 'list',
          ordered: false,
          items: [[{ text: 'Ada' }], [{ text: 'Ben' }, { text: '\n' }, { text: 'and friends' }]],
        },
      ],
    ],
    ['a quotation', '> Go!', [{ kind: 'quote', spans: [{ text: 'Go!' }] }]],
    [
      'a link',
      '[Tickets](https://example.com/a?b=1)',
      [p({ text: 'Tickets', href: 'https://example.com/a?b=1' })],
    ],
    [
      'a letter',
      '<mailto:door@example.com>',
      [p({ text: 'mailto:door@example.com', href: 'mailto:door@example.com' })],
    ],
    [
      'signs that mean nothing',
      '3 * 4 * 5 = 60, snake_case_name',
      [p({ text: '3 * 4 * 5 = 60, snake_case_name' })],
    ],
    ['another script', 'أمسية **هادئة**', [p({ text: 'أمسية ' }, { text: 'هادئة', strong: true })]],
    ['nothing', ' \n ', []],
  ])('has %s', (_, description, expected) => {
    expect(toRichText(description)).toEqual(expected);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://example.com/pixel.png)',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](data:text/html,<script>)',
    '[a](//example.com)',
    '[a](/sign-out)',
    '[a](vbscript:x)',
    '<javascript:alert(1)>',
    '[a](https://)',
  ])('%s opens and loads nothing', (description) => {
    const spans = toRichText(description).flatMap((block) =>
      block.kind === 'list' ? block.items.flat() : block.spans,
    );
    expect(
      spans
        .map((span) => span.href)
        .filter((href) => href !== undefined && !/^https:\/\/example\.com\//.test(href)),
    ).toEqual([]);
    // A picture stays as typed text. Its address may become a link, which nobody follows without a click.
    expect(toPlainText(toRichText(description))).not.toBe('');
  });

  test('as plain text has no signs of formatting', () => {
    expect(toPlainText(toRichText('# A\n\nb **c**\n\n- d\n- e'))).toBe('A\n\nb c\n\nd\ne');
  });

  test.each([
    ['stars', '*a '.repeat(6_600)],
    ['brackets', '['.repeat(20_000)],
    ['links that never end', '[a]('.repeat(5_000)],
    ['quotations in quotations', '>'.repeat(20_000)],
    ['lists in lists', '- '.repeat(10_000)],
    ['underscores', '_a__b'.repeat(4_000)],
    ['back-ticks', '`a``'.repeat(5_000)],
    ['entities', '&#x'.repeat(6_600)],
  ])('of the worst %s takes seconds of the processor at most', (_, description) => {
    // Alone the stars need 0.07 s. What other threads of this process do counts too. A parser that tries every pairing needs minutes.
    const before = process.cpuUsage();
    toRichText(description);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
  });
});
