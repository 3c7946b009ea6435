import type { Case } from './mutations.ts'

/** What a mutation of a parsed manifest cannot show: how documents, lists and scalars are written. */
export const DOCUMENTS: Record<string, string> = {
  'comments only': '# nothing here\n# nor here\n',
  'an empty file': '',
  'a document of comments between two resources': `${configMap('a')}---\n# nothing\n---\n${configMap('b')}`,
  'a separator before and after': `---\n${configMap('c')}---\n`,
  'a comment on the separator': `--- # first\n${configMap('d')}`,
  'two documents, the second wrong': `${configMap('e')}---\n${configMap('f')}bogus: 1\n`,
  'three separators in a row': `${configMap('g')}---\n---\n---\n${configMap('h')}`,
  'Windows line endings': configMap('i').replaceAll('\n', '\r\n'),
  'no final newline': configMap('j').trimEnd(),

  'a List of two': list([configMap('l1'), configMap('l2')]),
  'a List with a wrong member': list([configMap('l3'), `${configMap('l4')}bogus: 1\n`]),
  'an empty List': 'apiVersion: v1\nkind: List\nitems: []\n',
  'a List with metadata': `${list([configMap('l5')])}metadata:\n  resourceVersion: ''\n  selfLink: ''\n`,
  'a List member without kind': list(['apiVersion: v1\nmetadata:\n  name: l6\n']),
  'a List member without apiVersion': list(['kind: ConfigMap\nmetadata:\n  name: l7\n']),
  'a List member that is a string': 'apiVersion: v1\nkind: List\nitems:\n  - text\n',
  'a List whose items are a mapping': 'apiVersion: v1\nkind: List\nitems: {}\n',
  'a List without items': 'apiVersion: v1\nkind: List\n',
  'a List in a List': list([list([configMap('l8')])]),
  'a List in a List with a wrong member': list([list([`${configMap('l9')}bogus: 1\n`])]),
  'a typed list': `apiVersion: v1\nkind: ConfigMapList\nitems:\n${item(configMap('l10'))}`,
  'a typed list with a wrong member': `apiVersion: v1\nkind: ConfigMapList\nitems:\n${item(`${configMap('l11')}bogus: 1\n`)}`,
  'a List of another version': list([configMap('l12')]).replace(
    'apiVersion: v1\nkind: List',
    'apiVersion: v2\nkind: List',
  ),

  'no kind': 'apiVersion: v1\nmetadata:\n  name: a\n',
  'an empty kind': "apiVersion: v1\nkind: ''\nmetadata:\n  name: a\n",
  'a kind in lower case': configMap('k1').replace('ConfigMap', 'configmap'),
  'no apiVersion': 'kind: ConfigMap\nmetadata:\n  name: a\n',
  'an apiVersion in upper case': configMap('k2').replace('v1', 'V1'),
  'a version the group does not have': 'apiVersion: apps/v7\nkind: Deployment\nmetadata:\n  name: a\n',
  'a kind the group does not have': 'apiVersion: apps/v1\nkind: Deploymnet\nmetadata:\n  name: a\n',
  'a kind of another group': 'apiVersion: batch/v1\nkind: Deployment\nmetadata:\n  name: a\n',
  'a group that is not known': 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\n',
  'a version removed long ago': 'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: a\n',
  'a version removed lately': 'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: a\n',
  'a version with too many parts': 'apiVersion: apps/v1/beta\nkind: Deployment\nmetadata:\n  name: a\n',
  'a group with a longer name': 'apiVersion: apps.example.com/v1\nkind: Deployment\nmetadata:\n  name: a\n',

  generateName: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: a-\n',
  'neither name nor generateName': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  namespace: a\n',
  'a key twice': `${configMap('y1')}data: {}\n`,
  'a nested key twice': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y2\n  name: y3\n',
  'a key twice in a List member': list(['apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y4\n  name: y5\n']),
  'an open bracket': 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n',
  'a tab as indentation': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n',
  'an unknown alias': 'apiVersion: v1\nkind: ConfigMap\nmetadata: *nowhere\n',
  'an anchor and its alias':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y6\n  labels: &l { a: b }\n  annotations: *l\n',
  'a merge key': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y7\ndata:\n  <<: { a: b }\n  c: d\n',
  'a document that is a list': '- a\n- b\n',
  'a document that is a string': 'just text\n',
  'a document that is null': 'null\n',
  'plain yes where text belongs': data('yes'),
  'plain on where text belongs': data('on'),
  'plain y where text belongs': data('y'),
  'a plain octal where text belongs': data('010'),
  'a plain number with underscores where text belongs': data('1_000'),
  'a plain base-60 number where text belongs': data('12:30:45'),
  'a plain date where text belongs': data('2026-01-31'),
  'a plain tilde where text belongs': data('~'),
  'a plain infinity where text belongs': data('.inf'),
  'a plain exponent where text belongs': data('1e3'),
  'a plain version where text belongs': data('1.10'),
  'a quoted number where text belongs': data("'1'"),
  'a literal block where text belongs': data('|\n    - a\n'),
  'a tagged string': data('!!str 7'),
  'replicas as an octal': replicas('010'),
  'replicas as hexadecimal': replicas('0x10'),
  'replicas with an underscore': replicas('1_0'),
  'replicas with an exponent': replicas('1e1'),
  'replicas as 3.0': replicas('3.0'),
  'replicas negative': replicas('-1'),
  'replicas with a plus': replicas('+3'),
  'replicas as yes': replicas('yes'),

  ...Object.fromEntries(
    [
      '1',
      '0.5',
      '100m',
      '1e3',
      '1E3',
      '.5',
      '5.',
      '-1',
      '+1',
      '1Ki',
      '1Kb',
      '1 Gi',
      '1.5.5',
      'Gi',
      "'1'",
      "''",
      '0x10',
    ].map((quantity) => [`the quantity ${quantity}`, cpu(quantity)]),
  ),
  ...Object.fromEntries(
    ['80', "'80'", 'http', '80.0', '80.5', 'true', '[80]', '{}', '~'].map((port) => [
      `the port ${port}`,
      targetPort(port),
    ]),
  ),
  ...Object.fromEntries(
    [
      '2026-01-31T12:00:00Z',
      '2026-01-31T12:00:00.123456789+02:00',
      '2026-01-31t12:00:00z',
      '2026-01-31 12:00:00Z',
      '2026-01-31T12:00:00',
      '2026-02-30T12:00:00Z',
      '2026-01-31T24:00:00Z',
      '2026-01-31T12:00:60Z',
      '2026-01-31',
      '',
    ].map((time) => [`the time '${time}'`, firstTimestamp(time)]),
  ),
}

export function* documentCases(): Iterable<Case> {
  let count = 0
  for (const [what, text] of Object.entries(DOCUMENTS)) yield { file: `documents/${++count}.yaml`, text, what }
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  key: value\n`
}

function data(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: data\ndata:\n  key: ${value}\n`
}

function list(members: string[]): string {
  return `apiVersion: v1\nkind: List\nitems:\n${members.map(item).join('')}`
}

function item(member: string): string {
  return `  - ${member.trimEnd().replaceAll('\n', '\n    ')}\n`
}

function replicas(count: string): string {
  return `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: replicas
spec:
  maxReplicas: ${count}
  scaleTargetRef: { kind: Deployment, name: a }
`
}

function cpu(quantity: string): string {
  return `apiVersion: v1
kind: ResourceQuota
metadata:
  name: quantity
spec:
  hard:
    cpu: ${quantity}
`
}

function targetPort(port: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: port
spec:
  ports:
    - port: 80
      targetPort: ${port}
`
}

function firstTimestamp(time: string): string {
  return `apiVersion: v1
kind: Event
metadata:
  name: time
involvedObject: {}
firstTimestamp: '${time}'
`
}
