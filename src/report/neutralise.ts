/**
 * What untrusted text must never bring into a log: characters that move the cursor, reverse the direction of reading,
 * hide (zero width), end a line for the runner (it splits at CR, too), and terminal sequences. The one that turns a
 * pictograph into an emoji hides nothing.
 */
export const HIDDEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one
const TERMINAL_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * One untrusted value as text that can be printed within a line: nothing in it ends the line, speaks to the terminal,
 * or is a command to the runner. `##[` is a command anywhere in a line (actions/runner, `ActionCommand.cs`).
 */
export function visible(text: string): string {
  return text
    .replace(TERMINAL_SEQUENCE, '')
    .replace(HIDDEN, (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`)
    .replaceAll('##[', '##\\[')
}

/**
 * A line of text that is visible already. `::command::` counts at the start of a line, whatever blanks precede it; a
 * line that would start so is given a visible mark.
 */
export function markCommand(line: string): string {
  return /^\s*::/.test(line) ? `| ${line}` : line
}

/**
 * The line, counting from 1, of text that is printed as it is, which a runner would take for a command; `undefined`
 * where none is. The runner splits at CR too, and trims what .NET calls white space.
 */
export function lineOfCommand(text: string): number | undefined {
  const at = text.split(/\r\n|\r|\n/).findIndex((line) => /^[\s\u0085]*::|##\[/.test(line))
  return at < 0 ? undefined : at + 1
}
