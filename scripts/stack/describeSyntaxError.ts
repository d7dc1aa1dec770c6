import { type ParseError, printParseErrorCode } from 'jsonc-parser';

const EXPECTED: Record<string, string> = {
  PropertyNameExpected: 'a name between double quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: '}',
  CloseBracketExpected: ']',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfComment: 'the end of the comment, */',
  UnexpectedEndOfString: 'the end of the string, "',
  InvalidNumberFormat: 'a number',
  UnexpectedEndOfNumber: 'a digit',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'one of " \\ / b f n r t u after the backslash',
  InvalidCharacter: 'no control character in a string',
  InvalidSymbol: 'a string between double quotes, a number, true, false, null, { or [',
};

/** `line:column: expected …`, both counted from 1 as editors do. */
export function describeSyntaxError(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  const code = printParseErrorCode(error);
  return `${before.length}:${column}: expected ${EXPECTED[code] ?? `other text (${code})`}`;
}
