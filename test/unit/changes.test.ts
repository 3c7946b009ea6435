import { expect, test } from 'vitest'
import { parseDiff } from '../../src/repository/changes.ts'

const header = (name: string) => `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n`

test.each<[what: string, diff: string, changed: Record<string, [number, number][]>]>([
  ['nothing', '', {}],
  ['a line', `${header('a.yaml')}@@ -3 +3 @@ spec:\n-a\n+b\n`, { 'a.yaml': [[3, 3]] }],
  [
    'several hunks',
    `${header('a')}@@ -1,2 +1,3 @@\n-a\n-b\n+c\n+d\n+e\n@@ -9,0 +11,2 @@\n+f\n+g\n`,
    {
      a: [
        [1, 3],
        [11, 12],
      ],
    },
  ],
  ['only deletions', `${header('a')}@@ -4,2 +3,0 @@\n-a\n-b\n`, { a: [] }],
  [
    'a new file',
    `diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n`,
    { n: [[1, 1]] },
  ],
  ['a deleted file', `diff --git a/n b/n\n--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n`, {}],
  ['a name with a blank', '--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-a\n+b\n', { 'a b': [[1, 1]] }],
  [
    'a quoted name',
    '--- "a/\\303\\244\\n\\"x"\n+++ "b/\\303\\244\\n\\"x"\n@@ -1 +1 @@\n-a\n+b\n',
    { 'ä\n"x': [[1, 1]] },
  ],
  [
    'content that looks like headers',
    `${header('a')}@@ -1,2 +1,2 @@\n--- a/x\n-x\n+++ b/evil.yaml\n+@@ -1 +77 @@\n${header('b')}@@ -5 +5 @@\n-a\n+b\n`,
    { a: [[1, 2]], b: [[5, 5]] },
  ],
  [
    'no newline on either side',
    `${header('a')}@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n${header('b')}@@ -2 +2 @@\n-a\n+b\n`,
    { a: [[1, 1]], b: [[2, 2]] },
  ],
])('%s', (_, diff, changed) => {
  expect(Object.fromEntries(parseDiff(diff))).toEqual(changed)
})
