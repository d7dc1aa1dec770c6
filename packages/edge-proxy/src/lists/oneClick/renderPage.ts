import type { Channel } from '@sluice/shared';

/** What the page behind a link says. */
export type PageContent =
  | { what: 'ask' | 'done'; channel: Channel; list: string | null }
  | { what: 'broken' | 'expired' | 'busy' | 'away' };

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}';

/** A page without script, picture or anything personal. `nonce` lets its style through the policy. Pure. */
export function renderPage(content: PageContent, nonce: string): string {
  const { title, text, form = '' } = describe(content);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
<h1>${title}</h1>
<p>${text}</p>${form}
</html>
`;
}

/** An empty action is the page's own address, so the token is in no second place. */
const FORM = `
<form method="post"><button name="List-Unsubscribe" value="One-Click">Unsubscribe</button></form>`;

function describe(content: PageContent): { title: string; text: string; form?: string } {
  switch (content.what) {
    case 'ask':
      return { title: 'Unsubscribe', text: `Do you want no more ${nameMarketing(content)}?`, form: FORM };
    case 'done':
      return { title: 'You are unsubscribed', text: `You will get no more ${nameMarketing(content)}.` };
    case 'broken':
      return { title: 'This link does not work', text: 'It is not complete. Please open it from the message again.' };
    case 'expired':
      return { title: 'This link is too old', text: 'Please use the link in a newer message.' };
    case 'busy':
      return { title: 'Please wait a minute', text: 'This was asked for too often. Then try it again.' };
    case 'away':
      return { title: 'Please try it again', text: 'You are not unsubscribed yet: that could not be stored just now.' };
  }
}

/** A list's id would say nothing to its reader. */
function nameMarketing({ channel, list }: { channel: Channel; list: string | null }): string {
  const messages = channel === 'email' ? 'e-mail' : 'text messages';
  return list === null ? `marketing ${messages} from us` : `${messages} of this newsletter`;
}
