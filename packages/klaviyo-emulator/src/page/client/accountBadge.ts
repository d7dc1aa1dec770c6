import { badge } from './badge.ts';
import { store } from './store.ts';

/** Which account a row belongs to; nothing while there is only one. */
export function accountBadge(key: string | null): HTMLElement | undefined {
  const accounts = store.data?.accounts ?? [];
  if (accounts.length < 2 || key === null) return undefined;
  return badge(accounts.find(({ publicKey }) => publicKey === key)?.name ?? key, 'account');
}
