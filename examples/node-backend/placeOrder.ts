import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './openDatabase.ts';
import type { NewOrder } from './readOrder.ts';
import { SIGN_UP, writeOutbox } from './writeOutbox.ts';

const FORM_TEXT = 'Yes, send me news about stoneware.';

/**
 * Writes an order and what is to be said of it in one transaction. Were it reported here, an order could be reported
 * that was then rolled back, or placed and never reported because the process died in between.
 */
export function placeOrder(db: DatabaseSync, { email, country, lines, wantsNews }: NewOrder): string {
  const id = randomUUID();
  const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const placedAt = new Date().toISOString();
  inTransaction(db, () => {
    db.prepare("INSERT INTO orders VALUES (?, ?, ?, ?, ?, 'placed', ?)").run(
      id,
      email,
      country,
      JSON.stringify(lines),
      total,
      placedAt,
    );
    writeOutbox(db, {
      event: 'Order Completed',
      properties: { order_id: id, total, currency: 'EUR', products: lines },
      options: { email, country, timestamp: placedAt },
    });
    // Consent is a decision of its own, with its evidence and its own answer.
    if (wantsNews)
      writeOutbox(db, {
        event: SIGN_UP,
        properties: { email, timestamp: placedAt, evidence: { formText: FORM_TEXT } },
      });
  });
  return id;
}

/** Cancels an order that was placed; false where there is none. */
export function cancelOrder(db: DatabaseSync, id: string): boolean {
  return inTransaction(db, () => {
    const order = db
      .prepare("UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'placed' RETURNING *")
      .get(id);
    if (!order) return false;
    writeOutbox(db, {
      event: 'Order Cancelled',
      properties: { order_id: id, total: order.total, currency: 'EUR', products: JSON.parse(String(order.lines)) },
      options: { email: String(order.email), country: String(order.country), timestamp: new Date().toISOString() },
    });
    return true;
  });
}
