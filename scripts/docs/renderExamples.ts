import { exampleSections, type MappingExample } from '@sluice/shared/examples';
import { formatJson } from './formatJson.ts';

/** The contract's examples, a heading a section, each to be unfolded. */
export function renderExamples(): string {
  return Object.entries<readonly MappingExample[]>(exampleSections)
    .map(([title, examples]) => `### ${title}\n\n${examples.map(renderExample).join('\n')}`)
    .join('\n');
}

function renderExample({ title, from, config, in: message, out }: MappingExample): string {
  const sent = from === 'server' ? 'A back end sends' : 'A page sends';
  const where = config ? `With this in the configuration\n\n${block(config)}\n` : '';
  const become =
    out.length === 0 ? 'Nothing reaches Klaviyo.\n' : `Klaviyo gets\n\n${block(out.length === 1 ? out[0] : out)}`;
  return `<details><summary>${inHtml(title)}</summary>

${where}${config ? sent.replace('A', 'a') : sent}

${block(message)}
${become}
</details>
`;
}

function block(value: unknown): string {
  return `\`\`\`json\n${formatJson(value)}\n\`\`\`\n`;
}

/** Summaries are HTML: GitHub reads no Markdown in them. */
function inHtml(title: string): string {
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>');
}
