import type { Page } from 'playwright-core';
import { afterAll, describe, expect } from 'vitest';
import { byEmail, bySms, eventBody, importBody, PATHS, subscribeBody } from './support/bodies.ts';
import { hasChromium } from './support/chromium.ts';
import { START_MS } from './support/createTestEmulator.ts';
import { closeBrowser, test } from './support/pageTest.ts';

const DOUBLE = { id: 'DOUBLE', name: 'Insiders', optIn: 'double_opt_in' } as const;
const DEMO = { publicKey: 'EMULAT', name: 'Demo', keys: [{ key: 'pk_emulator_demo' }] };
const webhookBody = (topic: string) => ({
  data: {
    type: 'webhook',
    attributes: {
      name: 'Shop',
      endpoint_url: 'https://shop.example.com/hook',
      secret_key: 'not-a-secret-of-anybody-1',
    },
    relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: topic }] } },
  },
});
const REFUSED = /status of 400/;

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const text = (page: Page, selector: string) =>
  page
    .locator(selector)
    .allInnerTexts()
    .then((all) => all.join('\n'));
const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts();
const seen = (page: Page, selector: string, hasText: string) => page.locator(selector, { hasText }).first().waitFor();

async function openProfile(page: Page, name: string) {
  await tab(page, 'Profiles');
  await page.locator('.person', { hasText: name }).click();
  await seen(page, '#who', name);
}

// Most of each test is waiting for the page to ask again, once a second.
const TOGETHER = { concurrent: true, timeout: 30_000 };

