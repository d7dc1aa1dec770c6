import type { Hono } from 'hono';
import type { Emulator } from '../Emulator.ts';
import { isObject } from '../validate/object.ts';
import { post } from './post.ts';

const KEYS = ['id', 'name', 'where', 'account'];

/** Segments by their definition: Klaviyo has people do this in its own pages. */
export function mountSegments(app: Hono, emulator: Emulator): void {
  app.get('/__emulator/segments', (context) => context.json(emulator.state().segments));
  post(app, 'segments', (body) => {
    if (!isObject(body)) return { ok: false, error: 'A segment is an object.' };
    const unknown = Object.keys(body).find((key) => !KEYS.includes(key));
    if (unknown !== undefined) return { ok: false, error: `'${unknown}' is not one of ${KEYS.join(', ')}.` };
    const { id, name = id, where = '', account } = body;
    if (typeof id !== 'string' || id === '') return { ok: false, error: "'id' is required." };
    if (typeof name !== 'string') return { ok: false, error: "'name' takes a string." };
    if (typeof where !== 'string') return { ok: false, error: "'where' takes a filter." };
    if (account !== undefined && typeof account !== 'string') return { ok: false, error: "'account' takes a string." };
    const defined = emulator.defineSegment({ id, name, where, account });
    return defined.ok ? { ok: true, value: emulator.state().segments } : { ok: false, error: defined.detail };
  });
}
