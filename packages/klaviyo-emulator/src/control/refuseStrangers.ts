import type { Context, Hono, Next } from 'hono';

const FORBIDDEN = 403;
const PATHS = ['/', '/__emulator/*'];

/**
 * A page from elsewhere in the same browser must not read or steer the emulator: neither from its own origin, nor with
 * a name of its own that it lets point here (DNS rebinding), which makes the origins the same.
 */
export function refuseStrangers(app: Hono, isOwnHost: (hostname: string) => boolean = () => true): void {
  const guard = async (context: Context, next: Next) => {
    const url = new URL(context.req.url);
    const origin = context.req.header('origin');
    if (!isOwnHost(url.hostname))
      return context.json(
        { error: `The emulator's own routes answer on this machine's loopback addresses, not at ${url.host}.` },
        FORBIDDEN,
      );
    if (origin !== undefined && origin !== url.origin)
      return context.json({ error: `Requests from ${origin} are not allowed.` }, FORBIDDEN);
    return next();
  };
  for (const path of PATHS) app.use(path, guard);
}
