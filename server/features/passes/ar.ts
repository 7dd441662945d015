import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  description: 'تذكرة {event}',
  doors: 'الأبواب',
  venue: 'المكان',
  section: 'القسم',
  row: 'الصف',
  seat: 'المقعد',
  ticket: 'التذكرة',
  name: 'الاسم',
  when: 'الموعد',
  address: 'العنوان',
  order: 'الطلب',
  link: 'تذكرتك',
  timeChanged: 'الموعد الجديد: {value}',
  doorsChanged: 'موعد فتح الأبواب الجديد: {value}',
  venueChanged: 'المكان الجديد: {value}',
  seatChanged: 'المقعد الجديد: {value}',
  state: 'غير صالحة',
  voidCancelled: 'ملغاة',
  voidPassedOn: 'نُقلت إلى غيرك',
  voidEvent: 'أُلغيت الفعالية',
  voidTurns: 'انظر تذكرتك',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
