import { expect, test } from 'vitest';
import { isLinkName, widgetCode } from './widget-code.ts';

test('the code has the attributes that are not empty, and no text of the organiser ends an attribute or a tag', () => {
  expect(
    widgetCode('https://shop.example', { event: 'night-shift', label: '', lang: 'de' }, 'Night Shift'),
  ).toBe(
    '<script src="https://shop.example/widget.js" async></script>\n' +
      '<admit-event event="night-shift" lang="de"><a href="https://shop.example/e/night-shift">Night Shift</a></admit-event>',
  );
  const code = widgetCode('https://shop.example', { event: 'a', label: '"><script>', via: 'a b&c' }, 'x');
  expect(code).toContain('label="&quot;&gt;&lt;script&gt;" via="a b&amp;c"');
  expect(code).toContain('/e/a?via=a+b%26c"');
  expect(code.match(/<script/g)).toHaveLength(1);
});

test('a name of a link is what the figures take', () => {
  for (const name of ['', 'newsletter-12', 'a.b:c@d+e f']) expect(isLinkName(name)).toBe(true);
  for (const name of ['x'.repeat(61), 'a&b', 'ü']) expect(isLinkName(name)).toBe(false);
});
