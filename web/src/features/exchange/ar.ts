import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'تغيير المقعد أو نوع التذكرة',
  back: 'إلى التذكرة',
  now: 'تذكرتك الآن',
  paid: 'المدفوع مقابلها',
  until: 'يمكنك تغييرها حتى {until}.',
  types: 'نوع التذكرة',
  seat: 'المقعد',
  seatView: 'مقاعد هذه الفعالية',
  nothing: 'لا يوجد شيء آخر للاختيار.',
  yours: 'نوع تذكرتك',
  free: 'بلا فرق',
  pay: 'تدفع {amount}',
  goesBack: 'يعود {amount}',
  soldOut: 'نفدت',
  refusedStart: 'لم يبدأ بيعها بعد',
  refusedEnd: 'لم تعد معروضة للبيع',
  refusedBack: 'تعيد شروط الاسترداد الآن {amount} على الأكثر',
  keepSeat: 'تحتفظ بمقعدك: {seat}.',
  newSeat: 'المقعد الجديد: {seat}.',
  chooseSeat: 'اختر مقعدًا على المخطط أو في القائمة.',
  seatTaken: 'حجز شخص آخر {seat} للتو. اختر مقعدًا آخر.',
  choose: 'اختر أولًا نوع تذكرة أو مقعدًا.',
  sumPay: 'تدفع {amount}. تبقى تذكرتك صالحة حتى يصل الدفع.',
  sumBack: 'يعود {amount} إلى من دفع. يتوقف رمزك القديم عن العمل فورًا.',
  sumFree: 'لا تدفع شيئًا. يتوقف رمزك القديم عن العمل فورًا.',
  doPay: 'التغيير ودفع {amount}',
  do: 'تغيير التذكرة',
  pendingTitle: 'هناك تغيير لهذه التذكرة لم يُدفع بعد',
  pendingText: 'ادفعه أو ألغه قبل أن تختار شيئًا آخر.',
  toPending: 'إلى الدفع',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
