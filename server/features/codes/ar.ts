import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  // البطاقات المطبوعة
  sheet: 'الرموز: {event}',
  howTo: 'امسح رمز QR، أو أدخل هذا الرمز عند اختيار تذاكرك.',
  isFor: 'من أجل {what}',
  until: 'صالح حتى {when}',
  uses: '{uses, plural, zero {لا تذاكر} one {لتذكرة واحدة} two {لتذكرتين} few {لـ # تذاكر} many {لـ # تذكرة} other {لـ # تذكرة}}',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
