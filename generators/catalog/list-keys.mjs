/**
 * What tells the entries of a list apart in server-side apply (`x-kubernetes-list-map-keys`, `-list-type: set`),
 * which client-node lost: `Model.property`, the model without its version. `conditions` of a status are keyed by
 * `type` throughout, but for the lists that upstream calls atomic.
 */
const CONTAINER = {
  env: ['name'],
  ports: ['containerPort', 'protocol'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
}
const POLICY = { matchConditions: ['name'] }
const WEBHOOKS = { webhooks: ['name'] }

const KEYS = {
  CSINodeSpec: { drivers: ['name'] },
  Container: CONTAINER,
  ContainerStatus: { allocatedResourcesStatus: ['name'], volumeMounts: ['mountPath'] },
  EphemeralContainer: CONTAINER,
  JSONSchemaProps: { 'x-kubernetes-validations': ['rule'] },
  MutatingAdmissionPolicySpec: POLICY,
  MutatingWebhook: POLICY,
  MutatingWebhookConfiguration: WEBHOOKS,
  NodeStatus: { addresses: ['type'] },
  ObjectMeta: { ownerReferences: ['uid'] },
  PodGroupSpec: { resourceClaims: ['name'] },
  PodGroupStatus: { resourceClaimStatuses: ['name'] },
  PodGroupTemplate: { resourceClaims: ['name'] },
  PodSchedulingContextStatus: { resourceClaims: ['name'] },
  PodSpec: {
    containers: ['name'],
    ephemeralContainers: ['name'],
    hostAliases: ['ip'],
    imagePullSecrets: ['name'],
    initContainers: ['name'],
    resourceClaims: ['name'],
    schedulingGates: ['name'],
    topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
    volumes: ['name'],
  },
  PodStatus: { podIPs: ['ip'], resourceClaimStatuses: ['name'] },
  ResourceClaimStatus: { devices: ['driver', 'device', 'pool', 'shareID'], reservedFor: ['uid'] },
  ResourceRequirements: { claims: ['name'] },
  ResourceStatus: { resources: ['resourceID'] },
  ServiceAccount: { secrets: ['name'] },
  ServiceSpec: { ports: ['port', 'protocol'] },
  StorageVersionStatus: { storageVersions: ['apiServerID'] },
  ValidatingAdmissionPolicySpec: { ...POLICY, variables: ['name'] },
  ValidatingWebhook: POLICY,
  ValidatingWebhookConfiguration: WEBHOOKS,
  WorkloadSpec: { podGroupTemplates: ['name'] },
}

const SETS = {
  CSIDriverSpec: ['volumeLifecycleModes'],
  ContainerRestartRuleOnExitCodes: ['values'],
  Endpoint: ['addresses'],
  NodeAllocatableResourceClaimStatus: ['containers'],
  NodeSpec: ['podCIDRs'],
  NonResourcePolicyRule: ['nonResourceURLs', 'verbs'],
  ObjectMeta: ['finalizers'],
  PodFailurePolicyOnExitCodesRequirement: ['values'],
  ResourcePolicyRule: ['apiGroups', 'namespaces', 'resources', 'verbs'],
  ServerStorageVersion: ['decodableVersions', 'servedVersions'],
  UncountedTerminatedPods: ['failed', 'succeeded'],
  ValidatingAdmissionPolicyBindingSpec: ['validationActions'],
}

const ATOMIC_CONDITIONS = new Set(['JobStatus'])

/** @returns {string[] | undefined} the keys of a keyed list, none for a set, nothing for a list without identity */
export function listKeys(model, property) {
  if (SETS[model]?.includes(property)) return []
  if (property === 'conditions' && /Status$/.test(model) && !ATOMIC_CONDITIONS.has(model)) return ['type']
  return KEYS[model]?.[property]
}
