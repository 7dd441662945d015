import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  seatsOf: 'اختر المقاعد: {event}',
  stage: 'المسرح',
  asMap: 'المخطط',
  asList: 'القائمة',
  view: 'طريقة الاختيار',
  mapLabel:
    'مخطط المقاعد. مفاتيح الأسهم تنتقل من مقعد إلى مقعد، وEnter يختار، والزائد والناقص للتكبير والتصغير. والقائمة تتيح الشيء نفسه.',
  zoomIn: 'أقرب',
  zoomOut: 'أبعد',
  fit: 'أظهر الكل',
  prices: 'الأسعار',
  zoneOnly: 'أظهر {zone} فقط',
  zoneAll: 'أظهر الكل',
  seatLegend: 'الرموز',
  seatFree: 'متاح',
  seatTaken: 'محجوز',
  seatSelected: 'لك',
  seatAccessible: 'مكان لكرسي متحرك',
  seatCompanion: 'مقعد مرافق',
  goToSection: 'إلى القسم',
  tapSection: 'المس قسمًا لترى مقاعده.',
  orphanTitle:
    '{count, plural, zero {لن يبقى مقعد منفرد} one {سيبقى مقعد منفرد} two {سيبقى مقعدان منفردان} few {ستبقى مقاعد منفردة} many {ستبقى مقاعد منفردة} other {ستبقى مقاعد منفردة}}',
  orphanText: 'نادرًا ما يشتري أحد مقعدًا بلا جار. هل يمكنك التحرك مقعدًا واحدًا؟ ويمكنك المتابعة كما هو.',
  orphanBack: 'اختر من جديد',
  orphanContinue: 'تابع على أي حال',
  best: 'أفضل المتاح',
  bestText: 'متجاورة وأقرب ما يمكن إلى المسرح. نعرضها أولاً، ولا يُحجز شيء قبل أن تتابع.',
  bestFound: 'وجدنا: {seats}.',
  bestOthers: 'اعرض غيرها',
  bestNone: 'لا يوجد هذا العدد من المقاعد الشاغرة هنا.',
  areas: 'دون مقعد مرقّم',
  areaText: 'الأماكن هنا دون أرقام.',
  areaNone: 'هذه الأماكن لا تُباع هنا.',
  areaDone: 'تم',
  areaLeft:
    '{count, plural, zero {لم يبقَ شيء} one {بقي مكان واحد} two {بقي مكانان} few {بقيت # أماكن} many {بقي # مكانًا} other {بقي # مكان}}',
  placesCount:
    '{count, plural, zero {لا أماكن} one {مكان واحد} two {مكانان} few {# أماكن} many {# مكانًا} other {# مكان}}',
  seatOrdered: 'هذا المقعد ضمن طلبك. ادفع ثمنه، أو أعد أماكن الطلب لاختيار غيرها.',
  signZone: 'الحروف والألوان تدل على السعر',
  bestFind:
    '{count, plural, zero {جد مقاعد} one {جد مقعدًا واحدًا} two {جد مقعدين} few {جد # مقاعد} many {جد # مقعدًا} other {جد # مقعد}}',
  bestWhere: 'أين',
  howMany: 'كم',
  selection: 'مقاعدك',
  selectionNone: 'المس مقاعد على المخطط لاختيارها.',
  selectionCount:
    '{count, plural, zero {لا مقاعد} one {مقعد واحد} two {مقعدان} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
  selectionFull: 'هذا أقصى عدد لشخص واحد.',
  seatRow: 'الصف {row}',
  seatTicket: 'تذكرة {seat}',
  removeSeat: 'أعد {seat}',
  clearSeats: 'مسح',
  wasTaken: 'أخذ شخص آخر {seat} للتو.',
  sectionFree:
    '{count, plural, zero {لا متاح} one {واحد متاح} two {اثنان متاحان} few {# متاحة} many {# متاحًا} other {# متاح}}',
  back: 'العودة إلى الفعالية',
  moreChosen: 'مختارة',
  fewer: 'أقل',
  more: 'أكثر',
  soldOut: 'نفدت التذاكر',
  close: 'إغلاق',
  continue: 'متابعة',
  seatName: '{section}، الصف {row}، المقعد {seat}',
  seatNameNoRow: '{section}، المقعد {seat}',
  plusPerOrder: 'تُضاف رسوم حجز قدرها {amount} لكل طلب.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
