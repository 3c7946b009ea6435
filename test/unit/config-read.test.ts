import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.ts'
import { type Config, DEFAULT_CONFIG } from '../../src/config/schema.ts'

const FILE = '.gitops.yaml'
const KEYS = 'layout, environments, promote, group, hold, freeze, images, pull-request, validate, limits, verify'
const DAY = 86_400_000

function problemsOf(text: string): string[] {
  const read = readConfig(text, FILE)
  if (read.ok) return []
  return read.problems.map(({ file, line, column, message }) => {
    expect(file).toBe(FILE)
    return `${line}:${column} ${message}`
  })
}

function config(text: string): Config {
  const read = readConfig(text, FILE)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.config
}

describe('nothing in it is the defaults', () => {
  test.each(['', '\n', '# only a comment\n', '---\n', '--- # nothing\n...\n', '~', '{}'])('%j', (text) => {
    expect(config(text)).toEqual(DEFAULT_CONFIG)
  })

  test('which are those of the documentation', () => {
    expect(DEFAULT_CONFIG).toEqual({
      promote: ['images'],
      hold: [],
      freeze: [],
      images: new Map(),
      pullRequest: { draft: false, signOff: false },
      validate: {
        schemas: [],
        skip: [],
        ignore: [],
        rules: new Map(),
        policies: [],
        unvalidated: 'warning',
        loadRestrictor: 'root-only',
      },
      limits: {
        yaml: { file: 64 * 2 ** 20, resource: 3 * 2 ** 20, documents: 100_000, depth: 100, nodes: 4_000_000 },
        render: { deadline: 60_000, memory: 2 ** 30 },
      },
      verify: {
        applications: [],
        clusters: new Map(),
        timeout: 900_000,
        interval: 10_000,
        settle: 5000,
        grace: 60_000,
      },
    })
  })

  test.each(['environments', 'promote', 'hold', 'freeze', 'images', 'pull-request', 'validate', 'limits', 'verify'])(
    'a %s without a value is absent',
    (key) => {
      expect(config(`${key}:\n`)).toEqual(DEFAULT_CONFIG)
    },
  )

  test('an environment without a value promotes by hand', () => {
    expect(config('environments: { dev: }').environments?.get('dev')).toEqual({
      merge: 'manual',
      checks: [],
      windows: [],
      freeze: [],
      reviewers: [],
      assignees: [],
      labels: [],
    })
  })
})

