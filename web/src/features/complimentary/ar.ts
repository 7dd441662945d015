import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'تذاكر مجانية',
  text: 'تذاكر تهديها: للصحافة أو لضيوف الفنان أو لراعٍ. لا تكلّف شيئًا ولا تُحسب ضمن أي حد، وتأخذ أماكن شاغرة أو أماكن حجبتَها.',
  notPublished: 'انشر الفعالية لإصدار التذاكر.',
  name: 'اسم المستلم',
  email: 'البريد الإلكتروني',
  emailHint: 'تُرسل التذاكر إليه فورًا.',
  note: 'السبب (اختياري)',
  noteHint: 'لا يراه إلا فريقك، مثل «الصحافة».',
  recipientMissing: 'اذكر من يحصل على التذاكر.',
  nothing: 'لا أماكن لهذه الفعالية.',
  issue: 'إصدار التذاكر',
  done: '{count, plural, zero {لم تُرسل أي تذكرة} one {أُرسلت تذكرة واحدة} two {أُرسلت تذكرتان} few {أُرسلت # تذاكر} many {أُرسلت # تذكرة} other {أُرسلت # تذكرة}} إلى {email}.',
  openOrder: 'فتح الطلب {number}',
  issued: 'التذاكر المجانية حتى الآن',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
