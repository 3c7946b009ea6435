import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Manifests of the kinds that most repositories hold, with sizes that are usual there. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${n}
  namespace: ns-${n % 50}
  labels: {app: web-${n}, team: team-${n % 7}}
spec:
  replicas: ${(n % 5) + 1}
  selector:
    matchLabels: {app: web-${n}}
  template:
    metadata:
      labels: {app: web-${n}}
    spec:
      serviceAccountName: web-${n}
      containers:
        - name: web
          image: registry.example.com/web:1.${n % 20}.0
          ports:
            - {name: http, containerPort: 8080}
          env:
            - name: LEVEL
              value: info
            - name: PASSWORD
              valueFrom: {secretKeyRef: {name: web-${n}, key: password}}
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
          readinessProbe:
            httpGet: {path: /healthz, port: http}
`,
  (n) => `apiVersion: v1
kind: Service
metadata:
  name: web-${n}
  namespace: ns-${n % 50}
spec:
  selector: {app: web-${n}}
  ports:
    - {name: http, port: 80, targetPort: http}
`,
  (n) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${n}
  namespace: ns-${n % 50}
data:
  LEVEL: info
  REGION: eu-${n % 3}
  config.yaml: |
    server:
      port: 8080
      hosts: [a, b]
`,
  (n) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-${n}
  namespace: ns-${n % 50}
  annotations: {cert-manager.io/cluster-issuer: main}
spec:
  tls:
    - {hosts: [web-${n}.example.com], secretName: web-${n}-tls}
  rules:
    - host: web-${n}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web-${n}, port: {name: http}}}
`,
  (n) => `apiVersion: v1
kind: ServiceAccount
metadata: {name: web-${n}, namespace: ns-${n % 50}}
`,
  (n) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web-${n}, namespace: ns-${n % 50}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web-${n}}
subjects:
  - {kind: ServiceAccount, name: web-${n}, namespace: ns-${n % 50}}
`,
  (n) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-${n}, namespace: ns-${n % 50}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web-${n}}
  minReplicas: 2
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`,
  (n) => `apiVersion: batch/v1
kind: CronJob
metadata: {name: clean-${n}, namespace: ns-${n % 50}}
spec:
  schedule: "*/15 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: clean
              image: registry.example.com/clean:2.0.${n % 9}
              args: ["--days", "30"]
`,
  (n) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web-${n}, namespace: ns-${n % 50}}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: web-${n}}}
`,
  (n) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-${n}, namespace: ns-${n % 50}}
spec:
  podSelector: {matchLabels: {app: web-${n}}}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {team: team-${n % 7}}}
      ports:
        - {protocol: TCP, port: 8080}
`,
]

/** Writes so many resources, evenly over so many files in folders of a hundred. */
export function writeManifests(folder: string, resources: number, files: number): void {
  const each = Math.ceil(resources / files)
  let n = 0
  for (let file = 0; file < files; file++) {
    const documents: string[] = []
    for (let at = 0; at < each && n < resources; at++, n++)
      documents.push((KINDS[n % KINDS.length] as (n: number) => string)(n))
    const where = join(folder, `part-${Math.floor(file / 100)}`)
    mkdirSync(where, { recursive: true })
    writeFileSync(join(where, `file-${file}.yaml`), documents.join('---\n'))
  }
}

/** A base and so many overlays of it, each with a patch, an image and a generator. */
export function writeOverlays(folder: string, overlays: number): string[] {
  const base = join(folder, 'base')
  mkdirSync(base, { recursive: true })
  writeFileSync(join(base, 'kustomization.yaml'), 'resources: [web.yaml]\n')
  writeFileSync(
    join(base, 'web.yaml'),
    KINDS.slice(0, 7)
      .map((kind) => kind(1))
      .join('---\n'),
  )
  return Array.from({ length: overlays }, (_, n) => {
    const overlay = join(folder, 'overlays', `tenant-${n}`)
    mkdirSync(overlay, { recursive: true })
    writeFileSync(
      join(overlay, 'kustomization.yaml'),
      `namespace: tenant-${n}
namePrefix: t${n}-
resources: [../../base]
images: [{name: registry.example.com/web, newTag: 3.${n}.0}]
configMapGenerator: [{name: tenant, literals: [number=${n}]}]
patches: [{path: scale.yaml}]
`,
    )
    writeFileSync(
      join(overlay, 'scale.yaml'),
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-1, namespace: ns-1}\nspec: {replicas: ${n % 9}}\n`,
    )
    return overlay
  })
}
