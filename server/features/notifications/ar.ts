import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  // كل رسالة
  greeting: 'مرحبًا {name}،',
  greetingNobody: 'مرحبًا،',
  toApple: 'إضافة إلى Apple Wallet',
  toGoogle: 'إضافة إلى محفظة Google',
  orOpen: 'أو افتح هذا العنوان:',
  // الحسابات
  verifySubject: 'أكّد عنوان بريدك الإلكتروني',
  verifyPreview: 'نقرة واحدة ويصبح حسابك جاهزًا.',
  verifyText: 'من فضلك أكّد أن هذا العنوان لك. إليه تُرسل تذاكرك.',
  verifyButton: 'أكّد العنوان',
  verifyIgnore: 'إن لم تفتح حسابًا فيمكنك تجاهل هذه الرسالة.',
  verifyWhy: 'تصلك هذه الرسالة لأن أحدهم فتح حسابًا بهذا العنوان.',
  resetSubject: 'اختر كلمة مرور جديدة',
  resetPreview: 'يعمل الرابط مرة واحدة.',
  resetText: 'طلب أحدهم، وهو أنت على الأرجح، كلمة مرور جديدة. يعمل الرابط مرة واحدة ولمدة قصيرة.',
  resetIgnore: 'إن لم تكن أنت فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.',
  resetWhy: 'تصلك هذه الرسالة لأن كلمة مرور جديدة طُلبت بهذا العنوان.',
  signInSubject: 'دخول جديد إلى حسابك',
  signInPreview: 'من {browser}. إن كنت أنت فكل شيء على ما يرام.',
  signInHeading: 'سجّل أحدهم الدخول إلى حسابك',
  signInText:
    'سجّل أحدهم الدخول للتو من متصفح لم تستعمله من قبل: {browser}. إن كنت أنت فكل شيء على ما يرام. وإلا فغيّر كلمة مرورك: بذلك يُسجَّل خروجه.',
  signInButton: 'افتح حسابك',
  signInWhy: 'تصلك هذه الرسالة لأنك تريد أن تعرف بعمليات الدخول الجديدة. يمكنك إيقافها من حسابك.',
  unknownBrowser: 'برنامج',
  // الدعوات إلى فريق
  inviteSubject: 'دعوة إلى فريق {organisation}',
  invitePreview: 'يودّ {inviter} أن تكون في الفريق.',
  inviteHeading: 'أنت مدعو إلى فريق {organisation}',
  inviteText: 'يدعوك {inviter} إلى فريق {organisation}.',
  inviteRole: 'دورك',
  inviteEvents: 'لهذه الفعاليات',
  roleOwner: 'مالك: له أن يفعل كل شيء، وأن يغيّر الفريق أيضًا',
  roleManager: 'مدير: يدير الفعاليات',
  roleFinance: 'المالية: يرى الطلبات والحسابات والأرقام، ويردّ المبالغ، وينزّل القوائم',
  roleSupport: 'الدعم: يجد الطلبات ويصححها، ويعيد إرسال الرسائل',
  roleDoor: 'المدخل: يتحقق من التذاكر',
  roleReadOnly: 'قراءة فقط: يرى الفعاليات والطلبات والأرقام، ولا يغيّر شيئًا',
  inviteButton: 'اعرض الدعوة',
  inviteUntil:
    'تبقى الدعوة صالحة {days, plural, zero {# يوم} one {يومًا واحدًا} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}. لقبولها تحتاج إلى حساب بالعنوان {address}، وإن لم يكن لديك حساب فيمكنك فتحه هناك.',
  inviteIgnore: 'إن كنت لا تريد فارفضها هناك أو تجاهل هذه الرسالة: لا ينضم أحد إلى فريق من دون أن يقبل.',
  inviteWhy: 'وصلتك هذه الرسالة لأن {inviter} كتب عنوانك.',
  // ما يُقال عن طلب
  when: 'متى',
  whenIs: '{date}، {time}',
  doors: 'فتح الأبواب',
  where: 'أين',
  event: 'الفعالية',
  order: 'الطلب',
  promoCode: 'رمز الخصم',
  total: 'المجموع',
  free: 'مجانًا',
  refund: 'المبلغ المسترد',
  'collect.door': 'استلمها في الفعالية برمزها',
  'collect.post': 'تصل بالبريد',
  'collect.none': 'لا شيء للاستلام',
  seatName: '{section}، الصف {row}، المقعد {seat}',
  seatNameNoRow: '{section}، المقعد {seat}',
  unpublishedSubject: 'لم تُنشر: {event}',
  unpublishedPreview: 'كان ينقصها شيء في {at}.',
  unpublishedHeading: 'لم تُنشر فعاليتك',
  unpublishedText:
    'كان من المقرر نشرها في {at}. كان ينقصها شيء حينها، ولذلك لا تزال مسودة. أكملها ثم انشرها أو اختر وقتًا آخر.',
  unpublishedLacks: 'ينقص',
  unpublishedButton: 'إكمال الفعالية',
  unpublishedWhy: 'وصلتك هذه الرسالة لأن بإمكانك تعديل {event}.',
  gap_start: 'وقت البداية',
  gap_end: 'وقت النهاية',
  gap_start_in_future: 'بداية في المستقبل',
  gap_venue: 'المكان',
  gap_city: 'المدينة',
  gap_country: 'البلد',
  gap_ticket_type: 'نوع تذاكر عام',
  gap_places: 'أماكن للبيع',
  gap_sale_end_in_future: 'نهاية بيع في المستقبل',
  reviewSubject:
    '{count, plural, zero {لا طلبات تنتظر} one {طلب واحد ينتظر} two {طلبان ينتظران} few {# طلبات تنتظر} many {# طلبًا ينتظر} other {# طلب ينتظر}} نظرك: {event}',
  reviewPreview: 'من دون قرار تُؤكَّد ابتداءً من {until}.',
  reviewHeading:
    '{count, plural, zero {لا طلبات تنتظر} one {طلب واحد ينتظر} two {طلبان ينتظران} few {# طلبات تنتظر} many {# طلبًا ينتظر} other {# طلب ينتظر}} نظرك',
  reviewText:
    '{count, plural, zero {في هذه الطلبات} one {في هذا الطلب} two {في هذين الطلبين} few {في هذه الطلبات} many {في هذه الطلبات} other {في هذه الطلبات}} علامات كثيرة لبرنامج يشتري التذاكر بالجملة. دفع المشترون، وتذاكرهم تنتظر. أكّد الطلب أو أعد ثمنه. إن لم يقرر أحد فسيُؤكَّد أولها: {until}.',
  reviewButton: 'انظر في الطلبات',
  reviewWhy: 'تصلك هذه الرسالة لأنك تستطيع إعادة ثمن طلبات {event}.',
  heldSubject: 'طلبك قيد المراجعة: {event}',
  heldPreview: 'وصلنا دفعك. ستتبعه التذاكر.',
  heldHeading: 'طلبك قيد المراجعة',
  heldText:
    'دفعت ثمن {event}، وأماكنك لك. قبل أن نرسل التذاكر ينظر المنظّم في هذا الطلب، لأنه يشبه طلبات برامج تشتري التذاكر بالجملة. معظم هذه الطلبات من أشخاص حقيقيين، ويستغرق ذلك حتى {until} على الأكثر. إن لم يعترض أحد حتى ذلك الحين وصلتك تذاكرك من تلقاء نفسها. وإن لم يقبل المنظّم الطلب أُعيد إليك كل مالك.',
  heldAppeal: 'هل هناك ما ينبغي أن يعرفه المنظّم، مثل أنك تشتري لمجموعة؟ افتح طلبك واكتبه مرة واحدة.',
  heldButton: 'افتح الطلب واكتب',
  askedSubject: 'مكان جديد لك: {event}',
  askedPreview: 'ادفع {amount} قبل {until} ليصبح لك.',
  askedHeading: 'لدى المنظّم مكان جديد لك',
  askedText:
    'حجز المنظّم لك مكانًا آخر في {event}. سعره أعلى من تذكرتك بمقدار {amount}. ادفع هذا الفرق قبل {until} لتحصل على التذكرة الجديدة بدل القديمة. وحتى ذلك الحين تبقى تذكرتك صالحة.',
  askedButton: 'دفع {amount}',
  askedElse: 'إن لم ترد المكان الجديد فلا تفعل شيئًا. لا يترتب عليك شيء، وتبقى تذكرتك كما هي.',
  askedWhy: 'تصلك هذه الرسالة لأن لديك تذكرة يريد المنظّم استبدالها (الطلب {number}).',
  lapsedSubject: 'تبقى تذكرتك كما هي: {event}',
  lapsedPreview: 'لم يُدفع ثمن الاستبدال. لا يترتب عليك شيء.',
  lapsedHeading: 'لم يُستبدل شيء',
  lapsedText:
    'انتهى استبدال تذكرتك لـ{event} من غير دفع. لا يترتب عليك شيء، وتذكرتك كما كانت، والمكان الجديد متاح لغيرك.',
  openOrder: 'افتح طلبك',
  linkSubject: 'طلبك: {event}',
  linkPreview: 'رابط الطلب {number}.',
  linkText: 'طلب أحدهم، وهو أنت على الأرجح، رابط الطلب {number}. يفتح الرابط طلبك وتذاكره على أي جهاز.',
  linkSecret: 'كل من لديه هذا الرابط يستطيع استخدام تذاكرك وإلغاءها. لا تشاركه مع أحد.',
  orderWhy: 'تصلك هذه الرسالة لأن الطلب {number} قُدّم بهذا العنوان.',
  // التذاكر
  confirmedSubject: 'تذاكرك: {event}',
  confirmedPreview:
    '{count, plural, zero {التذاكر مرفقة.} one {تذكرتك مرفقة.} two {تذكرتاك مرفقتان.} few {تذاكرك الـ# مرفقة.} many {تذاكرك الـ# مرفقة.} other {تذاكرك الـ# مرفقة.}} الطلب {number}.',
  smsOffer:
    '{event}: {count, plural, zero {# مكان محجوز} one {مكان محجوز} two {مكانان محجوزان} few {# أماكن محجوزة} many {# مكانًا محجوزًا} other {# مكان محجوز}} لك حتى {until}. {url}',
  smsMoved: 'موعد أو مكان جديد لفعالية {event}: {when}، {venue}. {url}',
  smsCancelled: 'أُلغيت فعالية {event} في {when}. {url}',
  smsCode: '{code} هو رمزك لتلقي رسائل SMS من {site}. الرمز صالح 10 دقائق.',
  smsStop: 'أرسل STOP لإيقافها.',
  pushConfirmed:
    '{count, plural, zero {تذاكرك جاهزة.} one {تذكرتك جاهزة.} two {تذكرتاك جاهزتان.} few {تذاكرك الـ# جاهزة.} many {تذاكرك الـ# جاهزة.} other {تذاكرك الـ# جاهزة.}} الطلب {number}.',
  confirmedText:
    'شكرًا لك {name}. {count, plural, zero {التذاكر مرفقة} one {تذكرتك مرفقة} two {تذكرتاك مرفقتان} few {تذاكرك الـ# مرفقة} many {تذاكرك الـ# مرفقة} other {تذاكرك الـ# مرفقة}} بصيغة PDF، ومعها الفعالية لتقويمك. أظهر كل رمز عند المدخل، على الهاتف أو على الورق.',
  // في اليوم السابق
  reminderSubject: 'قريبًا: {event}',
  reminderText: 'موعد فعاليتك يقترب. لتكن تذاكرك جاهزة عند المدخل.',
  newLinkSubject: 'رابط جديد لـ {event}',
  newLinkText: 'رابط الحضور عبر الإنترنت جديد. افتح تذاكرك لتجده فيها. قد لا يعمل الرابط القديم.',
  joinOnline: 'عبر الإنترنت',
  joinLater: 'ستجد الرابط في تذاكرك.',
  joinNote: 'ملاحظة',
  joinNow: 'الحضور عبر الإنترنت',
  openTickets: 'افتح تذاكرك',
  reminderWhy: 'تصلك هذه الرسالة لأنك تريد التذكير بالفعاليات. يمكنك إيقافها من حسابك. الطلب {number}.',
  // أُلغي
  // The waitlist
  offerSubject: 'أماكن لك: {event}',
  offerPreview: 'محجوزة لك حتى {until}.',
  offerHeading:
    '{count, plural, zero {# مكان متاح لك} one {مكان متاح لك} two {مكانان متاحان لك} few {# أماكن متاحة لك} many {# مكانًا متاحًا لك} other {# مكان متاح لك}}',
  offerText:
    'كنت تنتظر {event}، وقد حان دورك. {count, plural, zero {نحجز لك # مكان} one {نحجز لك مكانًا واحدًا} two {نحجز لك مكانين} few {نحجز لك # أماكن} many {نحجز لك # مكانًا} other {نحجز لك # مكان}} حتى {until}. إن لم تشترِ قبل ذلك، ينتقل العرض إلى التالي في القائمة.',
  offerButton: 'عرض التفاصيل',
  offerTickets: 'التذاكر',
  offerUntil: 'لك حتى',
  offerElse:
    'إن لم تكن تريد الأماكن فارفضها في الصفحة نفسها، فتنتقل فورًا إلى التالي. كل من لديه هذا الرابط يمكنه شراؤها، فلا تشاركه مع أحد.',
  offerWhy: 'وصلتك هذه الرسالة لأنك على قائمة انتظار {event}.',
  turnSubject: 'حان دورك: {event}',
  turnPreview: 'اختر أماكنك حتى {until}.',
  turnText:
    'كنت تنتظر {event}، وقد حان دورك. اختر أماكنك حتى {until}. إن لم تأتِ، ينتقل الدور إلى التالي بعد بضع دقائق.',
  turnButton: 'إلى الطابور',
  turnWhy: 'وصلتك هذه الرسالة لأنك انضممت إلى طابور {event}.',
  nearSubject: 'اقترب دورك: {event}',
  nearMinutes:
    '{count, plural, zero {بقيت نحو # دقيقة.} one {بقيت دقيقة واحدة تقريبًا.} two {بقيت دقيقتان تقريبًا.} few {بقيت نحو # دقائق.} many {بقيت نحو # دقيقة.} other {بقيت نحو # دقيقة.}}',
  nearText: 'افتح صفحة طابور {event} لتختار أماكنك حالما يحين دورك.',
  cancelledSubject: 'أُلغي: {event}',
  cancelledPreview: 'أُلغي الطلب {number}.',
  cancelledHeading: 'أُلغي طلبك',
  cancelledText: 'أُلغي طلبك لفعالية {event} ولم تعد تذاكره صالحة للدخول.',
  cancelledRefund: 'يعود {amount} إلى البطاقة أو الحساب الذي دفعت منه.',
  cancelledNoRefund: 'لا يُسترد شيء.',
  ticketsCancelledSubject:
    '{count, plural, zero {أُلغيت تذاكر} one {أُلغيت تذكرة} two {أُلغيت تذكرتان} few {أُلغيت # تذاكر} many {أُلغيت # تذكرة} other {أُلغيت # تذكرة}}: {event}',
  ticketsCancelledPreview:
    '{count, plural, zero {لا تذاكر} one {تذكرة واحدة} two {تذكرتان} few {# تذاكر} many {# تذكرة} other {# تذكرة}} من الطلب {number}.',
  ticketsCancelledHeading:
    '{count, plural, zero {لم تُلغَ أي تذكرة} one {أُلغيت تذكرة واحدة} two {أُلغيت تذكرتان} few {أُلغيت # تذاكر} many {أُلغيت # تذكرة} other {أُلغيت # تذكرة}}',
  ticketsCancelledText:
    '{count, plural, zero {لم تُلغَ أي تذكرة من طلبك لفعالية {event}.} one {أُلغيت تذكرة واحدة من طلبك لفعالية {event} ولم تعد صالحة للدخول.} two {أُلغيت تذكرتان من طلبك لفعالية {event} ولم تعودا صالحتين للدخول.} few {أُلغيت # تذاكر من طلبك لفعالية {event} ولم تعد صالحة للدخول.} many {أُلغيت # تذكرة من طلبك لفعالية {event} ولم تعد صالحة للدخول.} other {أُلغيت # تذكرة من طلبك لفعالية {event} ولم تعد صالحة للدخول.}} وتبقى التذاكر الأخرى صالحة.',
  // نُقلت الفعالية أو أُلغيت
  seatsChangedSubject: 'مقعد جديد: {event}',
  seatsChangedPreview: 'الآن: {seats}',
  seatsChangedHeading:
    '{count, plural, zero {تغيّرت مقاعدك} one {تغيّر مقعدك} two {تغيّر مقعداك} few {تغيّرت مقاعدك} many {تغيّرت مقاعدك} other {تغيّرت مقاعدك}}',
  seatsChangedText:
    'غيّر المنظّم مخطط مقاعد {event}. تبقى تذاكرك ورموزها صالحة. إن كنت قد طبعت التذاكر فاطبعها من جديد: فهي تُظهر المقعد الجديد.',
  seatBefore: 'سابقًا: {seat}',
  seatStandsElsewhere: 'الاسم نفسه في مكان آخر من القاعة',
  movedSubject: 'موعد أو مكان جديد: {event}',
  movedPreview: 'الآن: {when}',
  movedHeading: 'تغيّر موعد {event} أو مكانها',
  movedText: 'غيّر المنظّم موعد {event} أو مكانها. تبقى تذاكرك صالحة، والملف المرفق يعدّل الموعد في تقويمك.',
  movedWaitingText:
    'غيّر المنظّم موعد {event} أو مكانها. تحتفظ بمكانك في قائمة الانتظار. إن لم يناسبك الموعد أو المكان الجديد، فيمكنك مغادرة القائمة من صفحة الفعالية.',
  openEvent: 'افتح صفحة الفعالية',
  movedOffer: 'إن لم تستطع الحضور فألغِ طلبك قبل {until}، ويعود إليك كل ما دفعته.',
  whenBefore: 'الموعد السابق',
  whereBefore: 'المكان السابق',
  eventCancelledSubject: 'أُلغيت الفعالية: {event}',
  eventCancelledPreview: 'لم تعد تذاكر الطلب {number} صالحة.',
  eventCancelledHeading: 'أُلغيت {event}',
  eventCancelledText: 'ألغى المنظّم {event}، فلم تعد تذاكرك صالحة للدخول. الملف المرفق يزيل الموعد من تقويمك.',
  paymentFailedSubject: 'فشلت دفعتك عن {event}',
  paymentFailedPreview: 'انتهى الطلب {number}. لم يُدفع شيء.',
  paymentFailedHeading: 'فشل الدفع',
  paymentFailedText:
    'لم تتم عملية الدفع عن طلبك لتذاكر {event}، فانتهى الطلب وعادت أماكنك متاحة. لا يتوجّب عليك شيء. وإن كانت هناك دفعة في الطريق فستعود إليك كاملةً.',
  chooseAgain: 'اختر تذاكرك من جديد',
  eventCancelledUnpaidPreview: 'لا يتوجّب عليك شيء عن الطلب {number}.',
  eventCancelledUnpaidText:
    'ألغى المنظّم {event} قبل دفع ثمن طلبك، فانتهى الطلب. لا يتوجّب عليك شيء. وإن كانت هناك دفعة في الطريق فستعود إليك كاملةً.',
  eventCancelledWaitingPreview: 'انتهت قائمة الانتظار.',
  eventCancelledWaitingText:
    'ألغى المنظّم {event}، فانتهت قائمة الانتظار. لا حاجة إلى أن تفعل شيئًا، ولا يتوجّب عليك شيء.',
  eventCancelledKept: 'لا يعيد المنظّم المال لهذه الفعالية. إن كانت لديك أسئلة فتوجّه إلى المنظّم.',
  reason: 'السبب',
  cancelledFirstHeading: 'أُلغيت الفعالية، فمالك في طريقه إليك',
  cancelledFirstText:
    'وصلت دفعتك لفعالية {event} بعد أن ألغاها المنظّم. ليست لديك تذاكر من هذا الطلب، وقد أُعيد مالك كله.',
  // مال يعود
  refundSubject: 'أُرسل المبلغ المسترد: {event}',
  refundPreview: '{amount} عن الطلب {number}.',
  refundHeading: 'المبلغ المسترد في طريقه إليك',
  refundText: 'أُرسل المبلغ المسترد عن طلبك الملغى لفعالية {event}.',
  giftLateText: 'وصل دفعك لـ{event} متأخرًا. أعدناه إليك كاملًا.',
  ticketGoneHeading: 'لم تعد التذكرة متاحة، وأموالك في طريقها إليك',
  ticketGoneText:
    'عندما وصل الدفع كانت التذكرة المعنية لـ{event} قد استُخدمت أو أُلغيت أو نُقلت. أعدنا إليك كل أموالك.',
  exchangedText: 'استبدلت تذكرة لـ{event} بمكان أرخص. أعدنا الفرق.',
  resoldText: 'اشترى شخص آخر تذكرتك لـ{event}. أعدنا إليك أموالك.',
  twiceText: 'دُفع طلبك لفعالية {event} مرتين. أُعيدت الدفعة الثانية، ولم تتأثر تذاكرك.',
  goneSubject: 'لا تذاكر، ومالك يعود: {event}',
  goneHeading: 'ذهبت الأماكن، فمالك في طريقه إليك',
  cardHeading: 'اشترت هذه البطاقة كل ما يُسمح به من التذاكر، فمالك في طريقه إليك',
  cardText:
    'لفعالية {event} تشتري بطاقة الدفع الواحدة عددًا محدودًا من التذاكر، ولو لأشخاص مختلفين، وقد بلغته هذه البطاقة. لذلك لم يُؤكَّد طلبك، وصارت أماكنه متاحة من جديد. يعود مالك كله إليك.',
  goneText:
    'وصلت دفعتك لفعالية {event} بعد انتهاء مهلة الشراء، وكانت الأماكن قد ذهبت. ليست لديك تذاكر من هذا الطلب، وقد أُعيد مالك كله.',
  receiptText: 'إيصالك في صفحة طلبك، وهناك تحصل أيضًا على فاتورة بعنوانك.',
  creditNote: 'إشعار دائن',
  creditNoteWhere: 'في صفحة طلبك',
  bankDays: 'قد يحتاج مصرفك إلى بضعة أيام ليظهره.',
  // The organiser refunds or cancels
  orderNumber: 'الطلب {number}.',
  organiserRefundSubject: 'مبلغ مسترد: {event}',
  organiserRefundHeading: 'تسترد {amount}',
  organiserRefundText: 'يعيد منظم فعالية {event} إليك {amount} من طلبك.',
  organiserEndedText: 'ألغى منظم فعالية {event} تذاكر من طلبك. لا يُسترد شيء.',
  organiserEndedCount:
    '{count, plural, zero {لم تُلغَ أي تذكرة.} one {أُلغيت تذكرة واحدة ولم تعد صالحة للدخول.} two {أُلغيت تذكرتان ولم تعودا صالحتين للدخول.} few {أُلغيت # تذاكر ولم تعد صالحة للدخول.} many {أُلغيت # تذكرة ولم تعد صالحة للدخول.} other {أُلغيت # تذكرة ولم تعد صالحة للدخول.}}',
  organiserKeptText: 'تبقى تذاكرك كما هي.',
  organiserReason: 'كتب المنظم: {reason}',
  organiserRefundSoon: 'يعود المبلغ إلى البطاقة أو الحساب الذي دفعت منه. ستصلك رسالة أخرى حين يُرسل.',
  disputeLostText: 'أعاد مصرفك إليك ما دفعته مقابل {event}، لذلك لم تعد تذاكرك صالحة.',
  organiserSentText: 'أُرسل المبلغ المسترد من منظم فعالية {event}.',
  dispute_chargeback: 'اعتراض على دفعة',
  dispute_chargeback_text:
    'سحب مصرف المشتري المبلغ إلى أن يصدر قراره. المبلغ محجوز، ولا يمكن رد أي شيء من هذا الطلب حتى ذلك الحين. تبقى التذاكر صالحة.',
  dispute_inquiry: 'استفسار مصرف عن دفعة',
  dispute_inquiry_text: 'يستفسر مصرف المشتري عن هذه الدفعة. لم يُسحب أي مبلغ. الرد الجيد قد يمنع الاعتراض.',
  dispute_fraud_warning: 'تحذير مصرف من احتيال',
  dispute_fraud_warning_text:
    'يرى المصرف أن شخصًا آخر دفع بهذه البطاقة. لم يُسحب أي مبلغ. إذا رددت ثمن الطلب الآن فقد تمنع الاعتراض.',
  dispute_won: 'اعتراض انتهى لصالحك',
  dispute_won_text: 'قرر المصرف لصالحك. عاد مبلغ هذا الطلب إليك.',
  dispute_lost: 'اعتراض خسرته',
  dispute_lost_text:
    'قرر المصرف لصالح المشتري وبقي المبلغ معه. إذا كان هذا كل ما دُفع فلم تعد التذاكر غير المستخدمة صالحة، وأماكنها متاحة من جديد.',
  disputeSubject: '{what}: {event}، الطلب {number}',
  disputeDue: 'آخر موعد للأدلة: {due}.',
  disputeEvidence:
    'يرد مشغّل هذا الموقع على المصرف قبل {due}. أرسل إليه ما يثبت أن المشتري حصل على ما دفع ثمنه، مثل رسائلك. سجل الدخول لدى Admit.',
  disputeAmount: 'المبلغ',
  disputeButton: 'فتح الطلب',
  disputeWhy: 'تصلك هذه الرسالة لأنه يحق لك رد ثمن طلبات {event}.',
  // A file on schedule
  exportSubject: '{table}: {event}',
  exportPreview: 'حتى {due}.',
  exportHeading: 'ملفك جاهز',
  exportText: 'الملف الذي جدوله فريقك جاهز.',
  exportFile: 'الملف',
  exportDue: 'حتى',
  exportUntil: 'يفتح الرابط لأعضاء الفريق الذين سجّلوا الدخول ويحق لهم تنزيل الملفات. ينتهي في {until}.',
  exportButton: 'تنزيل الملف',
  exportWhy: 'تصلك هذه الرسالة لأن فريقك جدول لك هذا الملف عن {event}. يمكنك إيقاف هذه الرسائل في حسابك.',
  export_attendees: 'الحضور',
  export_orders: 'الطلبات',
  export_payments: 'المدفوعات والمبالغ المردودة',
  export_check_ins: 'عمليات الدخول',
  export_tax: 'الضرائب',
  export_answers: 'الإجابات',
  export_extras: 'الإضافات',
  includesTax: 'يشمل {name} {rate}',
  includesFees: 'يشمل رسوم الحجز',
  // Tickets that change hands
  offeredSubject:
    'لدى {sender} {count, plural, zero {# تذكرة} one {تذكرة} two {تذكرتان} few {# تذاكر} many {# تذكرة} other {# تذكرة}} لك: {event}',
  offeredPreview:
    '{count, plural, zero {اقبل العرض لتصبح التذاكر لك.} one {اقبلها لتصبح لك.} two {اقبل العرض لتصبح التذاكر لك.} few {اقبل العرض لتصبح التذاكر لك.} many {اقبل العرض لتصبح التذاكر لك.} other {اقبل العرض لتصبح التذاكر لك.}}',
  offeredHeading:
    '{count, plural, zero {# تذكرة} one {تذكرة} two {تذكرتان} few {# تذاكر} many {# تذكرة} other {# تذكرة}} إلى {event}',
  offeredText:
    'يرغب {sender} في نقل {count, plural, zero {# تذكرة} one {تذكرة} two {تذكرتين} few {# تذاكر} many {# تذكرة} other {# تذكرة}} إلى {event} إليك. {count, plural, zero {إذا قبلت العرض حصلت على رموز خاصة بك، ولن تُدخل الرموز القديمة أحدًا.} one {إذا قبلتها حصلت على رمز خاص بك، ولن يُدخل الرمز القديم أحدًا.} two {إذا قبلت العرض حصلت على رموز خاصة بك، ولن تُدخل الرموز القديمة أحدًا.} few {إذا قبلت العرض حصلت على رموز خاصة بك، ولن تُدخل الرموز القديمة أحدًا.} many {إذا قبلت العرض حصلت على رموز خاصة بك، ولن تُدخل الرموز القديمة أحدًا.} other {إذا قبلت العرض حصلت على رموز خاصة بك، ولن تُدخل الرموز القديمة أحدًا.}}',
  offeredMessage: 'كتب {sender}: {message}',
  offeredPlace:
    '{count, plural, zero {التذاكر} one {التذكرة} two {التذكرتان} few {التذاكر} many {التذاكر} other {التذاكر}}',
  offeredButton: 'عرض التفاصيل',
  offeredUntil: 'يمكنك القبول حتى {until}. بعد ذلك ينتهي العرض.',
  offeredIgnore:
    'إذا كنت لا تريد ذلك فارفض العرض هناك أو تجاهل هذه الرسالة. من فضلك لا ترسل الرابط إلى أحد: كل من لديه الرابط يمكنه قبول العرض.',
  offeredWhy: 'وصلتك هذه الرسالة لأن {sender} أدخل عنوانك.',
  receivedSubject:
    '{count, plural, zero {تذاكرك} one {تذكرتك} two {تذكرتاك} few {تذاكرك} many {تذاكرك} other {تذاكرك}}: {event}',
  receivedPreview:
    '{count, plural, zero {التذاكر مرفقة.} one {تذكرتك مرفقة.} two {التذاكر مرفقة.} few {التذاكر مرفقة.} many {التذاكر مرفقة.} other {التذاكر مرفقة.}}',
  receivedText:
    '{count, plural, zero {أصبحت تذاكر {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض الرموز عند الباب، على الهاتف أو على الورق.} one {أصبحت تذكرة {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض رمزها عند الباب، على الهاتف أو على الورق.} two {أصبحت تذاكر {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض الرموز عند الباب، على الهاتف أو على الورق.} few {أصبحت تذاكر {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض الرموز عند الباب، على الهاتف أو على الورق.} many {أصبحت تذاكر {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض الرموز عند الباب، على الهاتف أو على الورق.} other {أصبحت تذاكر {event} لك الآن. وهي مرفقة بصيغة PDF مع موعد الفعالية لتقويمك. اعرض الرموز عند الباب، على الهاتف أو على الورق.}}',
  confirmedPhonePreview:
    '{count, plural, zero {التذاكر جاهزة.} one {تذكرتك جاهزة.} two {تذكرتاك جاهزتان.} few {تذاكرك الـ# جاهزة.} many {تذاكرك الـ# جاهزة.} other {تذاكرك الـ# جاهزة.}} الطلب {number}.',
  confirmedPhoneText:
    'شكرًا لك {name}. {count, plural, zero {التذاكر جاهزة} one {تذكرتك جاهزة} two {تذكرتاك جاهزتان} few {تذاكرك الـ# جاهزة} many {تذاكرك الـ# جاهزة} other {تذاكرك الـ# جاهزة}}، والفعالية لتقويمك مرفقة. افتح الطلب على هاتفك قبل أن تأتي، ففيه رمز الدخول. يتغير الرمز كل 15 ثانية، فلا تصلح صورة منه.',
  receivedPhonePreview:
    '{count, plural, zero {التذاكر جاهزة.} one {تذكرتك جاهزة.} two {التذاكر جاهزة.} few {التذاكر جاهزة.} many {التذاكر جاهزة.} other {التذاكر جاهزة.}}',
  receivedPhoneText:
    '{count, plural, zero {أصبحت تذاكر {event} لك الآن.} one {أصبحت تذكرة {event} لك الآن.} two {أصبحت تذاكر {event} لك الآن.} few {أصبحت تذاكر {event} لك الآن.} many {أصبحت تذاكر {event} لك الآن.} other {أصبحت تذاكر {event} لك الآن.}} موعد الفعالية لتقويمك مرفق. افتح التذاكر على هاتفك قبل أن تأتي، ففيها رمز الدخول. يتغير الرمز كل 15 ثانية، فلا تصلح صورة منه.',
  openTicket: 'افتح تذكرتك',
  receivedSecret: 'كل من لديه هذا الرابط يمكنه استخدام تذكرتك. من فضلك لا ترسله إلى أحد.',
  receivedWhy: 'وصلتك هذه الرسالة لأنك قبلت تذكرة من {sender}.',
  passedOnSubject:
    '{count, plural, zero {تم نقل التذاكر} one {تم نقل التذكرة} two {تم نقل التذاكر} few {تم نقل التذاكر} many {تم نقل التذاكر} other {تم نقل التذاكر}}: {event}',
  passedOnPreview:
    'قبل {recipient} {count, plural, zero {تذاكرك} one {تذكرتك} two {تذكرتيك} few {تذاكرك} many {تذاكرك} other {تذاكرك}}.',
  passedOnHeading:
    'قبل {recipient} {count, plural, zero {تذاكرك} one {تذكرتك} two {تذكرتيك} few {تذاكرك} many {تذاكرك} other {تذاكرك}}',
  passedOnText:
    '{count, plural, zero {أصبحت تذاكرك إلى {event} لـ{recipient} الآن. لم تعد رموزك تُدخل أحدًا. إذا أعاد {recipient} تذكرة فإن المبلغ يعود إلى من دفع ثمنها.} one {أصبحت تذكرتك إلى {event} لـ{recipient} الآن. لم يعد رمزك يُدخل أحدًا. إذا أعاد {recipient} التذكرة فإن المبلغ يعود إلى من دفع ثمنها.} two {أصبحت تذاكرك إلى {event} لـ{recipient} الآن. لم تعد رموزك تُدخل أحدًا. إذا أعاد {recipient} تذكرة فإن المبلغ يعود إلى من دفع ثمنها.} few {أصبحت تذاكرك إلى {event} لـ{recipient} الآن. لم تعد رموزك تُدخل أحدًا. إذا أعاد {recipient} تذكرة فإن المبلغ يعود إلى من دفع ثمنها.} many {أصبحت تذاكرك إلى {event} لـ{recipient} الآن. لم تعد رموزك تُدخل أحدًا. إذا أعاد {recipient} تذكرة فإن المبلغ يعود إلى من دفع ثمنها.} other {أصبحت تذاكرك إلى {event} لـ{recipient} الآن. لم تعد رموزك تُدخل أحدًا. إذا أعاد {recipient} تذكرة فإن المبلغ يعود إلى من دفع ثمنها.}}',
  passedOnWhy: 'وصلتك هذه الرسالة لأنك عرضت تذكرة على شخص آخر.',
  offerEndedSubject:
    '{count, plural, zero {لم تُنقل التذاكر} one {لم تُنقل التذكرة} two {لم تُنقل التذاكر} few {لم تُنقل التذاكر} many {لم تُنقل التذاكر} other {لم تُنقل التذاكر}}: {event}',
  offerEndedHeading:
    '{count, plural, zero {لم تُنقل التذاكر} one {لم تُنقل التذكرة} two {لم تُنقل التذاكر} few {لم تُنقل التذاكر} many {لم تُنقل التذاكر} other {لم تُنقل التذاكر}}',
  offerDeclined:
    'رفض {recipient} {count, plural, zero {تذاكرك} one {تذكرتك} two {تذكرتيك} few {تذاكرك} many {تذاكرك} other {تذاكرك}} إلى {event}.',
  offerExpired:
    'لم يقبل {recipient} {count, plural, zero {تذاكرك} one {تذكرتك} two {تذكرتيك} few {تذاكرك} many {تذاكرك} other {تذاكرك}} إلى {event} في الوقت المحدد.',
  offerWithdrawn:
    'استعاد {sender} {count, plural, zero {تذاكر {event}. لم يعد بإمكانك قبولها.} one {تذكرة {event}. لم يعد بإمكانك قبولها.} two {تذاكر {event}. لم يعد بإمكانك قبولها.} few {تذاكر {event}. لم يعد بإمكانك قبولها.} many {تذاكر {event}. لم يعد بإمكانك قبولها.} other {تذاكر {event}. لم يعد بإمكانك قبولها.}}',
  offerStillYours:
    '{count, plural, zero {ما زالت لك، وما زالت رموزها صالحة.} one {ما زالت لك، وما زال رمزها صالحًا.} two {ما زالت لك، وما زالت رموزها صالحة.} few {ما زالت لك، وما زالت رموزها صالحة.} many {ما زالت لك، وما زالت رموزها صالحة.} other {ما زالت لك، وما زالت رموزها صالحة.}}',
  heldEndedSubject: 'أُلغيت التذكرة: {event}',
  heldEndedHeading: 'تذكرتك لم تعد صالحة',
  heldReturned: 'أُعيدت تذكرة {event}، ولم تعد تُدخل أحدًا.',
  heldCancelled: 'أُلغيت تذكرة {event}، ولم تعد تُدخل أحدًا. إذا كانت لديك أسئلة فتوجه إلى المنظم.',
  heldEventCancelled: 'ألغى المنظم {event}، ولذلك لم تعد تذكرتك صالحة. الملف المرفق يزيل الفعالية من تقويمك.',
  heldMoney: 'إذا أُعيد مبلغ فإنه يعود إلى من دفع ثمن التذكرة.',
  // Tickets on resale
  resaleOfferedSubject: 'معروضة لإعادة البيع: {event}',
  resaleOfferedPreview: 'تبقى التذكرة لك حتى يدفع أحد ثمنها.',
  resaleOfferedHeading: 'تذكرتك معروضة لإعادة البيع',
  resaleOfferedText:
    'تذكرتك لـ{event} معروضة على من ينتظرون في قائمة الانتظار، بالسعر المدفوع فيها. تبقى لك ويبقى رمزها صالحًا حتى يدفع أحد ثمنها. إن لم يشترها أحد قبل {until} تبقى معك. يمكنك سحبها من صفحة التذكرة.',
  resaleSoldSubject: 'أُعيد بيع التذكرة: {event}',
  resaleSoldPreview: 'أصبحت تذكرتك لشخص آخر.',
  resaleSoldHeading: 'أُعيد بيع تذكرتك',
  resaleSoldText: 'اشترى شخص آخر تذكرتك لـ{event}. لم يعد رمزك صالحًا للدخول.',
  resaleSoldBack:
    'يعود {back} إلى البطاقة أو الحساب الذي دفعت به. ستصلك رسالة أخرى عند الإرسال، وقد يحتاج مصرفك بعدها إلى بضعة أيام.',
  resaleSoldBackToPayer: 'يعود {back} إلى من دفع ثمن التذكرة، وستصله رسالة عند الإرسال.',
  resaleEndedSubject: 'لم يُعد بيعها: {event}',
  resaleEndedHeading: 'لم يُعد بيع تذكرتك',
  resaleUnsold: 'لم يشترِ أحد تذكرتك لـ{event} في الوقت المحدد.',
  resaleOff: 'أنهى منظم {event} إعادة البيع.',
  resaleRefunded: 'رُدّ جزء من سعر تذكرتك لـ{event}، فلم تعد معروضة. يمكنك عرضها مجددًا بما بقي من سعرها.',
  resaleDisputed: 'يعترض مصرف من دفع ثمن تذكرتك لـ{event} على الدفعة، فلم تعد معروضة.',
  resalePrice: 'السعر',
  resaleFee: 'يحتفظ المنظم بـ',
  resaleBack: 'يعود',
  resaleWhy: 'تصلك هذه الرسالة لأنك عرضت تذكرة لإعادة البيع.',
  offerResale:
    'في هذا العرض تذكرة شخص آخر بالسعر الذي دفعه. عندما تدفع تحصل على رمز خاص بك، ولن يكون رمزه صالحًا.',
  // Messages of the organiser
  broadcastWhy: 'تصلك هذه الرسالة لأن لديك تذكرة إلى {event}. كتبها المنظِّم.',
  newsWhy:
    'تصلك هذه الرسالة لأن لديك تذكرة إلى {event}. كتبها المنظِّم. يمكنك إيقاف مثل هذه الأخبار من حسابك أو من برنامج بريدك.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
