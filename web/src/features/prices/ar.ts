import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  until: 'حتى {when}',
  leftAtPrice:
    '{count, plural, zero {لم يبقَ شيء بهذا السعر} one {بقيت تذكرة واحدة بهذا السعر} two {بقيت تذكرتان بهذا السعر} few {بقيت # تذاكر بهذا السعر} many {بقيت # تذكرة بهذا السعر} other {بقيت # تذكرة بهذا السعر}}',
  next: 'ثم {price}',
  thenFree: 'ثم مجانًا',
  group: 'عند شراء {from} تذاكر أو أكثر: {price} لكل تذكرة',
  atLeast: 'أقل عدد في الطلب: {count}',
  ownPriceFor: 'سعرك لفئة {type} ({currency})',
  fromPrice: '{price} على الأقل. لا تخفّضه رموز الخصم.',
  orFree: '0، أو {price} على الأقل. لا تخفّضه رموز الخصم.',
  wrongPrice: 'أدخل سعرًا لا يقل عن {price}.',
  wrongOrFree: 'أدخل 0، أو سعرًا لا يقل عن {price}.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
