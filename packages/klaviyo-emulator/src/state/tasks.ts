import { hashText } from '../rate/hashText.ts';
import type { EventGroup, ProfileResource } from '../wire.ts';
import { eraseProfiles } from './eraseProfiles.ts';
import { forgetOldest } from './forgetOldest.ts';
import { mergeProfiles } from './mergeProfiles.ts';
import { runEventsTask } from './runEventsTask.ts';
import { runImportTask } from './runImportTask.ts';
import { runProfileTask } from './runProfileTask.ts';
import { runSuppressionTask } from './runSuppressionTask.ts';
import { type SubscribeJob, subscribe } from './subscribe.ts';
import type { Account, World } from './types.ts';
import { type UnsubscribeJob, unsubscribe } from './unsubscribe.ts';

/** Work behind a 202: plain JSON, so that it outlives a restart. */
export type Task = { dueMs: number; account: string } & TaskWork;

type TaskWork =
  | { kind: 'events'; receivedMs: number; groups: EventGroup[] }
  | { kind: 'profile'; profile: ProfileResource }
  | { kind: 'import'; jobId: string; profiles: ProfileResource[] }
  | { kind: 'subscribe'; job: SubscribeJob }
  | { kind: 'unsubscribe'; job: UnsubscribeJob }
  | { kind: 'suppression'; jobId: string; emails: string[] }
  | { kind: 'merge'; into: string; source: string }
  | { kind: 'erase'; id: string | null; email: string | null; phoneNumber: string | null };

export function schedule(world: World, account: Account, request: { work: TaskWork; dueMs: number }): void {
  const { work, dueMs } = request;
  // In the order of dueMs, and of arrival where that is the same: nearly always the end.
  const at = world.tasks.findLastIndex((task) => task.dueMs <= dueMs) + 1;
  world.tasks.splice(at, 0, { dueMs, account: account.publicKey, ...work });
  world.version += 1;
}

/** When the effect of a request answered 202 now becomes visible: seeded, so that later requests may be visible earlier. */
export function visibleAt(world: World, nowMs: number): number {
  const { min, max } = world.settings.visibilityDelayMs;
  world.sequence += 1;
  return nowMs + min + (max > min ? hashText(`${world.settings.seed}/visible/${world.sequence}`) % (max - min + 1) : 0);
}

/** Carries out everything that is due, and forgets what is too much. Lazy: nothing runs between requests, and time can jump. */
export function settle(world: World, nowMs: number): void {
  const later = world.tasks.findIndex((task) => task.dueMs > nowMs);
  const due = world.tasks.splice(0, later === -1 ? world.tasks.length : later);
  for (const task of due) {
    const account = world.accounts.get(task.account);
    if (account) run(world, account, task);
  }
  if (due.length > 0) world.version += 1;
  forgetOldest(world, nowMs);
}

function run(world: World, account: Account, task: Task): void {
  const nowMs = task.dueMs;
  switch (task.kind) {
    case 'events':
      runEventsTask(world, account, { ...task, nowMs });
      break;
    case 'profile':
      runProfileTask(world, account, { ...task, nowMs });
      break;
    case 'import':
      runImportTask(world, account, { ...task, nowMs });
      break;
    case 'subscribe':
      subscribe(world, account, { job: task.job, nowMs });
      break;
    case 'unsubscribe':
      unsubscribe(world, account, { job: task.job, nowMs });
      break;
    case 'suppression':
      runSuppressionTask(world, account, { ...task, nowMs });
      break;
    case 'merge':
      mergeByIds(account, { ...task, nowMs });
      break;
    case 'erase':
      eraseProfiles(account, task);
      break;
  }
}

function mergeByIds(account: Account, task: { into: string; source: string; nowMs: number }): void {
  const into = account.profiles.get(task.into);
  const source = account.profiles.get(task.source);
  if (into && source) mergeProfiles(account, { into, source, nowMs: task.nowMs });
}
