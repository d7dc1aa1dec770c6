import type { DeadLettersAnswer, ReplayAnswer } from '@sluice/shared';
import { send } from './post.ts';

const headers = { authorization: 'Bearer op_alice' };

/** What the operator is answered. */
export async function ask<T>(path: string, body?: unknown): Promise<T> {
  const method = body === undefined ? 'GET' : 'POST';
  return (await send(`/v1/operator/${path}`, body, { method, headers, origin: null })).json as unknown as T;
}

export const listDead = (query = '') => ask<DeadLettersAnswer>(`dead-letters?${query}`);

/** How many were moved, and whether there are more. */
export async function replay(order: object): Promise<[number, boolean]> {
  const { replayed, more } = await ask<ReplayAnswer>('replay', order);
  return [replayed, more];
}

/** Status and code of an answer that the operator is refused with. */
export async function refusal(path: string, body?: unknown): Promise<unknown[]> {
  const method = body === undefined ? 'GET' : 'POST';
  const { status, json } = await send(`/v1/operator/${path}`, body, { method, headers, origin: null });
  return [status, json.error?.code];
}
