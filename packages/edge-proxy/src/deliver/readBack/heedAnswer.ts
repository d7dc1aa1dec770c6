import type { KlaviyoAnswer } from '../../klaviyo/client.ts';
import type { Operation } from '../../klaviyo/operations.ts';
import { stopsAfter } from '../applyAction.ts';
import { decideAction } from '../decideAction.ts';
import { laneOf } from '../lanes/index.ts';
import type { Outbox } from '../Outbox.ts';

/** A read that Klaviyo did not answer says nothing of any item: only its pauses and stops count. */
export function heedAnswer(outbox: Outbox, operation: Operation, answer: KlaviyoAnswer): void {
  const nobody = { lane: laneOf('members'), run: '', items: [], attempts: 0, othersTaken: false };
  const action = decideAction(answer, nobody, outbox.ground.random);
  outbox.stops = stopsAfter(outbox.stops, action, operation, outbox.now());
}
