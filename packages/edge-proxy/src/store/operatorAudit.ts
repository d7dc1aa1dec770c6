/** What an operator asks for. */
interface OperatorAction {
  operator: string;
  account: string;
  action: 'replay' | 'consent_import';
  /** What exactly, without personal data. */
  detail: object;
}

/** Writes an action down before it is done, so that none is done unseen. Returns the row's id. */
export async function beginAction(
  db: D1Database,
  { operator, account, action, detail }: OperatorAction,
  nowMs: number,
): Promise<number> {
  const query = `INSERT INTO operator_audit (at, operator, account, action, detail)
    VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id`;
  const { results } = await db
    .prepare(query)
    .bind(nowMs, operator, account, action, JSON.stringify(detail))
    .all<{ id: number }>();
  const [row] = results;
  if (!row) throw new Error('an inserted row has no id');
  return row.id;
}

/** Writes down what it came to. */
export async function endAction(db: D1Database, id: number, outcome: object): Promise<void> {
  await db.prepare('UPDATE operator_audit SET outcome = ?2 WHERE id = ?1').bind(id, JSON.stringify(outcome)).run();
}
