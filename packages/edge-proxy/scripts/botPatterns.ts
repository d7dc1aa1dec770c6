import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderBotPatterns } from './botPatterns/renderBotPatterns.ts';

// Writes src/enrich/botPatterns.ts from the package crawler-user-agents: run it after updating the package.

writeFileSync(join(import.meta.dirname, '../src/enrich/botPatterns.ts'), renderBotPatterns());
