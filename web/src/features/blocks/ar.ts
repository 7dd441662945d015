import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'الأماكن المحجوبة',
  text: 'أماكن لا تُباع: للدار أو للكاميرا أو لراعٍ. لا يمكن حجب غير الأماكن الشاغرة. والأماكن المُعادة تُعرض أولًا على قائمة الانتظار.',
  blocked: 'المحجوبة الآن',
  empty: 'لا يوجد مكان محجوب.',
  places:
    '{count, plural, zero {لا أماكن} one {مكان واحد} two {مكانان} few {# أماكن} many {# مكانًا} other {# مكان}}',
  since: 'منذ {when}',
  release: 'إعادة إلى البيع',
  label: 'الغرض',
  labelHint: 'لا يراه إلا فريقك، مثل «أماكن الدار» أو «الكاميرا».',
  labelMissing: 'اذكر الغرض من هذه الأماكن.',
  nothing: 'لا أماكن لهذه الفعالية.',
  where: 'نوع التذكرة أو الصف',
  quantity: 'عدد الأماكن',
  first: 'المقعد الأول',
  last: 'المقعد الأخير',
  block: 'حجب',
  done: '{count, plural, zero {لم يُحجب أي مكان.} one {حُجب مكان واحد عن البيع.} two {حُجب مكانان عن البيع.} few {حُجبت # أماكن عن البيع.} many {حُجب # مكانًا عن البيع.} other {حُجب # مكان عن البيع.}}',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