describe('values become what they mean', () => {
  test('of an environment', () => {
    const text = `environments:
  dev:
  staging: { from: dev, merge: queue }
  prod:
    from: [dev, staging]
    soak: 1h30m
    checks: [e2e]
    health: flux
    freeze: [{ from: 2026-12-31, to: 2027-01-01 }]
    reviewers: [octocat, team:platform]
    assignees: [octocat]
    labels: [production]
    kubernetes: v1.33.2
    cluster: prod-1
  any: { from: { any: [staging, prod] } }
`
    const environments = config(text).environments
    expect([...(environments?.keys() ?? [])]).toEqual(['dev', 'staging', 'prod', 'any'])
    expect(environments?.get('staging')).toMatchObject({
      from: { need: 'all', environments: ['dev'] },
      merge: 'queue',
    })
    expect(environments?.get('any')).toMatchObject({ from: { need: 'any', environments: ['staging', 'prod'] } })
    const january = Date.UTC(2027, 0, 1)
    expect(environments?.get('prod')).toEqual({
      from: { need: 'all', environments: ['dev', 'staging'] },
      merge: 'manual',
      soak: 5_400_000,
      checks: ['e2e'],
      health: 'flux',
      windows: [],
      freeze: [{ from: january - DAY, until: january + DAY }],
      reviewers: ['octocat', 'team:platform'],
      assignees: ['octocat'],
      labels: ['production'],
      kubernetes: '1.33',
      cluster: 'prod-1',
    })
  })

  test('of the top level', () => {
    const read = config(`promote: [charts, refs]
group: env
hold: { web@prod: waits until 2026-10-01, "*@dev": tests }
pull-request: { sign-off: true, max-open: 3, milestone: 7 }
limits: { file: 1MiB, resource: 2048, render-timeout: 5s, render-memory: 2GiB }
verify: { timeout: 1m, clusters: { prod: [a, b] } }
`)
    expect(read).toMatchObject({
      promote: ['charts', 'refs'],
      group: 'env',
      hold: [
        { app: 'web', environment: 'prod', reason: 'waits until 2026-10-01', until: Date.UTC(2026, 9, 1) },
        { app: '*', environment: 'dev', reason: 'tests' },
      ],
      pullRequest: { signOff: true, maxOpen: 3, milestone: 7 },
      limits: { yaml: { file: 2 ** 20, resource: 2048, depth: 100 }, render: { deadline: 5000, memory: 2 ** 31 } },
      verify: { timeout: 60_000, settle: 5000, clusters: new Map([['prod', ['a', 'b']]]) },
    })
  })

  test.each(['off', '"off"', "'off'"])('a rule that is %s is off, as YAML 1.2 reads it', (off) => {
    const read = config(`validate: { rules: { schema/missing: { severity: ${off}, reason: why } } }`)
    expect(read.validate.rules.get('schema/missing')).toMatchObject({ severity: 'off', reason: 'why' })
  })

  test('templates stay literal', () => {
    const title = '$' + '{{ github.token }} `id` $(id) {app}'
    expect(config(`pull-request: { title: '${title}' }`).pullRequest.title).toBe(title)
  })

  test.each(['{}', '{x} {app} {id}', '{{app}}', '{foo} {json} {all}', '{ verison }', '{environment}'])(
    'braces in %j are as they stand, or filled in',
    (body) => {
      expect(config(`pull-request: { body: '${body}' }`).pullRequest.body).toBe(body)
    },
  )

  test('anchors and merges are YAML like any other', () => {
    const read = config(
      'environments:\n  dev: &base { merge: auto, soak: 1h }\n  prod: { <<: *base, soak: 2h, from: dev }\n',
    )
    expect(read.environments?.get('prod')).toMatchObject({ merge: 'auto', soak: 7_200_000 })
  })
})

describe('what is no configuration at all', () => {
  test.each([
    ['- layout', '1:1 The configuration must be a mapping, not a list.'],
    ['layout', '1:1 The configuration must be a mapping.'],
    ['\n  7', '2:3 The configuration must be a mapping, not the number 7.'],
    ['promote: [images', '1:17 Not valid YAML: unexpected end of the stream within a flow collection.'],
    ['group: app\n---\ngroup: env', '3:1 A configuration is one document; this is another.'],
    ['group: *nothing', '1:8 This alias has no anchor before it; a value that starts with * needs quotes.'],
    ['group: !env app', '1:8 Custom YAML tags mean nothing here; remove it.'],
    ['[group]: app', '1:1 A mapping key must be a plain word, not a list or mapping.'],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toContain(problem)
  })

  test('a file larger than any configuration is not looked at', () => {
    expect(problemsOf(`# ${'x'.repeat(2 ** 20)}`)).toEqual(['1:1 A configuration has at most 1048576 characters.'])
  })

  test('a bomb of aliases is refused', () => {
    const bomb = [
      'a: &a [1, 1]',
      ...[...'bcdefghijklm'].map((name, index) => {
        const before = String.fromCharCode(97 + index)
        return `${name}: &${name} [*${before}, *${before}, *${before}]`
      }),
    ]
    expect(problemsOf(bomb.join('\n'))).toEqual([
      expect.stringMatching(/^1:1 Aliases expand this document to \d+ nodes/),
    ])
  })

  test('of thousands of problems the first are told', () => {
    const problems = problemsOf(Array.from({ length: 5000 }, (_, index) => `key${index}: 1`).join('\n'))
    expect(problems).toHaveLength(200)
    expect(problemsOf('a: 1\n'.repeat(5000)).slice(-2)).toEqual([
      expect.stringMatching(/^201:1 /),
      '201:1 There is more wrong after this.',
    ])
  })
})

