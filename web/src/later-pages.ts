import { load as accountWords } from './features/account/words.ts';
import { load as adminWords } from './features/admin/words.ts';
import { load as bankWords } from './features/bank/words.ts';
import { load as blockWords } from './features/blocks/words.ts';
import { load as brandingWords } from './features/branding/words.ts';
import { load as buyWords } from './features/buy/words.ts';
import { load as checkoutWords } from './features/checkout/words.ts';
import { load as codeWords } from './features/codes/words.ts';
import { load as complimentaryWords } from './features/complimentary/words.ts';
import { load as coverWords } from './features/covers/words.ts';
import { load as designerWords } from './features/designer/words.ts';
import { load as deskWords } from './features/desk/words.ts';
import { load as documentWords } from './features/documents/words.ts';
import { load as doorWords } from './features/door/words.ts';
import { load as doorDeskWords } from './features/door-desk/words.ts';
import { load as doorSaleWords } from './features/door-sales/words.ts';
import { load as editorWords } from './features/editor/words.ts';
import { load as exchangeWords } from './features/exchange/words.ts';
import { load as exploreWords } from './features/explore/words.ts';
import { load as extraWords } from './features/extras/words.ts';
import { load as figureWords } from './features/figures/words.ts';
import { load as formWords } from './features/forms/words.ts';
import { load as integrationWords } from './features/integrations/words.ts';
import { load as invitationWords } from './features/invitation/words.ts';
import { load as logWords } from './features/log/words.ts';
import { load as mailboxWords } from './features/mailbox/words.ts';
import { load as messagesWords } from './features/messages/words.ts';
import { load as moderationWords } from './features/moderation/words.ts';
import { load as onlineWords } from './features/online/words.ts';
import { load as orderReviewWords } from './features/order-reviews/words.ts';
import { load as organiseWords } from './features/organise/words.ts';
import { load as passWords } from './features/passes/words.ts';
import { load as payoutWords } from './features/payouts/words.ts';
import { load as priceFormWords } from './features/price-form/words.ts';
import { load as priceWords } from './features/prices/words.ts';
import { load as pushWords } from './features/push/words.ts';
import { load as questionWords } from './features/questions/words.ts';
import { load as queueWords } from './features/queue/words.ts';
import { load as queueDeskWords } from './features/queue-desk/words.ts';
import { load as repeatWords } from './features/repeat/words.ts';
import { load as reportWords } from './features/reports/words.ts';
import { load as scheduleWords } from './features/schedules/words.ts';
import { load as libraryWords } from './features/seat-library/words.ts';
import { load as seatsWords } from './features/seats/words.ts';
import { load as seriesWords } from './features/series/words.ts';
import { load as suggestionWords } from './features/suggestions/words.ts';
import { load as transferWords } from './features/transfer/words.ts';
import { load as waitlistWords } from './features/waitlist/words.ts';
import { load as walletWords } from './features/wallet/words.ts';

/*
 * Pages that are not on every buyer's way to a ticket: queues, accounts, teams, doors, mailboxes and the sandbox's own page. The names of their files and
 * of their texts in five languages are here, so that only who opens one of these pages loads the names. On the event page they
 * took 0.7 KB.
 */

async function loaded<Module>(file: Promise<Module>, ...words: (() => Promise<void>)[]): Promise<Module> {
  const [module] = await Promise.all([file, ...words.map((load) => load())]);
  return module;
}

const planWords = [designerWords, libraryWords, seatsWords, buyWords, organiseWords, formWords];

const editWords = [
  organiseWords,
  codeWords,
  coverWords,
  designerWords,
  extraWords,
  formWords,
  exploreWords,
  editorWords,
  suggestionWords,
  onlineWords,
  bankWords,
  passWords,
  priceFormWords,
  brandingWords,
];
const soldWords = [deskWords, walletWords, documentWords, transferWords];

/** What the pages of the door need first. */
export const doorLoaders = () => import('./door-loaders.ts');

/** What a checkout needs if the organiser asks something. */
export const askedFields = () => loaded(import('./features/questions/AskedFields.tsx'), questionWords);

/** What a checkout needs if the event sells extras, and an order with tickets. */
export const extrasChoice = () => loaded(import('./features/extras/ExtrasChoice.tsx'), extraWords);
export const moreExtras = () => loaded(import('./features/extras/MoreExtras.tsx'), extraWords);

/** What a checkout needs where buyers may pay in several ways. */
export const payChoice = () => loaded(import('./features/bank/PayChoice.tsx'), bankWords);

