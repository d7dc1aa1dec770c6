import type { DatabaseSync } from 'node:sqlite';
import type { Sluice } from '@sluice/node';

const AT_ONCE = 500;
const LOOK_AGAIN_MS = 5000;

export interface Relay {
  /** Sends what the outbox holds. Call it after a transaction; it does not keep the caller waiting. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Sends the outbox. A row goes when the proxy has answered for it: one that the process dies with is sent again by the
 * next, under the same id. The outbox is a spool already, so the SDK needs none.
 */
export function createRelay(db: DatabaseSync, sluice: Sluice): Relay {
  const select = db.prepare(`SELECT * FROM outbox WHERE refused IS NULL ORDER BY seq LIMIT ${AT_ONCE}`);
  const remove = db.prepare('DELETE FROM outbox WHERE seq = ?');
  const refuse = db.prepare('UPDATE outbox SET refused = ? WHERE seq = ?');
  let running = Promise.resolve();
  let isStopped = false;

  const sendAll = async () => {
    for (let rows = select.all(); rows.length > 0 && !isStopped; rows = select.all()) {
      const results = rows.map(({ message_id, event, properties, options }) =>
        sluice.track(String(event), JSON.parse(String(properties)), {
          ...JSON.parse(String(options)),
          messageId: String(message_id),
        }),
      );
      void sluice.flush();
      for (const [index, result] of (await Promise.all(results)).entries()) {
        const seq = Number(rows[index]?.seq);
        if (result.ok) remove.run(seq);
        // These two say nothing against the message: the next run, or the next process, sends it.
        else if (result.reason === 'closed' || result.reason === 'queue_full') return;
        else refuse.run(result.reason, seq);
      }
    }
  };
  const wake = () => {
    running = running.then(sendAll);
  };
  const timer = setInterval(wake, LOOK_AGAIN_MS).unref();
  wake();

  return {
    wake,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await sluice.close();
      await running;
    },
  };
}
