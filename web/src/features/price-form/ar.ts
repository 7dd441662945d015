import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  minPerOrder: 'الأقل لكل شراء',
  maxPerOrder: 'الأكثر لكل شراء',
  saleStartsAt: 'هذه الفئة للبيع من',
  saleEndsAt: 'هذه الفئة للبيع حتى',
  priceKind: 'نوع السعر',
  fixed: 'سعر واحد',
  steps: 'أسعار مبكرة',
  groups: 'أسعار المجموعات',
  chosen: 'ادفع ما تشاء',
  stepsHint: 'تنتهي كل مرحلة في وقتها أو بعد عدد تذاكرها. وبعد المرحلة الأخيرة يسري سعر الفئة.',
  stepName: 'اسم المرحلة {n}',
  stepPrice: 'سعر المرحلة {n} ({currency})',
  stepUntil: 'تنتهي المرحلة {n} في',
  stepPlaces: 'عدد تذاكر المرحلة {n}',
  stepWrong: 'أدخل وقتًا أو عدد تذاكر أو كليهما.',
  noLimit: 'بلا حد',
  addStep: 'إضافة مرحلة سعر',
  step: 'المرحلة {n}',
  groupsHint: 'عند شراء هذا العدد من تذاكر هذه الفئة في طلب واحد يكون سعر كل تذكرة هكذا.',
  groupFrom: 'المجموعة {n} من (تذاكر)',
  groupPrice: 'المجموعة {n}: سعر التذكرة ({currency})',
  addGroup: 'إضافة سعر مجموعة',
  group: 'المجموعة {n}',
  leastPrice: 'أدنى سعر ({currency})',
  chosenHint: 'يكتب المشترون السعر. وسعر الفئة هو المقترح. ولا تخفّضه رموز الخصم.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
