export default {
  haveOne: 'هل لديك رمز خصم؟',
  code: 'رمز الخصم',
  redeem: 'استخدام',
  noCode: 'يتكوّن الرمز من 3 إلى 32 حرفًا أو رقمًا أو شرطة.',
  saves: '{code}: توفّر {amount}',
  remove: 'إزالة الرمز {code}',
  removed: 'أُزيل الرمز.',
  orderFee: 'رسوم حجز الطلب',
  includesTax: 'يشمل {name} {rate}: {amount}',
  includesFee: 'يشمل رسوم الحجز: {amount}',
  includesFeeTax: 'الضريبة ضمن رسوم الحجز: {amount}',
} as const;
