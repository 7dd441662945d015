import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'قائمة الانتظار',
  how: 'تعود أماكن حين يُرجع أحدهم تذكرة أو لا يدفع في الوقت. تُعرض على المنتظرين بحسب ترتيبهم.',
  offerLasts:
    'يصلك العرض بالبريد الإلكتروني وعلى هذه الصفحة. لديك عندها {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتان} few {# دقائق} many {# دقيقة} other {# دقيقة}} للشراء، وفي الليل حتى صباح اليوم التالي.',
  join: 'الانضمام إلى قائمة الانتظار',
  joinFor: 'الانضمام إلى قائمة الانتظار: {type}',
  places: 'كم مكانًا تريد؟',
  fewer: 'أقل',
  more: 'أكثر',
  email: 'بريدك الإلكتروني',
  emailHint: 'يُرسل العرض إليه.',
  emailNeeded: 'اكتب إلى أين نرسل العرض، مثل name@example.com.',
  notNow: 'ليس الآن',
  waiting:
    '{count, plural, zero {تنتظر # مكان} one {تنتظر مكانًا واحدًا} two {تنتظر مكانين} few {تنتظر # أماكن} many {تنتظر # مكانًا} other {تنتظر # مكان}}',
  position: 'رقمك في القائمة {position}.',
  next: 'أنت الأول في القائمة: الأماكن التالية لك.',
  nextParty: 'أنت الأول في القائمة. نحتفظ لك بالأماكن حتى تصبح {count}.',
  leave: 'مغادرة قائمة الانتظار',
  offered:
    '{count, plural, zero {عُرض عليك # مكان} one {عُرض عليك مكان واحد} two {عُرض عليك مكانان} few {عُرضت عليك # أماكن} many {عُرض عليك # مكانًا} other {عُرض عليك # مكان}}',
  offerUntil: 'اشترِ حتى {when}. بعدها ينتقل العرض إلى التالي في القائمة.',
  timeLeft: 'باقٍ للشراء',
  buyNow: 'اشترِ الآن',
  decline: 'لا، شكرًا',
  expired: 'انتهى عرضك الأخير. يمكنك الانضمام من جديد في آخر القائمة.',
  mine: 'قوائم الانتظار',
  lineTitle: 'قائمة الانتظار',
  lineText: 'من ينتظرون أماكن هذه الفعالية، بحسب ترتيبهم. يُعرض عليهم كل مكان يتوفر قبل أن يعود إلى البيع.',
  show: 'عرض',
  open: 'المنتظرون ومن لديهم عرض',
  all: 'الجميع، ومن انتهى أمرهم أيضًا',
  empty: 'لا أحد في قائمة الانتظار.',
  guest: 'ضيف',
  noAddress: 'بلا بريد إلكتروني',
  joinedAt: 'منذ {when}',
  offeredUntil: 'العرض حتى {when}',
  atPosition: 'الرقم {position}',
  s_waiting: 'ينتظر',
  s_offered: 'لديه عرض',
  s_accepted: 'اشترى',
  s_declined: 'رفض',
  s_expired: 'انتهى العرض',
  s_left: 'غادر',
  s_ended: 'انتهى البيع',
  showMore: 'عرض المزيد',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
