import crawlers from 'crawler-user-agents';
import { describe, expect, it } from 'vitest';
import { describeAgent } from '../../../src/enrich/describeAgent.ts';
import { isBot } from '../../../src/enrich/isBot.ts';
import { GOOGLEBOT, IPHONE, WINDOWS } from './support/facts.ts';

const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const hints = (brand: string, platform: string, mobile = false) =>
  JSON.stringify({
    brands: [
      { brand: 'Chromium', version: '142' },
      { brand, version: '142' },
    ],
    mobile,
    platform,
  });

describe('what sent an event', () => {
  it.each([
    ['an iPhone', IPHONE, '', { device: 'mobile', browser: 'Safari', os: 'iOS' }],
    ['a PC', WINDOWS, '', { device: 'desktop', browser: 'Chrome', os: 'Windows' }],
    ['a Mac', `${MAC} Version/18.5 Safari/605.1.15`, '', { device: 'desktop', browser: 'Safari', os: 'macOS' }],
    ['an Android phone', `${ANDROID} Mobile Safari/537.36`, '', { device: 'mobile', browser: 'Chrome', os: 'Android' }],
    ['Edge', `${WINDOWS} Edg/142.0.0.0`, '', { device: 'desktop', browser: 'Microsoft Edge', os: 'Windows' }],
    [
      'Brave, which only its hints tell',
      WINDOWS,
      hints('Brave', 'Windows'),
      { device: 'desktop', browser: 'Brave', os: 'Windows' },
    ],
    [
      'hints that are none',
      WINDOWS,
      '{"brands":[1],"platform":{}}',
      { device: 'desktop', browser: 'Chrome', os: 'Windows' },
    ],
    ['hints that are cut off', WINDOWS, '{"brands":', { device: 'desktop', browser: 'Chrome', os: 'Windows' }],
  ])('is described: %s', (_title, userAgent, clientHints, expected) => {
    expect(describeAgent(userAgent, clientHints)).toEqual({ ...expected, isBot: false });
  });

  it('is read no further than real user agents go', () => {
    expect(describeAgent(`${WINDOWS} ${'x'.repeat(600)} Googlebot/2.1`).isBot).toBe(false);
  });
});

describe('a bot', () => {
  it.each([
    ['a search engine that runs scripts', GOOGLEBOT],
    ['a headless browser', WINDOWS.replace('Chrome', 'HeadlessChrome')],
    ['a page speed test', `${WINDOWS} Chrome-Lighthouse`],
    [
      'an answer engine',
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    ],
    ['a script', 'curl/8.5.0'],
  ])('is told: %s', (_title, userAgent) => {
    expect(isBot(userAgent)).toBe(true);
  });

  it.each([
    IPHONE,
    WINDOWS,
    'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.152 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 380.0.0.28.104 (iPhone15,2; iOS 18_5; en_US; en; scale=3.00; 1179x2556; 730)',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/512.0.0.52.97;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5]',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/370.0.762543316 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 [Pinterest/Android]',
    'Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 musical_ly_2023405030 JsSdk/1.0 NetType/WIFI BytedanceWebview/d8a21c6',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0',
  ])("is not seen in a person's browser: %s", (userAgent) => {
    expect(isBot(userAgent)).toBe(false);
  });

  it('is told in 99 of 100 examples that another list of crawlers has', () => {
    const examples = crawlers.flatMap(({ instances }) => instances);
    const missed = examples.filter((userAgent) => !isBot(userAgent));
    expect([examples.length > 2000, missed.length / examples.length <= 0.01]).toEqual([true, true]);
  });
});