describe('a key that is none', () => {
  test.each([
    ['enviroments: {}', '1:1 "enviroments" is not a key of .gitops.yaml; did you mean `environments`?'],
    ['pullRequest: {}', '1:1 "pullRequest" is not a key of .gitops.yaml; did you mean `pull-request`?'],
    ['replicas: 3', `1:1 "replicas" is not a key of .gitops.yaml, which takes ${KEYS}.`],
    ['"": 3', `1:1 "" is not a key of .gitops.yaml, which takes ${KEYS}.`],
    ['constructor: 3', `1:1 "constructor" is not a key of .gitops.yaml, which takes ${KEYS}.`],
    ['__proto__: { layout: 3 }', '1:1 "__proto__" cannot be a key.'],
    ['environments:\n  __proto__: { from: 3 }', '2:3 "__proto__" cannot be a key.'],
    ['environments:\n  dev:\n    sok: 2h\n', '3:5 "sok" is not a key of environments.dev; did you mean `soak`?'],
    [
      'verify:\n  applications:\n    - { name: a, environment: dev, namspace: b }',
      '3:36 "namspace" is not a key of verify.applications[0]; did you mean `namespace`?',
    ],
    ['layout: a/{env}\nlayout: b/{env}', '2:1 This key is given twice; it already stands on line 1. Keep one.'],
    [
      'environments:\n  dev:\n  prod: { from: dev }\n  dev: { soak: 1h }',
      '4:3 This key is given twice; it already stands on line 2. Keep one.',
    ],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  const elsewhere = 'it is never read from a file, but from'
  test.each([
    ['argocd-server: https://argocd.example.com', `${elsewhere} --argocd-server or ARGOCD_SERVER.`],
    ['server: x', `${elsewhere} --argocd-server or ARGOCD_SERVER.`],
    ['token: t0ps3cret', `${elsewhere} the environment of the workflow.`],
    ['argocd-auth-token: t0ps3cret', `${elsewhere} the environment of the workflow.`],
    ['password: t0ps3cret', `${elsewhere} the environment of the workflow.`],
    ['ca-file: x', `${elsewhere} --ca-file.`],
    ['insecure: true', `${elsewhere} --ca-file.`],
    ['kubeconfig: x', `${elsewhere} --kubeconfig and --context.`],
  ])('%s belongs to whoever runs the command', (line, where) => {
    const key = line.split(':')[0]
    expect(problemsOf(line)).toEqual([`1:1 "${key}" is not a key of .gitops.yaml: ${where}`])
    expect(problemsOf(`verify: { ${line} }`)).toEqual([`1:11 "${key}" is not a key of verify: ${where}`])
  })
})

describe('a value that is none', () => {
  test.each([
    ['layout: 3', '1:9 layout must be a path template such as envs/{env}/{app}, not the number 3.'],
    ['layout:', '1:8 layout must be a path template such as envs/{env}/{app}, but is empty.'],
    ['layout: apps/{app}', '1:9 layout must have {env} in it.'],
    ['layout: ../{env}', '1:9 layout must not have an empty folder, "." or "..".'],
    ['promote: images', '1:10 promote must be a list such as [images, charts].'],
    ['promote: []', '1:10 promote must list images, charts or refs.'],
    ['promote: [images, tags]', '1:19 promote[1] must be images, charts or refs.'],
    ['group: apps', '1:8 group must be app or env.'],
    ['hold: [web]', '1:7 hold must be a mapping from APP@ENVIRONMENT to a reason, not a list.'],
    ['hold: { web: why }', '1:9 "web" must name an application and an environment, such as web@prod (or *@prod).'],
    ['hold: { web@prod: true }', '1:19 hold["web@prod"] must be the reason, and until when; put it in quotes: "true".'],
    ['hold: { web@prod: "" }', '1:19 hold["web@prod"] must say why it is held.'],
    ['hold: { a@b: until 2026-02-30 }', '1:14 hold["a@b"] must end with a date such as until 2026-10-01.'],
    ['freeze: { from: 2026-01-01 }', '1:9 freeze must be a list of { from: DATE, to: DATE }, not a mapping.'],
    ['freeze: [{ from: 2026-01-01 }]', '1:10 freeze[0] lacks to, which must be a date such as 2026-12-20.'],
    ['freeze: [{ from: 2026-02-30, to: 2026-03-01 }]', '1:18 freeze[0].from must be a date such as 2026-12-20.'],
    ['freeze: [{ from: 2026-03-02, to: 2026-03-01 }]', '1:34 freeze[0].to must not lie before from.'],
    [
      'freeze: [{ from: 2026, to: 2026-03-01 }]',
      '1:18 freeze[0].from must be a date such as 2026-12-20, not the number 2026.',
    ],
    ['pull-request: { draft: yes }', '1:24 pull-request.draft must be true or false.'],
    ['pull-request: { draft: 1 }', '1:24 pull-request.draft must be true or false, not the number 1.'],
    ['pull-request: { title: "" }', '1:24 pull-request.title must be text.'],
    [
      'pull-request: { max-open: 0 }',
      '1:27 pull-request.max-open must be a whole number from 1 to 1000, not the number 0.',
    ],
    [
      'pull-request: { max-open: "3" }',
      '1:27 pull-request.max-open must be a whole number from 1 to 1000; write 3 without quotes.',
    ],
    [
      'pull-request: { max-open: "5000" }',
      '1:27 pull-request.max-open must be a whole number from 1 to 1000, not "5000".',
    ],
    [
      "pull-request: { title: '{app} {verison}' }",
      '1:24 pull-request.title has {verison}, which nothing is filled in for; did you mean {version}?',
    ],
    [
      "pull-request:\n  body: '{App}: {x} {env}'\n",
      '2:9 pull-request.body has {App}, which nothing is filled in for; did you mean {app}?',
    ],
    ['pull-request: { max-open: 010 }', '1:27 "010" means different things in YAML 1.1 and 1.2; put it in quotes.'],
    ['validate: [a]', '1:11 validate must be a mapping, not a list.'],
    [
      'validate: { kubernetes: 1.30 }',
      '1:25 validate.kubernetes must be a Kubernetes version such as "1.34"; put it in quotes: "1.30".',
    ],
    ['validate: { kubernetes: latest }', '1:25 validate.kubernetes must be a Kubernetes version such as "1.34".'],
    [
      'validate: { skip: [secret] }',
      '1:20 validate.skip[0] must be a kind such as Secret or monitoring.coreos.com/v1/ServiceMonitor.',
    ],
    ['validate: { unvalidated: off }', '1:26 validate.unvalidated must be error, warning or ignore.'],
    ['validate: { load-restrictor: LoadRestrictionsNone }', '1:30 validate.load-restrictor must be root-only or none.'],
    [
      'validate: { schemas: [../x.json] }',
      '1:23 validate.schemas[0] must be default, a path in the repository, or a URL.',
    ],
    [
      'validate: { schemas: ["file:///etc/x"] }',
      '1:23 validate.schemas[0] must be default, a path in the repository, or a URL.',
    ],
    [
      'validate: { schemas: ["https://me:pw@example.com/x"] }',
      '1:23 validate.schemas[0] must be a URL without a user or password.',
    ],
    [
      'validate: { ignore: [/etc] }',
      '1:22 validate.ignore[0] must be a glob relative to the repository root, without "..", "~" or "!".',
    ],
    [
      'limits: { file: 64MB }',
      '1:17 limits.file must be a size from 1KiB to 256MiB such as 64MiB, or a number of bytes.',
    ],
    [
      'limits: { file: 1.5 }',
      '1:17 limits.file must be a size from 1KiB to 256MiB such as 64MiB, or a number of bytes, not the number 1.5.',
    ],
    [
      'limits: { resource: 1GiB }',
      '1:21 limits.resource must be a size from 1KiB to 256MiB such as 64MiB, or a number of bytes.',
    ],
    ['limits: { documents: 0 }', '1:22 limits.documents must be a whole number from 1 to 10000000, not the number 0.'],
    ['limits: { depth: 1001 }', '1:18 limits.depth must be a whole number from 1 to 1000, not the number 1001.'],
    ['limits: { render-timeout: 2h }', '1:27 limits.render-timeout must be at most 1h.'],
    ['limits: { render-timeout: 1ms }', '1:27 limits.render-timeout must be at least 1s.'],
    [
      'limits: { render-memory: 5GiB }',
      '1:26 limits.render-memory must be a size from 1KiB to 4GiB such as 64MiB, or a number of bytes.',
    ],
    ['verify: { branch: --upload-pack=x }', '1:19 verify.branch must be the name of a branch.'],
    [
      'verify: { timeout: 30 }',
      '1:20 verify.timeout must be a duration such as 30s, 15m, 2h or 1d, not the number 30.',
    ],
    ['verify: { interval: 0s }', '1:21 verify.interval must be at least 100ms.'],
    ['verify: { clusters: { prod: main } }', '1:29 verify.clusters.prod must be a list of kubeconfig contexts.'],
    [
      'verify: { clusters: { prod: ["https://1.2.3.4"] } }',
      '1:30 verify.clusters.prod[0] must be a kubeconfig context, not an address.',
    ],
    [
      'verify:\n  applications:\n    - { name: a, environment: dev, paths: [../x] }',
      '3:44 verify.applications[0].paths[0] must be a path in the repository, without "..", "~" or a leading "/".',
    ],
    [
      'verify: { applications: [{ environment: dev }] }',
      '1:26 verify.applications[0] lacks name, which must be the name of an Argo CD Application or Flux object.',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  test.each([
    [
      'from: 7',
      11,
      'from must be an environment, a list of environments (all of them), or { any: [...] }; put it in quotes: "7".',
    ],
    ['from: []', 11, 'from must name an environment.'],
    ['from: { any: a }', 18, 'from.any must be a list of environments.'],
    ['from: { all: [a] }', 5, 'from lacks any, which must be a list of environments.'],
    ['merge: automatic', 12, 'merge must be manual, auto or queue.'],
    ['soak: 2', 11, 'soak must be a duration such as 30s, 15m, 2h or 1d, not the number 2.'],
    ['soak: 2hours', 11, 'soak must be a duration such as 30s, 15m, 2h or 1d, not "2hours".'],
    ['soak: 1.5 h', 11, 'soak must be a duration such as 30s, 15m, 2h or 1d, not "1.5 h".'],
    ['soak: "2"', 11, 'soak must be a duration such as 30s, 15m, 2h or 1d, not "2".'],
    ['soak: soon', 11, 'soak must be a duration such as 30s, 15m, 2h or 1d.'],
    ['checks: e2e', 13, 'checks must be a list such as [e2e].'],
    ['health: argo', 13, 'health must be argocd, flux or github.'],
    ['reviewers: ["@me"]', 17, 'reviewers[0] must be a login, or team:NAME.'],
    ['labels: [2026]', 14, 'labels[0] must be a label of at most 50 characters; put it in quotes: "2026".'],
    ['kubernetes: 1.34', 17, 'kubernetes must be a Kubernetes version such as "1.34"; put it in quotes: "1.34".'],
    ['cluster: https://10.0.0.1', 14, 'cluster must be the name of a cluster, not its address.'],
    ['path: ..', 11, 'path must not have an empty folder, "." or "..".'],
    ['path: /', 11, 'path must be relative to the repository root, with "/" between folders.'],
    ['path: ""', 11, 'path must be a path template such as envs/{env}/{app}.'],
    ['path: "~"', 11, 'path must be relative to the repository root, with "/" between folders.'],
    ['path: "**"', 11, 'path must have * only as a whole folder, and never **.'],
    ['path: ~', 11, 'path must be a path template such as clusters/production/{app}, but is empty.'],
    ['windows: [Mon 9-17]', 15, 'windows[0] must have hours such as 09:00-16:00.'],
    ['windows: [61 * * * * for 1h]', 15, 'windows[0] must have minutes from 0 to 59.'],
    ['windows: [Mon 09:00-17:00 Europe/Berln]', 15, 'windows[0] names no time zone; did you mean Europe/Berlin?'],
  ])('environments.dev.%s', (line, column, message) => {
    expect(problemsOf(`environments:\n  dev:\n    ${line}\n`)).toContain(`3:${column} environments.dev.${message}`)
  })
})

describe('the graph', () => {
  const at = (edges: Record<string, string>) =>
    problemsOf(
      `environments:\n${Object.entries(edges)
        .map(([to, from]) => `  ${to}: { from: ${from} }\n`)
        .join('')}`,
    )

  test.each([
    [{ dev: 'dev' }, ['2:16 The edge dev → dev leads from an environment to itself.']],
    [
      { prod: 'stagin', staging: '[]' },
      [
        '2:17 The edge stagin → prod starts at an environment that does not exist; did you mean staging?',
        '3:20 environments.staging.from must name an environment.',
      ],
    ],
    [{ prod: 'x' }, ['2:17 The edge x → prod starts at an environment that does not exist; add it to environments.']],
    [
      { dev: 'prod', staging: 'dev', prod: 'staging' },
      ['2:16 The edge prod → dev closes a cycle: dev → staging → prod → dev.'],
    ],
    [
      { a: 'b', b: 'a', c: '[a, d]', d: '{ any: [c] }' },
      ['2:14 The edge b → a closes a cycle: a → b → a.', '4:18 The edge d → c closes a cycle: c → d → c.'],
    ],
    [
      { a: '[b, b]', b: '{ any: [] }' },
      ['2:18 The edge b → a is given twice; keep one.', '3:21 environments.b.from.any must name an environment.'],
    ],
    [{ a: 'a', b: 'a' }, ['2:14 The edge a → a leads from an environment to itself.']],
  ])('%j', (edges, problems) => {
    expect(at(edges)).toEqual(problems)
  })

  test('may join and fan out', () => {
    expect(problemsOf('environments: { a: , b: { from: a }, c: { from: a }, d: { from: [b, c, a] } }')).toEqual([])
  })

  test('a cycle of thousands is told in a line', () => {
    const edges = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`e${i}`, `e${(i + 1) % 3000}`]))
    expect(at(edges)).toEqual([
      '2:15 The edge e1 → e0 closes a cycle: e0 → e2999 → e2998 → e2997 → e2996 → e2995 → … → e5 → e4 → e3 → e2 → e1 → e0.',
    ])
  })

  test('is judged although something else is wrong', () => {
    expect(problemsOf('environments: { dev: { soak: 1, from: dev } }')).toEqual([
      '1:30 environments.dev.soak must be a duration such as 30s, 15m, 2h or 1d, not the number 1.',
      '1:39 The edge dev → dev leads from an environment to itself.',
    ])
  })
})

describe('names', () => {
  const NAME = 'cannot name an environment: use letters, digits, ".", "_" and "-".'
  test.each(['..', '.', '~/x', '/', '**', '-rf', '.git', 'a/b', 'a b', 'a@b', '{env}', '', 'a\\nb'])(
    '%j is no environment',
    (name) => {
      const key = JSON.stringify(name)
      expect(problemsOf(`environments:\n  ${key}:\n`)).toEqual([`2:3 ${key} ${NAME}`])
    },
  )

  test.each(['prod', 'prod-eu', 'prod.eu_1', '_x', '2026', 'über', 'constructor'])('%s is one', (name) => {
    expect([...(config(`environments: { ${name}: }`).environments?.keys() ?? [])]).toEqual([name])
  })

  test('a word that YAML reads in two ways needs quotes', () => {
    expect(problemsOf('environments:\n  no:\n')).toEqual([
      '2:3 "no" means different things in YAML 1.1 and 1.2; put it in quotes.',
    ])
    expect([...(config('environments: { "no": }').environments?.keys() ?? [])]).toEqual(['no'])
  })

  test.each([
    ['schema/invlid', 'There is no rule "schema/invlid"; did you mean schema/invalid?'],
    ['plaintext', 'There is no rule "plaintext"; did you mean secret/plaintext?'],
    ['policy/', 'There is no rule "policy/"; docs/rules.md lists them all.'],
    ['policy/a b', 'There is no rule "policy/a b"; docs/rules.md lists them all.'],
    ['*', 'There is no rule "*"; docs/rules.md lists them all.'],
  ])('rule %s', (rule, problem) => {
    const text = `validate:\n  rules:\n    ${JSON.stringify(rule)}: { severity: off, reason: why }\n`
    expect(problemsOf(text)).toEqual([`3:5 ${problem}`])
  })

  test.each([
    ['{ severity: warning }', '3:5 validate.rules["api/removed"] lacks reason, which must be text that says why.'],
    ['{ severity: off, reason: " " }', '3:43 validate.rules["api/removed"].reason must be text that says why.'],
    ['{ reason: why }', '3:5 validate.rules["api/removed"] lacks severity, which must be error, warning or off.'],
    ['{ severity: notice, reason: why }', '3:30 validate.rules["api/removed"].severity must be error, warning or off.'],
    ['off', '3:18 validate.rules["api/removed"] must be a mapping.'],
    [
      '{ severity: off, reason: why, paths: ["!x"] }',
      '3:56 validate.rules["api/removed"].paths[0] must be a glob relative to the repository root, without "..", "~" or "!".',
    ],
  ])('api/removed: %s', (setting, problem) => {
    expect(problemsOf(`validate:\n  rules:\n    api/removed: ${setting}\n`)).toEqual([problem])
  })

  test('a hold for an environment that is none would hold nothing', () => {
    const environments = 'environments: { staging: , prod: }\n'
    expect(problemsOf(`${environments}hold: { web@prd: why, web@xyzzy: why, "web@*": why }`)).toEqual([
      '2:9 hold["web@prd"]: there is no environment "prd"; did you mean prod?',
      '2:23 hold["web@xyzzy"]: there is no environment "xyzzy"; there are staging, prod.',
    ])
    expect(problemsOf('hold: { web@prd: why }')).toEqual([])
  })

  test('verify speaks of environments that exist', () => {
    expect(
      problemsOf(`environments: { prod: }
verify:
  clusters: { prd: [a] }
  applications: [{ environment: prid, name: a }]
`),
    ).toEqual([
      '3:15 verify.clusters.prd: there is no environment "prd"; did you mean prod?',
      '4:33 verify.applications[0].environment: there is no environment "prid"; did you mean prod?',
    ])
  })
})

describe('problems', () => {
  test('are all told, in the order of the file', () => {
    expect(
      problemsOf(`group: apps
enviroments: {}
environments:
  prod: { from: dev, sok: 1h }
  dev: { from: prod }
validate: { rules: { nothing: { severity: off } } }
layout: x
`),
    ).toEqual([
      '1:8 group must be app or env.',
      '2:1 "enviroments" is not a key of .gitops.yaml; did you mean `environments`?',
      '4:17 The edge dev → prod closes a cycle: prod → dev → prod.',
      '4:22 "sok" is not a key of environments.prod; did you mean `soak`?',
      '6:22 validate.rules.nothing lacks reason, which must be text that says why.',
      '6:22 There is no rule "nothing"; docs/rules.md lists them all.',
      '7:9 layout must have {env} in it.',
    ])
  })

  test('never show a text that may be a secret in the wrong place', () => {
    const secret = 'c4n4ry'
    const fields = [
      'layout',
      'group',
      'promote',
      'environments',
      'images',
      'limits',
      'verify',
      'environments: { dev: { merge',
      'environments: { dev: { soak',
      'validate: { kubernetes',
      'verify: { timeout',
      'pull-request: { draft',
      'limits: { file',
      'environments: { dev: { windows: [x], path',
    ]
    for (const field of fields) {
      const text = `${field}: "${secret} {${secret}"${' }'.repeat(field.split('{').length - 1)}`
      expect(problemsOf(text), text).not.toEqual([])
      expect(problemsOf(text).join()).not.toContain(secret)
    }
  })

  test('stand where an alias or a merge stands, not where it leads', () => {
    expect(problemsOf('environments:\n  dev: &a { soak: 1 }\n  prod: *a\n')).toEqual([
      '2:19 environments.dev.soak must be a duration such as 30s, 15m, 2h or 1d, not the number 1.',
      '3:9 environments.prod.soak must be a duration such as 30s, 15m, 2h or 1d, not the number 1.',
    ])
  })

  test('count columns in UTF-16 units, and lines by any line break', () => {
    expect(problemsOf('promote: ["🚀", x]\r\ngroup: x\rlayout: x')).toEqual([
      '1:11 promote[0] must be images, charts or refs.',
      '1:17 promote[1] must be images, charts or refs.',
      '2:8 group must be app or env.',
      '3:9 layout must have {env} in it.',
    ])
  })
})

describe('places', () => {
  const read = readConfig('environments:\n  prod: { soak: 2h }\n', FILE)
  const places = read.ok ? read.places : () => undefined
  test.each([
    [['environments', 'prod', 'soak'], 'value', 2, 17],
    [['environments', 'prod', 'soak'], 'key', 2, 11],
    [['environments', 'prod', 'from'], 'value', 2, 3],
    [['verify', 'timeout'], 'value', 1, 1],
    [[], 'value', 1, 1],
  ] as const)('of %j (%s)', (path, at, line, column) => {
    expect(places(path, at)).toEqual({ file: FILE, line, column })
  })

  test('of an empty file are its start', () => {
    const empty = readConfig('', FILE)
    expect(empty.ok && empty.places(['layout'])).toEqual({ file: FILE, line: 1, column: 1 })
  })
})

describe('whatever the text', () => {
  const word = fc.constantFrom(
    ...['layout', 'environments', 'dev', 'from', 'freeze', 'to', 'any', 'hold', 'web@prod', 'images', '*', 'semver'],
    ...[
      'validate',
      'rules',
      'schema/invalid',
      'severity',
      'off',
      'reason',
      'paths',
      'limits',
      'file',
      '1MiB',
      'windows',
    ],
    ...['Mon 09:00-10:00', '0 9 * * * for 1h', '2026-01-01', '~', '1.30', 'yes', '__proto__', 'constructor', '', '<<'],
  )
  const tree = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 5 }, word, fc.constantFrom(null, 1, true, 1.5), tie('list'), tie('mapping')),
    list: fc.array(tie('node'), { maxLength: 3 }),
    mapping: fc.array(fc.tuple(word, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  })).node

  test('readConfig answers, with places inside the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          tree.map((value) => JSON.stringify(value, null, 1)),
          fc.string(),
        ),
        (text) => {
          const lines = text.split(/\r\n?|\n/)
          const read = readConfig(text, FILE)
          for (const { line, column, message } of read.ok ? [] : read.problems) {
            expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column - 1)
            expect(message).toMatch(/[.?]$/)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
