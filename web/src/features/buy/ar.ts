import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  // الفعالية
  doors: 'فتح الأبواب {time}',
  until: 'حتى {time}',
  about: 'عن الفعالية',
  whenAndWhere: 'متى وأين',
  policy: 'الإلغاء',
  policyNone: 'لا يمكن إرجاع التذاكر.',
  policyFull: 'يُعاد السعر كاملًا {limit} ({when}).',
  policyStep: 'يُعاد {percent}% من السعر {limit} ({when}).',
  untilBefore: 'حتى {hours} قبل البدء',
  untilStart: 'حتى البدء',
  policyAfter: 'بعد ذلك لا يمكن إرجاع التذاكر.',
  policyFee: 'يحتفظ المنظّم بمبلغ {amount} من كل تذكرة.',
  policyBookingFee: 'لا تُعاد رسوم الحجز.',
  hours:
    '{count, plural, zero {0 ساعة} one {ساعة واحدة} two {ساعتين} few {# ساعات} many {# ساعة} other {# ساعة}}',
  days: '{count, plural, zero {0 يوم} one {يوم واحد} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}',
  map: 'افتح في خريطة',
  share: 'شارك',
  shared: 'نُسخ الرابط',
  tickets: 'التذاكر',
  chooseSeats: 'اختر المقاعد',
  chooseSeatsText: 'اخترها على المخطط، أو دعنا نجد أفضلها متجاورة.',
  standing: 'دون مقعد مرقّم',
  free: 'مجانًا',
  priceFrom: 'من {price}',
  priceIs: '{price}',
  fewer: 'أقل',
  more: 'أكثر',
  left: '{count, plural, zero {لم يبق شيء} one {بقي مكان واحد فقط} two {بقي مكانان فقط} few {بقيت # أماكن فقط} many {بقي # مكانًا فقط} other {بقي # مكان فقط}}',
  soldOut: 'نفدت التذاكر',
  typeSoon: 'تُباع ابتداءً من {when}',
  typeEnded: 'لم تعد تُباع',
  getTickets: 'احصل على التذاكر',
  continue: 'متابعة',
  continueCount:
    '{count, plural, zero {متابعة} one {متابعة بتذكرة واحدة} two {متابعة بتذكرتين} few {متابعة بـ# تذاكر} many {متابعة بـ# تذكرة} other {متابعة بـ# تذكرة}}',
  chooseFirst: 'اختر عدد التذاكر أولًا',
  total: 'المجموع',
  totalIs: 'السعر نهائي: لا تُضاف رسوم.',
  limit: 'حتى {count} لكل شخص.',
  saleSoon: 'يبدأ البيع {when}.',
  saleEnded: 'انتهى البيع.',
  eventOver: 'انتهت هذه الفعالية.',
  eventCancelled: 'أُلغيت هذه الفعالية.',
  movedBefore: 'تغيّر الموعد أو المكان. قبل ذلك: {when}، {place}',
  cancelledHeld: 'أصبحت أماكنك متاحة من جديد. لن تدفع شيئًا: أي دفعة جارية تعود إليك تلقائيًا.',
  otherEvents: 'شاهد فعاليات أخرى',
  allSoldOut: 'نفدت التذاكر. تعود أماكن حين تنتهي مهلة دفع أحدهم أو تُرجع تذكرة: تظهر هنا فورًا.',
  toWaitlist: 'قائمة الانتظار',
  allSoldOutLine:
    'نفدت التذاكر. انضم أدناه إلى قائمة الانتظار: تُعرض الأماكن التي تعود على المنتظرين بحسب ترتيبهم.',
  soldOutNow: 'لم تبق أماكن كافية.',
  soldOutSome:
    '{count, plural, zero {لم يبق مكان.} one {بقي مكان واحد. اختر أقل.} two {بقي مكانان. اختر أقل.} few {بقيت # أماكن. اختر أقل.} many {بقي # مكانًا. اختر أقل.} other {بقي # مكان. اختر أقل.}}',
  limitReached: 'الحد هنا للشخص الواحد: {limit}. ولديك بالفعل: {have}.',
  limitHeld:
    'يُسمح لكل شخص هنا بعدد {limit} من الأماكن. لديك {have}، منها {held} محجوزة لك الآن. أكمل الدفع بها أو أعدها أولًا.',
  networkLimit:
    'هناك أماكن كثيرة محجوزة لهذه الفعالية من شبكتك الآن. يتاح أولها في {time} على أبعد تقدير. أو سجّل الدخول بعنوان بريد مؤكَّد.',
  againLater:
    'انتهت مهلتك لهذه الأماكن ليأتي دور غيرك. يمكنك حجزها من جديد ابتداءً من {time}، وحجز أماكن أخرى الآن.',
  // حجز ما زال قائمًا
  heldTitle:
    '{count, plural, zero {لا أماكن محجوزة} one {نحجز لك مكانًا واحدًا} two {نحجز لك مكانين} few {نحجز لك # أماكن} many {نحجز لك # مكانًا} other {نحجز لك # مكان}}',
  heldElsewhere: 'هذه الأماكن محجوزة لك بالفعل في علامة تبويب أخرى. يمكنك المتابعة إلى الدفع من هنا.',
  heldMovable: 'يمكنك تغييرها هنا، ويبقى الوقت كما هو.',
  heldOrdered: 'تم تقديم طلبك. لاختيار أماكن أخرى أعد هذه الأماكن أولاً.',
  restSoldOut: 'كل الأماكن الأخرى محجوزة. أماكنك محفوظة لك.',
  mineHeld:
    '{count, plural, zero {لا مكان محجوزًا لك} one {مكان واحد محجوز لك} two {مكانان محجوزان لك} few {# أماكن محجوزة لك} many {# مكانًا محجوزًا لك} other {# مكان محجوز لك}}',
  withCode: 'رمز الخصم {code} مُستخدَم. تُخفَّض التذاكر الأخرى عند إتمام الشراء.',
  heldContinue: 'تابع إلى الدفع',
  heldRelease: 'إعادة',
  timeLeft: 'باقٍ للدفع',
  someTaken: 'أخذ شخص آخر أحد مقاعدك للتو. اختر غيره.',
  heldFor: 'محجوز لك',
  close: 'إغلاق',
  calendarAdd: 'أضف إلى التقويم',
  calendarFile: 'ملف تقويم',
  calendarGoogle: 'تقويم Google',
  calendarOutlook: 'Outlook',
  yourTime: '{when} بتوقيتك',
  shareText: 'انسخ هذا الرابط:',
  organiser: 'المنظّم',
  seeOrganiser: 'كل فعاليات {name}',
  plusPerOrder: 'تُضاف رسوم حجز قدرها {amount} لكل طلب.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
