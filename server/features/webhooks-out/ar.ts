import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  subject: 'أُوقفت إشعارات الويب: {host}',
  preview: 'لم يعد Admit يرسل إشعارات الويب إلى {host}.',
  heading: 'أُوقفت وجهة استقبال',
  gone: 'أجابت الوجهة بأنها لا تريد مزيدًا من إشعارات الويب (410)، ولذلك أوقفها Admit.',
  failures: 'حاول Admit ثلاثة أيام ولم يصل أي إشعار، ولذلك أوقف الوجهة.',
  after: 'عندما تعمل الوجهة من جديد، شغّلها. يمكنك حينها إرسال كل ما فاتها.',
  endpoint: 'الوجهة',
  button: 'عرض السجل',
  why: 'وصلتك هذه الرسالة لأن بإمكانك إدارة إشعارات الويب لفريقك.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
