import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  what: 'يمكن لـ Admit أن يقترح نصوصًا وفئة ووسومًا وأسعارًا. لا يتغير شيء قبل أن توافق.',
  ask: 'اقتراح نصوص وأسعار',
  again: 'اقتراح من جديد',
  nothing: 'لا يوجد ما يُقترح بعد. أكمل المزيد ثم حاول مجددًا.',
  found:
    '{count, plural, zero {لا اقتراحات} one {اقتراح واحد} two {اقتراحان} few {# اقتراحات} many {# اقتراحًا} other {# اقتراح}}',
  aiFailed: 'لم يُجب النموذج اللغوي. حاول لاحقًا.',
  aiLimited: 'سألت مؤسستك النموذج اللغوي اليوم بقدر ما يُسمح لها.',
  byModel: 'نموذج لغوي',
  title: 'العنوان',
  summary: 'الملخص',
  description: 'الوصف',
  category: 'الفئة',
  tags: 'الوسوم',
  tagsHint: 'حتى 10 وسوم بينها فواصل: هواء طلق، جاز',
  tagsWrong: 'عشرة وسوم على الأكثر، في كل منها 30 حرفًا على الأكثر.',
  price: 'أسعار التذاكر',
  middle: 'الوسط',
  use: 'استخدام',
  undo: 'تراجع',
  useField: 'استخدام: {field}',
  useModelField: 'استخدام: {field} (نموذج لغوي)',
  undoField: 'تراجع: {field}',
  used: 'صار في النموذج. احفظ حين تنتهي.',
  there: 'هذا موجود بالفعل.',
  fromTyped: 'مما كتبته',
  fromOwn: 'من فعاليتك «{title}» بتاريخ {day}',
  fromSimilar:
    '{kind}: {count, plural, zero {من فعاليات مشابهة} one {من فعالية مشابهة واحدة} two {من فعاليتين مشابهتين} few {من # فعاليات مشابهة} many {من # فعالية مشابهة} other {من # فعالية مشابهة}}',
  fromSimilarIn:
    '{kind}: {count, plural, zero {من فعاليات مشابهة في {city}} one {من فعالية مشابهة واحدة في {city}} two {من فعاليتين مشابهتين في {city}} few {من # فعاليات مشابهة في {city}} many {من # فعالية مشابهة في {city}} other {من # فعالية مشابهة في {city}}}',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
