import type { DatabaseSync } from 'node:sqlite';
import type { Sluice } from '@sluice/node';
import { SIGN_UP } from './writeOutbox.ts';

const AT_ONCE = 500;
const LOOK_AGAIN_MS = 5000;

type Row = Record<string, unknown>;

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

  const send = ({ message_id, event, properties, options }: Row) => {
    const messageId = String(message_id);
    const said = JSON.parse(String(properties));
    if (event === SIGN_UP) return sluice.subscribe({ ...said, messageId });
    return sluice.track(String(event), said, { ...JSON.parse(String(options)), messageId });
  };
  const sendAll = async () => {
    for (let rows = select.all(); rows.length > 0 && !isStopped; rows = select.all()) {
      const results = rows.map(send);
      void sluice.flush();
      for (const [index, result] of (await Promise.all(results)).entries()) {
        const seq = Number(rows[index]?.seq);
        const reason = result.ok ? undefined : 'code' in result ? result.code : result.reason;
        if (reason === undefined) remove.run(seq);
        // These two say nothing against the message: the next run, or the next process, sends it.
        else if (reason === 'closed' || reason === 'queue_full') return;
        else refuse.run(reason, seq);
      }
    }
  };
  const wake = () => {
    // A database that is busy or full now is asked again at the next look.
    running = running.then(sendAll).catch((error) => console.error(`outbox: ${error.code ?? error.name}`));
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
