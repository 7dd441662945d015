import { expect, test } from 'vitest';

test.skipIf(process.env.ADMIT_TEST_AT_HOME)(
  'the tests run in another zone and language than most machines',
  () => {
    const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
    expect([timeZone, locale]).toEqual(['America/St_Johns', 'tr-TR']);
    expect((1234.5).toLocaleString()).toBe('1.234,5');
    expect(new Date('2027-01-15T12:00:00Z').getMinutes()).toBe(30);
  },
);
