import type { Context, Hono } from 'hono';
import type { Emulator } from '../Emulator.ts';
import type { World } from '../state/types.ts';
import { describePage } from './describePage.ts';
import { PAGE_HTML } from './html.ts';
import { PAGE_SCRIPT } from './script.generated.ts';
import { PAGE_STYLE } from './style.ts';
import { tagPage } from './tagPage.ts';

// Only our own files and our own JSON: even markup that slipped in could neither run nor call out.
const POLICY =
  "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const NOT_MODIFIED = 304;

/** `GET /`: the page for a person, and the three files behind it. */
export function mountPage(
  app: Hono,
  { emulator, watch }: { emulator: Emulator; watch: <T>(look: (world: World) => T) => T },
): void {
  const file = (type: string, text: string) => (context: Context) =>
    context.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
  app.get('/', (context) => {
    context.header('content-security-policy', POLICY);
    return file('text/html', PAGE_HTML)(context);
  });
  app.get('/__emulator/page.css', file('text/css', PAGE_STYLE));
  app.get('/__emulator/page.js', file('text/javascript', PAGE_SCRIPT));
  app.get('/__emulator/page.json', (context) =>
    watch((world) => {
      const tag = tagPage(world, emulator);
      // Time goes on while nothing else does, so it travels beside the tag.
      const headers = { etag: tag, 'x-emulator-now': new Date(emulator.clock.now()).toISOString() };
      if (context.req.header('if-none-match') === tag) return context.body(null, NOT_MODIFIED, headers);
      return context.json(describePage(world, emulator), 200, headers);
    }),
  );
}
