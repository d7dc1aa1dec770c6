import type { ReferrerKind } from './classifyReferrer.ts';

/**
 * Hosts that lead to shops; the first match wins, so web mail comes before the search engines that it belongs to.
 * Our own choice of the large ones: the kept lists that there are weigh more than the rest of enrichment. An app's
 * referrer, `android-app://…`, has the app's name for a host.
 */
export const HOST_KINDS: readonly (readonly [ReferrerKind, RegExp])[] = [
  ['email', /^(?:web)?mail\.|^outlook\.|^com\.google\.android\.gm$|(?:^|\.)klclick\d*\.com$/],
  [
    'search',
    /(?:^|\.)(?:(?:google|bing|duckduckgo|ecosia|qwant|startpage|baidu|yandex|naver|seznam|sogou|kagi|search\.yahoo|search\.brave)\.[a-z.]+|googlequicksearchbox)$/,
  ],
  [
    'social',
    /(?:^|\.)(?:(?:facebook|instagram|pinterest|twitter|tiktok|linkedin|reddit|youtube|snapchat|threads|tumblr|vk|weibo)\.[a-z.]+|x\.com|t\.co|fb\.me|lnkd\.in|pin\.it|youtu\.be|bsky\.app)$/,
  ],
];
