import type { Hono } from 'hono';
import type { Emulator } from '../Emulator.ts';
import { LIMITS } from '../settings/limits.ts';
import type { findPlace, Place } from '../state/findPlace.ts';
import { asFaults } from './asFaults.ts';
import { findRequests } from './findRequests.ts';
import { mountPeople } from './mountPeople.ts';
import { mountSegments } from './mountSegments.ts';
import { moveClock } from './moveClock.ts';
import { answerControl, post } from './post.ts';
import { readAs } from './readAs.ts';

export interface ControlParts {
  readonly emulator: Emulator;
  readonly findPlace: (place: Place) => ReturnType<typeof findPlace>;
}

/** The routes under /__emulator: what a test or an operator may do that Klaviyo would not allow. */
export function mountControl(app: Hono, parts: ControlParts): void {
  const { emulator } = parts;
  app.get('/__emulator/state', (context) => context.json(emulator.state()));
  app.get('/__emulator/requests', (context) =>
    answerControl(context, findRequests(emulator.requests(), context.req.query())),
  );
  app.get('/__emulator/clock', (context) => context.json(showClock(emulator)));
  app.get('/__emulator/faults', (context) => context.json(emulator.faults.remaining()));
  app.get('/__emulator/limits', (context) => context.json(emulator.limits()));

  post(app, 'clock', async (body) => {
    const moved = moveClock(emulator, body);
    if (!moved.ok) return moved;
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
    const read = readAs(LIMITS, body);
    if (!read.ok) return read;
    emulator.setLimits(read.value);
    return { ok: true, value: emulator.limits() };
  });
  post(app, 'reset', () => {
    emulator.reset();
    return { ok: true, value: { reset: true } };
  });
  mountPeople(app, parts);
  mountSegments(app, emulator);
}

const showClock = ({ clock }: Emulator) => ({ now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen() });
