import { listBody, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, BOB, inShop, type Shop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const WRITE = 'routes/lists/writeLists.ts';
const CHANGE = 'routes/lists/changeMembers.ts';

const make = ({ send }: Shop, name: string, optIn?: string) => send('POST', PATHS.lists, listBody(name, optIn));
const listed = ({ emulator }: Shop, id: string) => emulator.state().lists.find((list) => list.id === id);

export const LIST_RULES: Rule[] = [
  {
    rule: 'a new list is double opt-in unless it says otherwise',
    scene: inShop(async (shop) => {
      const replies = [await make(shop, 'VIP'), await make(shop, 'Everybody', 'single_opt_in')];
      return replies.map(({ body }) => body.data.attributes.opt_in_process);
    }),
    seen: ['double_opt_in', 'single_opt_in'],
    off: without(WRITE, "?? 'double_opt_in'", "?? 'single_opt_in'"),
  },
  {
    rule: 'an update of a list leaves what it does not name',
    scene: inShop(async (shop) => {
      const update = (attributes: object) =>
        shop.send('PATCH', `${PATHS.lists}/DOUBLE`, { data: { type: 'list', id: 'DOUBLE', attributes } });
      const seen = [];
      for (const attributes of [{ name: 'Renamed' }, { opt_in_process: 'single_opt_in' }])
        seen.push((await update(attributes)).body.data.attributes);
      return seen.map(({ name, opt_in_process }) => [name, opt_in_process]);
    }),
    seen: [
      ['Renamed', 'double_opt_in'],
      ['Renamed', 'single_opt_in'],
    ],
    off: without(
      WRITE,
      'data.attributes.opt_in_process ?? list.optIn',
      "data.attributes.opt_in_process ?? 'single_opt_in'",
    ),
  },
  {
    rule: 'the opt-in of a list holds from its update on',
    scene: inShop(async ({ send, subscribe, consent }) => {
      const attributes = { opt_in_process: 'single_opt_in' };
      await send('PATCH', `${PATHS.lists}/DOUBLE`, { data: { type: 'list', id: 'DOUBLE', attributes } });
      await subscribe('DOUBLE');
      return consent();
    }),
    seen: 'email SUBSCRIBED, in DOUBLE',
    off: without(WRITE, 'list.optIn = data.attributes.opt_in_process ?? list.optIn;'),
  },
  {
    rule: 'a deleted list is gone, and its members are members of it no longer',
    scene: inShop(async ({ send, read, subscribe, consent }) => {
      await subscribe('SINGLE');
      const { status } = await send('DELETE', `${PATHS.lists}/SINGLE`);
      return [status, errorsOf(await read(`${PATHS.lists}/SINGLE`)), consent()];
    }),
    seen: [204, ['404 not_found /data/'], 'email SUBSCRIBED'],
    off: without(WRITE, 'account.lists.delete(id)', 'account.lists.has(id)'),
  },
  {
    rule: 'adding to a list changes no consent and asks for none, on a double opt-in list too',
    scene: inShop(async ({ person, join, consent }) => {
      const { status } = await join('DOUBLE', await person({ email: ADA }));
      return [status, consent()];
    }),
    seen: [204, 'email NEVER_SUBSCRIBED, in DOUBLE'],
    off: without(
      CHANGE,
      'if (!list.members.has(id)) ',
      "Object.assign(call.account.profiles.get(id).channels.email, { consent: 'SUBSCRIBED' });\n",
    ),
  },
  {
    rule: 'who is added to a list again keeps the time of joining',
    scene: inShop(async (shop) => {
      const id = await shop.person({ email: ADA });
      for (let i = 0; i < 2; i++) {
        await shop.join('SINGLE', id);
        shop.later(5000);
      }
      return listed(shop, 'SINGLE')?.members.map(({ joined }) => joined.slice(11, 19));
    }),
    seen: ['09:00:00'],
    off: without(CHANGE, 'if (!list.members.has(id)) '),
  },
  {
    rule: 'removing from a list withdraws no consent, and the list may mail again',
    scene: inShop(async ({ subscribe, leave, find, consent }) => {
      await subscribe('SINGLE');
      await leave('SINGLE', find(ADA)?.id ?? '');
      return consent();
    }),
    seen: 'email SUBSCRIBED',
    off: without(
      CHANGE,
      '(list, id) => list.members.delete(id)',
      `(list, id) => {
        list.members.delete(id);
        call.account.profiles.get(id)?.listSuppressions.push({ listId: list.id, reason: 'UNSUBSCRIBE', atMs: 0 });
      }`,
    ),
  },
  {
    rule: 'one unknown id among members to remove refuses all of them',
    scene: inShop(async (shop) => {
      const ids = [await shop.person({ email: ADA }), await shop.person({ email: BOB })];
      await shop.join('SINGLE', ...ids);
      const reply = await shop.leave('SINGLE', ...ids, 'nobody');
      return [errorsOf(reply), listed(shop, 'SINGLE')?.members.length];
    }),
    seen: [['404 not_found /data/'], 2],
    off: without(CHANGE, 'if (unknown.length > 0)', 'if (false)'),
  },
];
