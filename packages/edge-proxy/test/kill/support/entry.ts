import type { Env } from '../../../src/env.ts';
import type { Item } from '../../../src/map/item.ts';

export { Dispatcher } from '../../../src/deliver/Dispatcher.ts';

/** Hands items to the Dispatcher as `collect` does, and tells its figures. Nothing else here speaks to it. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const dispatcher = env.DISPATCHER.getByName('main:0');
    switch (new URL(request.url).pathname) {
      case '/accept':
        return Response.json(await dispatcher.accept('main', await request.json<Item[]>()));
      case '/figures':
        return Response.json(await dispatcher.figures());
      case '/migrate':
        await env.DB.batch((await request.json<string[]>()).map((query) => env.DB.prepare(query)));
        return new Response();
      default:
        return new Response(null, { status: 404 });
    }
  },
};
