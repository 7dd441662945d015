import type { PassWallet } from '../../../../contract/wallet-passes.ts';

/**
 * The wallet of this device: Apple's on iPhones, iPads and Macs, which open passes and share them; Google's on everything else,
 * because a pass that is saved in any browser comes to the phone of the same account.
 */
export const walletOf = ({ userAgent }: Pick<Navigator, 'userAgent'>): PassWallet =>
  /iPhone|iPad|iPod|Macintosh/.test(userAgent) ? 'apple' : 'google';
