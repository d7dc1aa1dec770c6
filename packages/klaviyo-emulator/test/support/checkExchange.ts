import type { Contract, Documented } from './compileContract.ts';
import type { Exchange } from './recordExchanges.ts';

const JSON_API = 'application/vnd.api+json';
const REQUEST_TYPES = [JSON_API, 'application/json'];
const read = (text: string): unknown => (text === '' ? '' : JSON.parse(text));

/** Everything in one exchange that Klaviyo's document does not allow. */
export function checkExchange(contract: Contract, exchange: Exchange): string[] {
  const { pathname, searchParams } = new URL(exchange.target, 'http://localhost');
  const operation = contract.find(exchange.method, pathname);
  if (!operation) return [`${exchange.method} ${pathname} is not in the document`];
  const sparse = [...searchParams.keys()].some((name) => name.startsWith('fields[')) ? 'sparse' : undefined;
  const wrong = [
    ...checkQuery(contract, operation, searchParams),
    ...contract.parameter(operation.id, 'revision', exchange.headers.revision),
    ...contract.request(operation.id, read(exchange.body)),
    ...contract.answer(operation.id, exchange.status, read(exchange.answer), sparse),
  ];
  const sent = exchange.headers['content-type']?.split(';')[0] ?? '';
  if (exchange.body !== '' && !REQUEST_TYPES.includes(sent)) wrong.push(`${operation.id}: sent as ${sent}`);
  const answered = exchange.answerHeaders['content-type'];
  if (answered !== (exchange.answer === '' ? undefined : JSON_API)) wrong.push(`${operation.id}: answered ${answered}`);
  return wrong;
}

function checkQuery(contract: Contract, operation: Documented, query: URLSearchParams): string[] {
  const missing = operation.parameters.filter(({ in: place, required, name }) => {
    return place === 'query' && required && !query.has(name);
  });
  const wrong = missing.map(({ name }) => `${operation.id}: ?${name} is missing`);
  for (const [name, text] of query) {
    const known = operation.parameters.find((each) => each.in === 'query' && each.name === name);
    const type = known?.schema.type;
    // Lists are joined by commas (explode: false).
    const value = type === 'array' ? text.split(',') : type === 'integer' ? Number(text) : text;
    wrong.push(...(known ? contract.parameter(operation.id, name, value) : [`${operation.id}: ?${name} is unknown`]));
  }
  return wrong;
}