describe.skipIf(!hasChromium('the page'))('the page in Chromium', TOGETHER, () => {
  afterAll(closeBrowser);

  test('shows an event that arrives meanwhile, without a reload', async ({ open }) => {
    const { page, send } = await open();
    const before = await text(page, '#events .rows');
    await page.evaluate(() => {
      document.title = 'the same document';
    });
    await send(PATHS.event, eventBody({ value: 12.5, value_currency: 'EUR' }));
    await seen(page, '#events .card', 'Viewed Product');
    expect([before, await texts(page, '#events .card'), await page.title()]).toEqual([
      'No events yet. They appear here as they arrive.',
      [expect.stringMatching(/Viewed Product[\s\S]*€12\.50[\s\S]*ada@example\.com[\s\S]*ProductName\s+Boots/)],
      'the same document',
    ]);
  });

  test('shows what properties say as text, whatever it is', async ({ open }) => {
    const { page, send } = await open();
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await send(PATHS.event, eventBody({ metric: hostile, properties: { [hostile]: hostile } }));
    await seen(page, '#events .name', hostile);
    const drawn = await page.locator('#events img, #events script').count();
    expect([drawn, await page.title(), await text(page, '#events dd')]).toEqual([0, 'Klaviyo emulator', hostile]);
  });

  test("shows a profile's consent, its lists and its timeline, newest first", async ({ open }) => {
    const { page, send, emulator } = await open();
    await send(PATHS.event, eventBody({ metric: 'Viewed Product' }));
    emulator.clock.advance(90_000);
    await send(PATHS.event, eventBody({ metric: 'Placed Order' }));
    await send(
      PATHS.subscribe,
      subscribeBody({ profiles: [byEmail('ada@example.com', 'SUBSCRIBED')], list: 'DEMO01' }),
    );
    await seen(page, '#events .card', 'Placed Order');
    await openProfile(page, 'ada@example.com');
    await seen(page, '.consent .badge.good', 'subscribed');
    expect([
      await texts(page, '.consent .row'),
      await texts(page, '.head > div > .badges'),
      (await texts(page, '.timeline .name, .timeline time')).slice(-4),
    ]).toEqual([
      [expect.stringMatching(/^Email\s+subscribed$/), expect.stringMatching(/^SMS\s+never subscribed$/)],
      ['Email subscribed', 'Newsletter'],
      // Above them is what Klaviyo itself records of the subscription.
      ['Placed Order', 'just now', 'Viewed Product', '1 min ago'],
    ]);
  });

  test('confirms a double opt-in that waits, and keeps the focus at the person', async ({ open }) => {
    const { page, send, emulator } = await open({ accounts: [{ ...DEMO, lists: [DOUBLE] }] });
    await send(
      PATHS.subscribe,
      subscribeBody({ profiles: [byEmail('ada@example.com', 'SUBSCRIBED')], list: 'DOUBLE' }),
    );
    await send(PATHS.subscribe, subscribeBody({ profiles: [bySms('+15005550001', 'SUBSCRIBED')], list: 'DOUBLE' }));
    await seen(page, '#tab-profiles', '2');
    await openProfile(page, 'ada@example.com');
    const waiting = await texts(page, '.consent .badge');
    await page.getByRole('button', { name: 'Confirm', exact: true }).press('Enter');
    await seen(page, '.consent .badge.good', 'subscribed');
    expect([
      waiting,
      emulator.state().profiles.map(({ consent }) => [consent.email.consent, consent.sms.consent]),
      await page.evaluate(() => document.activeElement?.id),
      await page.getByRole('button', { name: 'Confirm', exact: true }).count(),
    ]).toEqual([
      ['never subscribed', 'awaits confirmation for Insiders', 'never subscribed'],
      [
        ['SUBSCRIBED', 'NEVER_SUBSCRIBED'],
        ['NEVER_SUBSCRIBED', 'NEVER_SUBSCRIBED'],
      ],
      'who',
      0,
    ]);
  });

  test('lets a person unsubscribe, complain and bounce', async ({ open }) => {
    const { page, send, emulator } = await open();
    await send(
      PATHS.subscribe,
      subscribeBody({ profiles: [byEmail('ada@example.com', 'SUBSCRIBED')], list: 'DEMO01' }),
    );
    await seen(page, '#tab-profiles', '1');
    await openProfile(page, 'ada@example.com');
    for (const [name, shown] of [
      ['Unsubscribe', 'Email unsubscribed'],
      ['Complain of spam', 'suppressed: spam complaint'],
      ['Bounce', 'suppressed: hard bounce'],
    ] as const) {
      await button(page, name);
      await seen(page, '.head .badge', shown);
    }
    const [ada] = emulator.state().profiles;
    expect([ada?.consent.email.consent, ada?.suppressions.map(({ reason }) => reason)]).toEqual([
      'UNSUBSCRIBED',
      ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'HARD_BOUNCE'],
    ]);
  });

  test('shows a job queued, and complete with its import errors once the clock was advanced', async ({ open }) => {
    const { page, send } = await open({ jobStepMs: 30_000, assume: { bulkImportInvalid: 'job' } });
    await send(PATHS.bulkImport, importBody([{ email: 'new@example.com' }, { email: 'not an address' }], 'DEMO01'));
    await tab(page, 'Jobs');
    await seen(page, '#jobs .card', 'queued');
    const before = await text(page, '#jobs .numbers');
    await tab(page, 'Controls');
    await button(page, '+1 minute');
    await tab(page, 'Jobs');
    await seen(page, '#jobs .card', 'complete');
    await page.getByText('1 import error').click();
    expect([before, await text(page, '#jobs .numbers'), await text(page, '#jobs .problems')].join('\n')).toMatch(
      /^2 profiles\s+0 completed\s+2 profiles\s+1 completed\s+1 failed\s+invalid \S*\/1\S*email\s+\S/,
    );
  });

  test('plans a fault that the next request meets, and shows it in the log', async ({ open }) => {
    const { page, send, emulator } = await open();
    await tab(page, 'Controls');
    await page.getByLabel('429 storm').check();
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('create_event');
    await page.getByLabel('Requests', { exact: true }).fill('2');
    await button(page, 'Add the fault');
    await seen(page, '#faults-left', '429 storm, create_event, 2 requests');
    const statuses = [];
    for (const unique_id of ['a', 'b', 'c']) statuses.push(await send(PATHS.event, eventBody({ unique_id })));
    await seen(page, '#faults-left', 'No faults');
    await tab(page, 'Requests');
    await page.getByRole('radio', { name: 'Faults' }).check();
    await page.waitForFunction(() => document.querySelectorAll('#requests .card').length === 2);
    const hit = await texts(page, '#requests .card .badges');
    await page.getByRole('radio', { name: '2xx' }).check();
    await page.waitForFunction(() => document.querySelectorAll('#requests .card').length === 1);
    expect([statuses, hit, await texts(page, '#requests .card .badges'), emulator.faults.remaining()]).toEqual([
      [429, 429, 202],
      [expect.stringMatching(/429\s+create_event\s+fault/), expect.stringMatching(/429\s+create_event\s+fault/)],
      [expect.stringMatching(/202\s+create_event/)],
      [],
    ]);
  });

  test('adds faults behind each other, with probability and without end, and ends them all', async ({ open }) => {
    const { page, emulator } = await open({ clock: { startMs: START_MS } });
    await tab(page, 'Controls');
    await button(page, 'Add the fault');
    await seen(page, '#faults-left', 'Outage, every operation, 1 request');
    await page.getByLabel('Answer lost').check();
    await page.getByLabel('Probability in %').fill('50');
    await page.getByLabel('Until ended', { exact: true }).check();
    await button(page, 'Add the fault');
    await seen(page, '#faults-left', 'Answer lost, every operation, until ended, 50 % of them');
    const planned = emulator.faults.remaining();
    await button(page, 'End all faults');
    await seen(page, '#faults-left', 'No faults');
    expect([planned, emulator.faults.remaining()]).toEqual([
      [
        { status: 503, count: 1 },
        { after: true, count: -1, probability: 0.5 },
      ],
      [],
    ]);
  });

  test('freezes the clock, sets it and lets it run', async ({ open }) => {
    const { page, emulator } = await open({ clock: { startMs: START_MS, frozen: false } });
    await tab(page, 'Controls');
    await seen(page, '#clock-state', 'running');
    await button(page, 'Freeze');
    await seen(page, '#clock-state', 'frozen');
    const frozen = emulator.clock.isFrozen();
    await page.getByLabel('Set to, in your time zone').fill('2026-12-24T18:30:00');
    await button(page, 'Set the clock');
    await page.locator('#clock-now', { hasText: '24 Dec 2026, 18:30:00' }).waitFor();
    const wantedMs = await page.evaluate(() => new Date('2026-12-24T18:30:00').getTime());
    const movedByMs = emulator.clock.now() - wantedMs;
    await button(page, 'Run');
    await seen(page, '#clock-state', 'running');
    expect([frozen, movedByMs, emulator.clock.isFrozen()]).toEqual([true, 0, false]);
  });

  test('turns limits on and shows what is left of them', async ({ open }) => {
    const { page, send, emulator } = await open();
    await tab(page, 'Controls');
    await page.getByLabel("Enforce Klaviyo's limits").check();
    await page.getByLabel('Every limit times').fill('0.01');
    await button(page, 'Apply');
    await seen(page, '#said .good', "Klaviyo's times 0.01");
    const statuses = [];
    for (const unique_id of ['a', 'b', 'c', 'd']) {
      emulator.clock.advance(1000);
      statuses.push(await send(PATHS.event, eventBody({ unique_id })));
    }
    await tab(page, 'Requests');
    await page.waitForFunction(() => document.querySelectorAll('#requests .card').length === 4);
    const left = (await texts(page, '#requests .card')).map((card) => /\d+ of \d+ left/.exec(card)?.[0]);
    expect([statuses, left, emulator.limits()]).toMatchObject([
      [202, 202, 202, 202],
      ['31 of 35 left', '32 of 35 left', '33 of 35 left', '34 of 35 left'],
      { enabled: true, scale: 0.01 },
    ]);
  });

  test('resets only after a confirmation', async ({ open }) => {
    const { page, send, emulator } = await open();
    await send(PATHS.event, eventBody());
    await tab(page, 'Controls');
    await button(page, 'Reset everything');
    await page.getByRole('dialog').press('Escape');
    const kept = emulator.state().events.length;
    await button(page, 'Reset everything');
    await button(page, 'Erase everything');
    await seen(page, '#said', 'as it was at the beginning');
    await tab(page, 'Events');
    await seen(page, '#events', 'No events yet');
    const shown = await texts(page, '#tab-events .count, #tab-requests .count');
    expect([kept, emulator.state().events.length, shown]).toEqual([1, 0, ['0', '0']]);
  });

  test('shows what Klaviyo lost without a word', async ({ open }) => {
    const { page, send } = await open();
    const status = await send(PATHS.event, eventBody({ profileRest: { id: '01UNKNOWNPROFILE0000000000' } }));
    await tab(page, 'Dropped');
    await seen(page, '#dropped .card', 'unknown profile id');
    expect([status, await text(page, '#dropped .card')]).toEqual([
      202,
      expect.stringContaining('It names a profile id that does not exist.'),
    ]);
  });

  test('shows who belongs to a segment, and follows who joins', async ({ open }) => {
    const segments = [{ id: 'SEGM01', name: 'Ada', where: 'equals(email,"ada@example.com")' }];
    const { page, send } = await open({ accounts: [{ ...DEMO, segments }] });
    await tab(page, 'Segments');
    await seen(page, '#segments .card', '0 members');
    for (const email of ['grace@example.com', 'ada@example.com'])
      await send(PATHS.event, eventBody({ profile: { email } }));
    await seen(page, '#segments .card', '1 member');
    expect(await texts(page, '#segments .link, #segments .mono')).toEqual([
      'SEGM01',
      'equals(email,"ada@example.com")',
      'ada@example.com',
    ]);
  });

  test('shows a webhook, what it is owed and that its receiver fails', async ({ open }) => {
    const { page, send, emulator } = await open({ fetch: async () => new Response(null, { status: 500 }) });
    const topic = 'event:klaviyo.subscribed_to_list';
    await send('/api/webhooks', webhookBody(topic));
    await send(
      PATHS.subscribe,
      subscribeBody({ profiles: [byEmail('ada@example.com', 'SUBSCRIBED')], list: 'DEMO01' }),
    );
    await emulator.tick();
    await tab(page, 'Webhooks');
    await seen(page, '#webhooks .card', 'failed 1 time');
    expect([await texts(page, '#webhooks .badge'), await texts(page, '#webhooks .numbers')]).toEqual([
      ['enabled', 'failed 1 time', topic],
      [expect.stringContaining('1 event waiting')],
    ]);
  });

  test('says in plain words what the emulator refuses, until it is dismissed', async ({ open }) => {
    const { page } = await open({ expected: REFUSED });
    await tab(page, 'Controls');
    await page.getByLabel('Every limit times').fill('0');
    await button(page, 'Apply');
    await seen(page, '#said .bad', 'refused');
    const said = await text(page, '#said [role=status]');
    await button(page, 'Dismiss');
    expect([said, await text(page, '#said')]).toEqual([
      "The emulator refused: 'scale' takes a number above 0, not 0.",
      '',
    ]);
  });

  test('says that the emulator is not reachable, also when something is asked of it', async ({ open }) => {
    const { page, send, stop } = await open({ expected: /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_FAILED/ });
    await send(PATHS.event, eventBody());
    await seen(page, '#events .card', 'Viewed Product');
    await stop();
    await page.locator('#live.off').waitFor();
    const said = [await text(page, '#live'), await text(page, '#said [role=status]')];
    await tab(page, 'Controls');
    await button(page, '+1 hour');
    await seen(page, '#said', 'did not answer');
    await tab(page, 'Events');
    expect([said, await page.locator('#events .card').count()]).toEqual([
      ['Not reachable, trying again', 'The emulator is not reachable. What you see may be old.'],
      1,
    ]);
  });

  test('keeps what is typed, focused, opened and scrolled through updates', async ({ open }) => {
    const { page, send } = await open();
    for (let at = 0; at < 30; at++)
      await send(PATHS.event, eventBody({ unique_id: `old-${at}`, properties: { Items: [{ Name: 'Boots' }] } }));
    await page.locator('#events .card').nth(29).waitFor();
    await page.getByText('1 item').nth(10).click();
    await page.evaluate(() => scrollTo(0, 900));
    const place = () =>
      page.evaluate(() =>
        Math.round(document.querySelector('#events details[open]')?.getBoundingClientRect().top ?? -1),
      );
    const before = await place();
    await send(PATHS.event, eventBody({ unique_id: 'new' }));
    await seen(page, '#events .card', 'new');
    const after = await place();
    const focused = await page.evaluate(() => document.activeElement?.tagName);
    await tab(page, 'Profiles');
    await page.getByLabel('Find a profile').pressSequentially('ada');
    await send(PATHS.event, eventBody({ unique_id: 'newer' }));
    await seen(page, '.person', '32 events');
    await page.keyboard.type('@example');
    const typed = await page.getByLabel('Find a profile').inputValue();
    expect([focused, after, typed]).toEqual(['SUMMARY', before, 'ada@example']);
  });

  test('is used by keyboard: arrows move between views, and a view has an address', async ({ open }) => {
    const { page } = await open();
    await page.locator('#tab-events').focus();
    const views = [];
    for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft']) {
      await page.keyboard.press(key);
      views.push(await page.evaluate(() => document.activeElement?.id));
    }
    await page.reload();
    await page.locator('#live.on').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const place = await page.evaluate(() => document.activeElement?.id);
    expect([views, place, await page.locator('[role=tabpanel]:visible').getAttribute('id')]).toEqual([
      ['tab-profiles', 'tab-controls', 'tab-events', 'tab-controls'],
      'main',
      'controls',
    ]);
  });

  test('says which account a row belongs to when there are several, and steers that one', async ({ open }) => {
    const second = { publicKey: 'SECOND', name: 'Second shop', keys: [{ key: 'pk_second' }], lists: [] };
    const { page, send, emulator } = await open({ accounts: [DEMO, second] });
    await send(PATHS.event, eventBody());
    await send(PATHS.event, eventBody(), { authorization: 'Klaviyo-API-Key pk_second' });
    await page.waitForFunction(() => document.querySelectorAll('#events .card').length === 2);
    const owners = await texts(page, '#events .badge.account');
    await openProfile(page, 'Second shop');
    await button(page, 'Unsubscribe');
    await seen(page, '.head .badge', 'Email unsubscribed');
    const consent = emulator.state().profiles.map(({ account, consent: { email } }) => [account, email.consent]);
    expect([owners, consent]).toEqual([
      ['Second shop', 'Demo'],
      [
        ['EMULAT', 'NEVER_SUBSCRIBED'],
        ['SECOND', 'UNSUBSCRIBED'],
      ],
    ]);
  });

  test('fits a screen 360 pixels wide in every view', async ({ open }) => {
    const { page, send } = await open({ width: 360 });
    const long = `${'a'.repeat(60)}@${'sub.'.repeat(5)}example.com`;
    await send(
      PATHS.event,
      eventBody({
        metric: 'M'.repeat(120),
        profile: { email: long },
        properties: { ['k'.repeat(90)]: 'v'.repeat(300) },
      }),
    );
    await send(`${PATHS.event}?${'q'.repeat(200)}`, eventBody({ profileRest: { id: 'x'.repeat(60) } }));
    await seen(page, '#tab-requests', '2');
    await openProfile(page, long);
    const views = await page.locator('[role=tab]').evaluateAll((tabs) => tabs.map((each) => each.id));
    const tooWide = [];
    for (const id of ['', ...views]) {
      if (id) await page.locator(`#${id}`).click();
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) tooWide.push(id);
    }
    expect(tooWide).toEqual([]);
  });
});
