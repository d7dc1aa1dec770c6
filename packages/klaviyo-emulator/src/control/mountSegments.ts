import type { Hono } from 'hono';
import type { Emulator, SegmentDefinition } from '../Emulator.ts';
import { anyText, fields, text } from '../settings/shapes.ts';
import { post } from './post.ts';
import { readAs } from './readAs.ts';

type Wanted = Omit<SegmentDefinition, 'name'> & { name?: string };

const SEGMENT = fields<Wanted>({ id: text, name: text, where: anyText, account: text }, ['id']);

/** Segments by their definition: Klaviyo has people do this in its own pages. */
export function mountSegments(app: Hono, emulator: Emulator): void {
  app.get('/__emulator/segments', (context) => context.json(emulator.state().segments));
  post(app, 'segments', (body) => {
    const read = readAs(SEGMENT, body);
    if (!read.ok) return read;
    const defined = emulator.defineSegment({ ...read.value, name: read.value.name ?? read.value.id });
    return defined.ok ? { ok: true, value: emulator.state().segments } : { ok: false, error: defined.detail };
  });
}
