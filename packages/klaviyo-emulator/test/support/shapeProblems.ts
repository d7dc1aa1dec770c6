import type { Contract } from './compileContract.ts';

const JSON_API = 'application/vnd.api+json';
const POINTER = /^(?:\/(?:[^~/]|~[01])*)+$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_ERRORS = 100;
const MAX_DETAIL_CHARS = 30_000;
const MAX_POINTER_CHARS = 1000;
const MAX_PARAMETER_CHARS = 100;
const MAX_ERROR_CHARS = 1_000_000;

interface ErrorShape {
  id: string;
  status: number;
  code: string;
  title: string;
  detail: string;
  source: { pointer?: string; parameter?: string };
  links: object;
  meta: object;
}

/** What keeps an answer from being one that Klaviyo documents: a success, or errors of the one shape. */
export async function shapeProblems(response: Response, contract: Contract | undefined): Promise<string[]> {
  const { status } = response;
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (status < 200 || status > 499) return [`status ${status}: ${text.slice(0, 500)}`];
  if (text === '' && status < 300) return type === null ? [] : [`no body, but content type ${type}`];
  if (type !== JSON_API) return [`content type ${type}`];
  const body = JSON.parse(text);
  if (status < 300) return body.data === undefined ? ['a success without data'] : [];
  // A body of this shape was just required; each member is checked below.
  const errors: ErrorShape[] = body.errors;
  if (!Array.isArray(errors) || errors.length === 0 || errors.length > MAX_ERRORS) return ['no errors, or too many'];
  const wrong = errors.flatMap((error) => errorProblems(error, status));
  if (text.length > MAX_ERROR_CHARS) wrong.push(`${text.length} characters of errors`);
  return [...wrong, ...(contract?.answer('any', status, body) ?? [])];
}

function errorProblems(
  { id, code, title, detail, source, links, meta, ...rest }: ErrorShape,
  status: number,
): string[] {
  const { pointer, parameter, ...more } = source;
  const claims: [string, boolean][] = [
    ['id', UUID.test(id)],
    ['status', rest.status === status && Object.keys(rest).length === 1],
    ['code', /^[a-z_]+$/.test(code)],
    ['title', typeof title === 'string' && title !== ''],
    ['detail', typeof detail === 'string' && detail !== '' && detail.length <= MAX_DETAIL_CHARS],
    ['source', (pointer === undefined) !== (parameter === undefined) && Object.keys(more).length === 0],
    ['pointer', pointer === undefined || (POINTER.test(pointer) && pointer.length <= MAX_POINTER_CHARS)],
    ['parameter', parameter === undefined || (parameter !== '' && parameter.length <= MAX_PARAMETER_CHARS)],
    ['links and meta', typeof links === 'object' && typeof meta === 'object'],
  ];
  return claims
    .filter(([, holds]) => !holds)
    .map(([name]) => `${name}: ${JSON.stringify({ ...source, detail }).slice(0, 500)}`);
}
