import { isRecord } from '../../kubernetes/resource.ts'

/** The keys that say where a cluster or repository is, and not how to get in. */
const ADDRESSES = new Set([
  ...['name', 'namespaces', 'clusterResources', 'project', 'server', 'shard', 'type', 'url'],
  ...[
    'depth',
    'enableLfs',
    'enableOCI',
    'insecure',
    'insecureIgnoreHostKey',
    'insecureOCIForceHttp',
    'noProxy',
    'proxy',
  ],
  ...['forceHttpBasicAuth', 'useAzureWorkloadIdentity'],
  ...['githubAppEnterpriseBaseUrl', 'githubAppID', 'githubAppInstallationID'],
])

/** `https://me:secret@example.org` */
const WITH_PASSWORD = /:\/\/[^/@\s]*:[^/@\s]*@/

/**
 * Whether a value is a mere address within one of the Secrets in which Argo CD keeps its clusters and repositories, which
 * people have in Git (Argo CD, *Declarative Setup*).
 */
export function isArgoCdAddress(secret: Readonly<Record<string, unknown>>, key: string, text: string): boolean {
  const labels = isRecord(secret.metadata) && secret.metadata.labels
  const isArgoCd = isRecord(labels) && 'argocd.argoproj.io/secret-type' in labels
  return isArgoCd && ADDRESSES.has(key) && !WITH_PASSWORD.test(text)
}
