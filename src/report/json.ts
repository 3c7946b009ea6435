/**
 * A report as the JSON contract has it. In Actions the runner reads standard output for commands, and `##[` is one
 * anywhere in a line: inside JSON strings it is written `\u0023#[`, which reads back the same.
 */
export function formatJson(report: unknown, inActions: boolean): string {
  const json = `${JSON.stringify(report, undefined, 2)}\n`
  return inActions ? json.replaceAll('##[', '\\u0023#[') : json
}
