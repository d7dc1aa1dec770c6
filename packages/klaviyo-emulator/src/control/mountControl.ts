import type { Hono } from 'hono';
import type { Emulator } from '../Emulator.ts';
import { isObject, type JsonObject } from '../validate/object.ts';
import { parseTime } from '../validate/time.ts';
import { asFaults } from './asFaults.ts';
import { asLimits } from './asLimits.ts';
import { mountPeople } from './mountPeople.ts';
import { mountSegments } from './mountSegments.ts';
import { post } from './post.ts';

const FORBIDDEN = 403;

/** The routes under /__emulator: what a test or an operator may do that Klaviyo would not allow. */
export function mountControl(app: Hono, emulator: Emulator): void {
  app.use('/__emulator/*', async (context, next) => {
    // A page from elsewhere in the same browser must not read or steer the emulator.
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== new URL(context.req.url).origin)
      return context.json({ error: `Requests from ${origin} are not allowed.` }, FORBIDDEN);
    return next();
  });
  app.get('/__emulator/state', (context) => context.json(emulator.state()));
  app.get('/__emulator/requests', (context) => {
    const since = Number(context.req.query('since') ?? 0);
    const operation = context.req.query('operation');
    const limit = Number(context.req.query('limit') ?? Number.POSITIVE_INFINITY);
    const entries = emulator
      .requests()
      .filter((entry) => entry.id > since && (operation === undefined || entry.operation === operation));
    return context.json(entries.slice(0, limit));
  });
  app.get('/__emulator/clock', (context) => context.json(showClock(emulator)));
  app.get('/__emulator/faults', (context) => context.json(emulator.faults.remaining()));
  app.get('/__emulator/limits', (context) => context.json(emulator.limits()));

  post(app, 'clock', async (body) => {
    const wrong = moveClock(emulator, body);
    if (wrong !== undefined) return { ok: false, error: wrong };
    await emulator.tick();
    return { ok: true, value: showClock(emulator) };
  });
  post(app, 'faults', (body) => {
    const read = asFaults(body);
    if (!read.ok) return read;
    emulator.faults.replace(read.value);
    return { ok: true, value: emulator.faults.remaining() };
  });
  post(app, 'limits', (body) => {
    const read = asLimits(body);
    if (!read.ok) return read;
    emulator.setLimits(read.value);
    return { ok: true, value: emulator.limits() };
  });
  post(app, 'reset', () => {
    emulator.reset();
    return { ok: true, value: { reset: true } };
  });
  mountPeople(app, emulator);
  mountSegments(app, emulator);
}

const showClock = ({ clock }: Emulator) => ({ now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen() });

function moveClock({ clock }: Emulator, body: unknown): string | undefined {
  const { set, advanceMs, frozen } = isObject(body) ? body : ({} as JsonObject);
  const toMs = typeof set === 'number' ? set : parseTime(set);
  if (set !== undefined && toMs === undefined) return "'set' takes milliseconds since 1970 or an ISO 8601 time.";
  if (advanceMs !== undefined && typeof advanceMs !== 'number') return "'advanceMs' takes a number.";
  if (frozen !== undefined && typeof frozen !== 'boolean') return "'frozen' takes true or false.";
  if (set === undefined && advanceMs === undefined && frozen === undefined)
    return "Give 'set', 'advanceMs' or 'frozen'.";
  if (frozen !== undefined) clock.freeze(frozen);
  if (toMs !== undefined) clock.set(toMs);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  return undefined;
}
