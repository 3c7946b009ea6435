/** Appends to the job summary. That it cannot be written changes no verdict: it is a warning. */
export function appendJobSummary(
  path: string | undefined,
  markdown: string,
  ports: { append(path: string, text: string): void; warn(message: string): void },
): void {
  if (!path) return
  try {
    ports.append(path, markdown)
  } catch (error) {
    ports.warn(`The job summary could not be written: ${(error as Error).message}`)
  }
}
