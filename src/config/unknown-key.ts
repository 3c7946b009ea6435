import { nearest } from '../report/nearest.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'

/** What people look for in vain: it comes from whoever runs the command, never from the repository. */
const ELSEWHERE = [
  { keys: /^(?:argocd-?)?(?:server|url|addr(?:ess)?|host)$/i, from: '--argocd-server or ARGOCD_SERVER' },
  { keys: /token|password|secret|credentials?$|^auth/i, from: 'the environment of the workflow' },
  { keys: /^(?:ca-?file|certificate|insecure)/i, from: '--ca-file' },
  { keys: /^kube-?(?:config|context)$|^contexts?$/i, from: '--kubeconfig and --context' },
]

/** Says that there is no such key, and which one was probably meant. */
export function unknownKey(key: string, path: readonly PathStep[], known: readonly string[]): string {
  const where = path.length === 0 ? '.gitops.yaml' : toFieldPath(path)
  const unknown = `${JSON.stringify(key)} is not a key of ${where}`
  const close = nearest(key, known) ?? known.find((name) => plain(name) === plain(key))
  if (close) return `${unknown}; did you mean \`${close}\`?`
  const elsewhere = ELSEWHERE.find(({ keys }) => keys.test(key))
  if (elsewhere) return `${unknown}: it is never read from a file, but from ${elsewhere.from}.`
  return `${unknown}, which takes ${known.join(', ')}.`
}

/** `pullRequest` and `pull_request` are `pull-request`. */
function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase()
}
