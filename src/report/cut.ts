/** At most `limit` UTF-16 units of a text; what was cut is marked, and no character is cut in half. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = /[\ud800-\udbff]/.test(text[limit - 2] ?? '') ? limit - 2 : limit - 1
  return `${text.slice(0, end)}…`
}
