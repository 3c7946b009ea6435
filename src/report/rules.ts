import { REPOSITORY } from '../version.ts'
import type { RULES, RuleId, Severity } from './finding.ts'

/** What a rule is about, for lists of rules and for people who meet it for the first time. */
export interface RuleText {
  /** Its weight unless the configuration or the finding says otherwise. */
  severity: Severity
  title: string
  /** One or two sentences: what is found, and what the cluster would make of it. */
  what: string
}

/** Where the documentation of this project lies. */
const RULES_PAGE = `https://github.com/${REPOSITORY}/blob/main/docs/rules.md`

type ListedRule = (typeof RULES)[number]

const TEXTS: Readonly<Record<ListedRule, RuleText>> = {
  'yaml/syntax': {
    severity: 'error',
    title: 'The text is not YAML',
    what: 'The file, or one of its documents, cannot be parsed. Nothing of it would reach the cluster.',
  },
  'yaml/duplicate-key': {
    severity: 'error',
    title: 'A key stands twice in one mapping',
    what: 'Readers disagree about which value counts: the cluster keeps the last one, strict readers refuse the file.',
  },
  'yaml/limit': {
    severity: 'error',
    title: 'A documented limit is exceeded',
    what: 'The input is larger, deeper or expands to more than a limit allows. The message names the limit, which .gitops.yaml can change.',
  },
  'yaml/encoding': {
    severity: 'error',
    title: 'The file is not UTF-8 text',
    what: 'The file is not UTF-8, holds characters that YAML forbids, or is a Git LFS pointer instead of the file.',
  },
  'yaml/ambiguous-scalar': {
    severity: 'warning',
    title: 'The cluster reads a value differently than it looks',
    what: 'An unquoted word or number means one thing to the cluster and another to YAML 1.2 readers, such as no, on, 010 or 1_000.',
  },
  'manifest/kind': {
    severity: 'error',
    title: 'The document does not say what it is',
    what: 'The apiVersion or kind is missing, is no string, or names nothing that Kubernetes has in that group.',
  },
  'schema/invalid': {
    severity: 'error',
    title: 'A value is not what the schema allows',
    what: 'A field has the wrong type, format or value. The API server would refuse the resource.',
  },
  'schema/unknown-field': {
    severity: 'error',
    title: 'A field does not exist',
    what: 'The kind has no such field at this place. The API server drops it or refuses the resource; either way it has no effect.',
  },
  'schema/missing': {
    severity: 'error',
    title: 'A required field is missing',
    what: 'The resource lacks a field without which the API server refuses it.',
  },
  'schema/unvalidated': {
    // The default of --unvalidated.
    severity: 'warning',
    title: 'A resource could not be checked',
    what: 'No schema is known for this apiVersion and kind, so nothing can be said about its fields.',
  },
  'api/removed': {
    severity: 'error',
    title: 'The API version is no longer served',
    what: 'The Kubernetes minor judged by does not serve this apiVersion of the kind any more.',
  },
  'api/deprecated': {
    severity: 'warning',
    title: 'The API version is going to be removed',
    what: 'The Kubernetes minor judged by still serves this apiVersion of the kind; a later one will not.',
  },
  'api/invalid': {
    severity: 'error',
    title: 'The API server would refuse the resource',
    what: 'The validation of the API server itself, beyond what schemas express, refuses a value or a combination of values.',
  },
  'api/warning': {
    severity: 'warning',
    title: 'The API server would warn about the resource',
    what: 'The resource is accepted, with a warning that kubectl would print.',
  },
  'resource/duplicate': {
    severity: 'error',
    title: 'The same resource is defined twice',
    what: 'Two manifests for one destination define the same object, so that the one applied last wins.',
  },
  'list/duplicate-key': {
    severity: 'warning',
    title: 'A list names the same item twice',
    what: 'Two items of a list share the key by which Kubernetes merges the list, so that one of them is lost or the apply is refused.',
  },
  'render/kustomize': {
    severity: 'error',
    title: 'kustomize cannot build the kustomization',
    what: 'The build fails with the message shown, so that nothing of this source would reach the cluster.',
  },
  'render/helm': {
    severity: 'error',
    title: 'Helm cannot render the chart',
    what: 'Rendering fails with the message shown, so that nothing of this source would reach the cluster.',
  },
  'render/refused': {
    severity: 'error',
    title: 'Rendering would fetch or execute something',
    what: 'The source asks for a remote base, a chart download, a plugin or a function. It is not rendered, and thus not checked.',
  },
  'reference/missing': {
    severity: 'error',
    title: 'A reference leads nowhere',
    what: 'A file, folder or object that is referred to does not exist.',
  },
  'reference/cycle': {
    severity: 'error',
    title: 'References go round in a circle',
    what: 'What is referred to refers back, directly or through others, so that it can never be resolved.',
  },
  'image/missing': {
    severity: 'error',
    title: 'The image does not exist',
    what: 'No registry can hold an image of this name, so that pods could not start.',
  },
  'image/mutable-tag': {
    severity: 'warning',
    title: 'The image tag moves',
    what: 'The image has no tag, or one without any digit such as latest, and no digest: Git does not say what runs.',
  },
  'secret/plaintext': {
    severity: 'error',
    title: 'A secret value stands readable in Git',
    what: 'Everyone who can read the repository can read the value of this Secret; base64 hides nothing.',
  },
  'crd/rule': {
    severity: 'error',
    title: 'A rule of the custom resource definition is broken',
    what: 'A validation rule (CEL) that the CRD declares does not hold for the resource.',
  },
  'config/invalid': {
    severity: 'error',
    title: 'The configuration is not valid',
    what: 'The .gitops.yaml of the checked tree would be refused as soon as it counts.',
  },
}

const POLICY: RuleText = {
  severity: 'error',
  title: 'A policy of this repository is broken',
  what: 'A ValidatingAdmissionPolicy that the configuration names refuses the resource.',
}

/** The text of a rule. Policies are named by their users and share one. */
export function ruleText(rule: RuleId): RuleText {
  return isListed(rule) ? TEXTS[rule] : POLICY
}

/** The anchor of a rule's section in `docs/rules.md`, as GitHub makes it from the heading. */
export function ruleAnchor(rule: RuleId): string {
  return isListed(rule) ? rule.replace('/', '') : 'policyname'
}

/** The address of a rule's section in the documentation. */
export function ruleUrl(rule: RuleId): string {
  return `${RULES_PAGE}#${ruleAnchor(rule)}`
}

function isListed(rule: RuleId): rule is ListedRule {
  return Object.hasOwn(TEXTS, rule)
}
