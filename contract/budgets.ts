/**
 * `max` may be spent at once. A spent budget fills up again evenly in `seconds`: with 60 in 600 seconds, one unit comes
 * back every ten seconds. So a window of that length never gives more than twice `max`.
 */
interface Budget {
  max: number;
  seconds: number;
}

/** The cost of a promo code that the event does not have, and of one that it has. */
export const promoCodeCost = { wrong: 10, right: 1 };

/**
 * Budgets that several operations or several calls share. The rate limit of an operation comes on top. docs/limits.md
 * says what each budget is for and why it has these numbers.
 */
export const budgets = {
  /** Ten wrong codes, then one a minute. */
  promoCodesPerAccount: { max: 100, seconds: 600 },
  /** Sixty wrong codes for all who share an address, then one every ten seconds. */
  promoCodesPerNetwork: { max: 600, seconds: 600 },
  /** 300 wrong codes for an event, then 30 a minute. Right ones cost it nothing. */
  promoCodesPerEvent: { max: 3000, seconds: 600 },
  /** Codes of gift cards that no card has: ten of one account, then one a minute; sixty of a network; 300 for an event. */
  giftCodesPerAccount: { max: 100, seconds: 600 },
  giftCodesPerNetwork: { max: 600, seconds: 600 },
  giftCodesPerEvent: { max: 3000, seconds: 600 },
  /**
   * People of one network who join the queue of one event without a verified e-mail address. The more of it is spent, the more
   * work each of them has to prove.
   */
  queueGuestsPerNetwork: { max: 600, seconds: 600 },
  /** Codes of a lane of a queue, right or wrong, of one caller and of one network. */
  laneCodesPerAccount: { max: 10, seconds: 600 },
  laneCodesPerNetwork: { max: 100, seconds: 600 },
  /** Wrong short numbers of tickets that one device or person types at the door: twenty, then one every half minute. */
  wrongNumbersPerScanner: { max: 20, seconds: 600 },
  /** Manifests and deltas that the server packs for the devices of one link, or for one member, and that no other gate asks for. */
  manifestsPackedPerLink: { max: 600, seconds: 60 },
  /** Mails about free orders to an address that the buyer has not verified. */
  orderMailsPerRecipient: { max: 10, seconds: 86_400 },
  /** Mails with a link that verifies an address or sets a new password: six, then one every two hours. */
  linkMailsPerRecipient: { max: 6, seconds: 43_200 },
  /** Mails that offer a ticket, to one address. */
  transferMailsPerRecipient: { max: 5, seconds: 86_400 },
  /** Mails that offer a ticket, from one caller: each may carry words of the caller to a stranger. */
  transferMailsPerSender: { max: 20, seconds: 86_400 },
  /** Messages of an organiser to the people who hold tickets of one event. */
  broadcastsPerEvent: { max: 6, seconds: 86_400 },
  /** Tests of such messages, from one member of a team to themselves. */
  broadcastTestsPerSender: { max: 30, seconds: 86_400 },
  /** SMS with a code that confirms a number: for one account, and to one number. Each is paid for, and rings at a stranger's. */
  smsCodesPerAccount: { max: 4, seconds: 43_200 },
  smsCodesPerNumber: { max: 4, seconds: 86_400 },
  /** Questions to a language model for the events of one organisation. Each is paid for. */
  modelQuestionsPerOrganisation: { max: 60, seconds: 86_400 },
  /** Reports of events from one network: sixty, then one every 24 minutes. Each is read by a person. */
  reportsPerNetwork: { max: 60, seconds: 86_400 },
  /** Mails that say that a report has arrived, to the address that it names. */
  reportMailsPerRecipient: { max: 10, seconds: 86_400 },
  /** Mails about new sign-ins, turns in queues, and to whoever waits for places. */
  noticeMailsPerRecipient: { max: 10, seconds: 86_400 },
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof budgets;
