import { expect, it } from 'vitest';
import { OPEN, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

it('gives every event after identify the address, and none before it', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.track('before');
    window.shop.identify('user-7', { email: 'ada@example.com' });
    window.shop.identify({ firstName: 'Ada' });
    window.shop.track('after');
    return window.shop.flush();
  });
  const sent = shop.received.map(({ body }) => ({
    userId: body.userId,
    traits: body.context.traits,
    batch: body.batch.map(({ event, traits }: Record<string, unknown>) => event ?? traits),
  }));
  expect(sent).toEqual([
    { userId: undefined, traits: undefined, batch: ['before'] },
    { userId: 'user-7', traits: { email: 'ada@example.com' }, batch: [{ email: 'ada@example.com' }] },
    {
      userId: 'user-7',
      traits: { email: 'ada@example.com', firstName: 'Ada' },
      batch: [{ firstName: 'Ada' }, 'after'],
    },
  ]);
});

it('keeps the visitor over page loads', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.identify('user-7', { email: 'ada@example.com' });
    return window.shop.flush();
  });
  await page.goto(shop.page(OPEN, '/next'));
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  const who = shop.received.map(({ body }) => [body.anonymousId, body.userId, body.context.traits]);
  expect(who[1]).toEqual(who[0]);
});

it('does not give one user the traits of another', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.identify('user-7', { email: 'ada@example.com', firstName: 'Ada' });
    window.shop.identify('user-8', { email: 'bob@example.com' });
    return window.shop.flush();
  });
  expect(shop.received.map(({ body }) => [body.userId, body.context.traits])).toEqual([
    ['user-7', { email: 'ada@example.com', firstName: 'Ada' }],
    ['user-8', { email: 'bob@example.com' }],
  ]);
});

it('forgets user, traits and session on reset, and draws a new anonymous id; events before keep theirs', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.identify('user-7', { email: 'ada@example.com' });
    window.shop.reset();
    window.shop.track('after');
    return window.shop.flush();
  });
  const [before, after] = shop.received.map(({ body }) => body);
  expect({
    before: [before.userId, before.context.traits],
    after: [after.userId, after.context.traits],
    isOtherVisitor: before.anonymousId !== after.anonymousId,
    isOtherSession: before.context.sessionId !== after.context.sessionId,
  }).toEqual({
    before: ['user-7', { email: 'ada@example.com' }],
    after: [undefined, undefined],
    isOtherVisitor: true,
    isOtherSession: true,
  });
});
