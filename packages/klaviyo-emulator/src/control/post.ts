import type { Context, Hono } from 'hono';

const BAD_REQUEST = 400;

export type ControlRead<T> = { ok: true; value: T } | { ok: false; error: string };

type Handler = (body: unknown) => ControlRead<unknown> | Promise<ControlRead<unknown>>;

/** One POST route under /__emulator: JSON in, JSON out, 400 with the reason for what cannot be read. */
export function post(app: Hono, name: string, handle: Handler): void {
  app.post(`/__emulator/${name}`, async (context) => {
    const read = await readJson(context);
    return answerControl(context, read.ok ? await handle(read.value) : read);
  });
}

export function answerControl(context: Context, result: ControlRead<unknown>): Response {
  return result.ok ? context.json(Object(result.value)) : context.json({ error: result.error }, BAD_REQUEST);
}

async function readJson(context: Context): Promise<ControlRead<unknown>> {
  const text = await context.req.text();
  try {
    return { ok: true, value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return { ok: false, error: 'The body is not valid JSON.' };
  }
}
