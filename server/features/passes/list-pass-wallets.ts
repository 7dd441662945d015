import type { PassWallet } from '../../../contract/wallet-passes.ts';
import type { App } from '../../app.ts';
import { makes } from './say-pass.ts';

export const listPassWallets = (app: App): { wallets: PassWallet[] } => ({
  wallets: (['apple', 'google'] as const).filter((wallet) => makes(app, wallet)),
});