export const pages = {
  /** For the page of an event: where people have places already, wait in a queue, or want what is sold out. */
  HeldNotice: () => loaded(import('./features/buy/HeldNotice.tsx')),
  QueueGate: () => loaded(import('./features/queue/QueueGate.tsx'), queueWords),
  CalendarDialog: () => loaded(import('./features/buy/CalendarDialog.tsx')),
  EventLine: () => loaded(import('./features/waitlist/EventLine.tsx'), waitlistWords),
  /** For the buyer who has a code, and for an event that sells extras. */
  CodeBox: () => loaded(import('./features/codes/CodeBox.tsx'), codeWords, buyWords, formWords),
  EventExtras: () => loaded(import('./features/extras/EventExtras.tsx'), extraWords),
  /** For the tickets of an event, if one of them has more than one price. */
  PriceNotes: () => loaded(import('./features/prices/PriceNotes.tsx'), priceWords),
  DoorDeskPage: () =>
    loaded(import('./features/door-desk/DoorDeskPage.tsx'), doorDeskWords, doorWords, formWords),
  DrawPage: () => loaded(import('./features/queue/DrawPage.tsx'), queueWords),
  QueuePage: () => loaded(import('./features/queue/QueuePage.tsx'), queueWords),
  ExchangePage: () =>
    loaded(
      import('./features/exchange/ExchangePage.tsx'),
      exchangeWords,
      seatsWords,
      buyWords,
      transferWords,
    ),
  TeamExchange: () =>
    loaded(
      import('./features/exchange/TeamExchange.tsx'),
      exchangeWords,
      seatsWords,
      buyWords,
      transferWords,
    ),
  PayAsked: () =>
    loaded(import('./features/exchange/PayAsked.tsx'), exchangeWords, buyWords, checkoutWords, transferWords),
  AskedToPay: () => loaded(import('./features/exchange/AskedToPay.tsx'), exchangeWords),
  AccountPage: () =>
    loaded(import('./features/account/AccountPage.tsx'), accountWords, pushWords, formWords, exploreWords),
  SignInPage: () => loaded(import('./features/account/SignInPage.tsx'), accountWords),
  SignUpPage: () => loaded(import('./features/account/SignUpPage.tsx'), accountWords),
  VerifyPage: () => loaded(import('./features/account/VerifyPage.tsx'), accountWords),
  ForgotPasswordPage: () => loaded(import('./features/account/PasswordPages.tsx'), accountWords),
  ResetPasswordPage: () => loaded(import('./features/account/PasswordPages.tsx'), accountWords),
  OrganisePage: () =>
    loaded(
      import('./features/organise/OrganisePage.tsx'),
      organiseWords,
      formWords,
      editorWords,
      libraryWords,
    ),
  NewEventPage: () => loaded(import('./features/organise/NewEventPage.tsx'), ...editWords),
  ManagedEventPage: () => loaded(import('./features/organise/ManagedEventPage.tsx'), ...editWords),
  StartPage: () => loaded(import('./features/editor/StartPage.tsx'), editorWords, organiseWords),
  EditorPage: () => loaded(import('./features/editor/EditorPage.tsx'), ...editWords, buyWords),
  PreviewPage: () => loaded(import('./features/editor/PreviewPage.tsx'), editorWords, buyWords),
  TeamPage: () =>
    loaded(
      import('./features/organise/TeamPage.tsx'),
      organiseWords,
      documentWords,
      formWords,
      integrationWords,
      brandingWords,
    ),
  ApiKeysPage: () =>
    loaded(import('./features/integrations/ApiKeysPage.tsx'), integrationWords, organiseWords),
  WebhooksPage: () => loaded(import('./features/integrations/WebhooksPage.tsx'), integrationWords),
  WebhookPage: () => loaded(import('./features/integrations/WebhookPage.tsx'), integrationWords),
  BlocksPage: () => loaded(import('./features/blocks/BlocksPage.tsx'), blockWords),
  CodesPage: () => loaded(import('./features/codes/CodesPage.tsx'), codeWords, blockWords),
  CodePage: () => loaded(import('./features/codes/CodePage.tsx'), codeWords, buyWords, formWords),
  ComplimentaryPage: () =>
    loaded(import('./features/complimentary/ComplimentaryPage.tsx'), complimentaryWords, blockWords),
  QuestionsPage: () => loaded(import('./features/questions/QuestionsPage.tsx'), questionWords, formWords),
  PassPage: () => loaded(import('./features/passes/PassPage.tsx'), passWords, codeWords),
  OnlinePage: () => loaded(import('./features/online/OnlinePage.tsx'), onlineWords, formWords),
  RepeatPage: () => loaded(import('./features/repeat/RepeatPage.tsx'), repeatWords, formWords),
  SeriesLink: () => loaded(import('./features/series/SeriesLink.tsx'), seriesWords, passWords),
  SeriesPage: () => loaded(import('./features/series/SeriesPage.tsx'), seriesWords, passWords),
  OrderAnswers: () => loaded(import('./features/questions/AnswersPanel.tsx'), questionWords),
  HolderAnswers: () => loaded(import('./features/questions/AnswersPanel.tsx'), questionWords),
  LibraryPage: () => loaded(import('./features/designer/LibraryPage.tsx'), ...planWords),
  SeatPlanPage: () => loaded(import('./features/designer/SeatPlanPage.tsx'), ...planWords),
  DoorSalesPage: () => loaded(import('./features/door-sales/DoorSalesPage.tsx'), doorSaleWords, blockWords),
  QueueDeskPage: () => loaded(import('./features/queue-desk/QueueDeskPage.tsx'), queueDeskWords),
  ScheduledExportsPage: () => loaded(import('./features/schedules/ScheduledExportsPage.tsx'), scheduleWords),
  MessagesPage: () => loaded(import('./features/messages/MessagesPage.tsx'), messagesWords),
  WritePage: () => loaded(import('./features/messages/WritePage.tsx'), messagesWords),
  SoldOrdersPage: () => loaded(import('./features/desk/SoldOrdersPage.tsx'), ...soldWords),
  SoldOrderPage: () =>
    loaded(import('./features/desk/SoldOrderPage.tsx'), ...soldWords, logWords, messagesWords),
  BooksPage: () => loaded(import('./features/desk/BooksPage.tsx'), deskWords),
  PayoutsPage: () => loaded(import('./features/payouts/PayoutsPage.tsx'), payoutWords),
  DuePayoutsPage: () => loaded(import('./features/payouts/DuePayoutsPage.tsx'), payoutWords),
  OrderReviewsPage: () => loaded(import('./features/order-reviews/OrderReviewsPage.tsx'), orderReviewWords),
  AllOrderReviewsPage: () =>
    loaded(import('./features/order-reviews/AllOrderReviewsPage.tsx'), orderReviewWords),
  TransferDetails: () => loaded(import('./features/bank/TransferDetails.tsx'), bankWords),
  BankPage: () => loaded(import('./features/bank/BankPage.tsx'), bankWords, organiseWords),
  HeldOrder: () => loaded(import('./features/order-reviews/HeldOrder.tsx'), orderReviewWords),
  TeamFiguresPage: () => loaded(import('./features/figures/TeamFiguresPage.tsx'), figureWords, organiseWords),
  EventFiguresPage: () => loaded(import('./features/figures/EventFiguresPage.tsx'), figureWords),
  AuditLogPage: () => loaded(import('./features/log/AuditLogPage.tsx'), logWords),
  PlatformLogPage: () => loaded(import('./features/log/PlatformLogPage.tsx'), logWords),
  AdminSection: () => loaded(import('./features/moderation/AdminSection.tsx'), moderationWords),
  ReportLink: () => loaded(import('./features/reports/ReportLink.tsx'), reportWords),
  ReportsPage: () => loaded(import('./features/reports/ReportsPage.tsx'), reportWords),
  PlatformWorkPage: () => loaded(import('./features/admin/PlatformWorkPage.tsx'), adminWords),
  InvitationPage: () => loaded(import('./features/invitation/InvitationPage.tsx'), invitationWords),
  DoorPage: () => loaded(import('./features/door/DoorPage.tsx'), doorWords),
  ScanPage: () => loaded(import('./features/door/ScanPage.tsx'), doorWords),
  GuidePage: () => loaded(import('./features/door/GuidePage.tsx'), doorWords),
  LinkPage: () => loaded(import('./features/door/LinkPage.tsx'), doorWords),
  LinkScanPage: () => loaded(import('./features/door/LinkScanPage.tsx'), doorWords),
  SandboxPage: () => loaded(import('./features/buy/SandboxPage.tsx'), buyWords, checkoutWords),
  MailboxPage: () => loaded(import('./features/mailbox/MailboxPage.tsx'), mailboxWords),
  MessagePage: () => loaded(import('./features/mailbox/MessagePage.tsx'), mailboxWords),
};
