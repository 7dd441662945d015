import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'مخططات المقاعد',
  text: 'قاعات ترسمها مرة وتستخدمها في فعاليات كثيرة. كل فعالية تأخذ نسخة.',
  mayNot: 'دورك لا يسمح برؤية مخططات المقاعد لهذه الجهة.',
  empty: 'لا يوجد مخطط في المكتبة بعد.',
  draw: 'فتح',
  drawOf: 'فتح {name} في أداة الرسم',
  use: 'استخدام',
  useOf: 'استخدام {name}',
  remove: 'حذف',
  removeOf: 'حذف {name}',
  removeTitle: 'حذف {name}؟',
  removeText:
    'حُفظت آخر نسخة في {when}. تُحذف مع المخطط كل النسخ المحفوظة وعددها {count}. الفعاليات التي أخذت نسخة تحتفظ بها. لا يمكن التراجع عن ذلك.',
  removeNow: 'حذف المخطط',
  keep: 'الإبقاء عليه',
  changed: 'حفظ شخص للتو نسخة أخرى من هذا المخطط. راجعها قبل أن تحذفه.',
  newName: 'اسم المخطط الجديد',
  create: 'رسم مخطط جديد',
  seatCount:
    '{count, plural, zero {لا مقاعد} one {مقعد واحد} two {مقعدان} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
  savedAt: 'النسخة {version}، {when}',
  savedBy: 'النسخة {version}، {when}، {name}',
  versions: 'النسخ',
  versionsText: 'تُحفظ آخر {count} نسخة. النسخة الأقدم تعود إلى الرسم؛ احفظها لتصبح الأحدث.',
  show: 'عرض النسخة {version}',
  restore: 'استعادة النسخة {version}',
  restored: 'النسخة {version} على الرسم الآن.',
  saveVersion: 'حفظ نسخة جديدة',
  allSaved: 'لم يتغير شيء منذ آخر نسخة.',
  mayNotDraw: 'دورك يسمح بمشاهدة هذا المخطط، لا بتغييره.',
  saveAs: 'حفظ باسم',
  newPlan: 'مخطط جديد',
  versionOf: 'نسخة جديدة من {name}',
  close: 'إغلاق',
  versionChanged: 'حفظ شخص نسخة أخرى من {name} في هذه الأثناء. احفظ مرة أخرى لتأتي نسختك بعدها.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
