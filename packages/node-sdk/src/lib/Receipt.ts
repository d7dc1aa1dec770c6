import type { TrackResult } from '../types.ts';
import type { Ledger } from './createLedger.ts';

/**
 * The promise that a call returns. Most callers drop it, so it becomes a real one only when somebody asks: until then
 * nothing refers to it, and a message that waits costs no promise and no closure. It never rejects.
 */
export class Receipt implements Promise<TrackResult> {
  private readonly ledger: Ledger;
  private readonly at: number;
  private readonly messageId: string;
  private promise: Promise<TrackResult> | undefined;

  constructor(ledger: Ledger, at: number, messageId: string) {
    this.ledger = ledger;
    this.at = at;
    this.messageId = messageId;
    this.promise = undefined;
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  then<A = TrackResult, B = never>(
    onResult?: ((result: TrackResult) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.ask().then(onResult, onError);
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<TrackResult | B> {
    return this.ask().catch(onError);
  }

  finally(onEnd?: (() => void) | null): Promise<TrackResult> {
    return this.ask().finally(onEnd);
  }

  private ask(): Promise<TrackResult> {
    this.promise ??= new Promise((resolve) => {
      this.ledger.watch(this.at, (verdict) => resolve({ ...verdict, messageId: this.messageId }));
    });
    return this.promise;
  }
}
