import type { LifecycleRow } from './api-lifecycle.ts'

const REVIEWS = 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview'
const ROLES = 'ClusterRole ClusterRoleBinding Role RoleBinding'
const FLOWS = 'FlowSchema PriorityLevelConfiguration'
const POLICIES = 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'
const WEBHOOKS = 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'

/**
 * Built-in APIs that the newest minor of the catalog no longer serves: kinds, deprecated in, removed in, replacement.
 * From Kubernetes' deprecation guide, its changelogs and the lifecycle its types declare. What was first disabled and
 * deleted later counts as removed when it was disabled.
 */
export const REMOVALS: readonly LifecycleRow[] = [
  ['admissionregistration.k8s.io/v1alpha1', 'InitializerConfiguration', '', '1.14'],
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', '1.8', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', '1.9', '1.16', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', '1.10', '1.16'],
  ['apps/v1beta1', 'ControllerRevision Deployment StatefulSet', '1.8', '1.16', 'apps/v1'],
  ['apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', '1.9', '1.16', 'apps/v1'],
  ['discovery.k8s.io/v1alpha1', 'EndpointSlice', '', '1.17', 'discovery.k8s.io/v1'],
  ['auditregistration.k8s.io/v1alpha1', 'AuditSink', '', '1.19'],
  ['settings.k8s.io/v1alpha1', 'PodPreset', '', '1.20'],
  ['batch/v2alpha1', 'CronJob', '', '1.21', 'batch/v1'],
  ['flowcontrol.apiserver.k8s.io/v1alpha1', FLOWS, '1.20', '1.21', 'flowcontrol.apiserver.k8s.io/v1'],
  ['admissionregistration.k8s.io/v1beta1', WEBHOOKS, '1.16', '1.22', 'admissionregistration.k8s.io/v1'],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.16', '1.22', 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', '1.19', '1.22', 'apiregistration.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'TokenReview', '1.19', '1.22', 'authentication.k8s.io/v1'],
  ['authorization.k8s.io/v1beta1', REVIEWS, '1.19', '1.22', 'authorization.k8s.io/v1'],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.19', '1.22', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', '1.19', '1.22', 'coordination.k8s.io/v1'],
  ['extensions/v1beta1', 'Ingress', '1.14', '1.22', 'networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', '1.19', '1.22', 'networking.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1beta1', ROLES, '1.17', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', '1.14', '1.22', 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSINode', '1.17', '1.22', 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIDriver StorageClass VolumeAttachment', '1.19', '1.22', 'storage.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1alpha1', ROLES, '1.17', '1.23', 'rbac.authorization.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha1', 'PriorityClass', '1.14', '1.23', 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'VolumeAttachment', '1.21', '1.23', 'storage.k8s.io/v1'],
  ['node.k8s.io/v1alpha1', 'RuntimeClass', '', '1.24', 'node.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'CSIStorageCapacity', '1.21', '1.24', 'storage.k8s.io/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.22', '1.25', 'autoscaling/v2'],
  ['batch/v1beta1', 'CronJob', '1.21', '1.25', 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.21', '1.25', 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', '1.22', '1.25', 'events.k8s.io/v1'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.22', '1.25', 'node.k8s.io/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.21', '1.25', 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.21', '1.25'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.23', '1.26', 'autoscaling/v2'],
  ['flowcontrol.apiserver.k8s.io/v1beta1', FLOWS, '1.23', '1.26', 'flowcontrol.apiserver.k8s.io/v1'],
  ['resource.k8s.io/v1alpha1', 'ResourceClaim ResourceClaimTemplate', '', '1.27', 'resource.k8s.io/v1'],
  ['resource.k8s.io/v1alpha1', 'ResourceClass', '', '1.27', 'resource.k8s.io/v1 DeviceClass'],
  ['resource.k8s.io/v1alpha1', 'PodScheduling', '', '1.27'],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.24', '1.27', 'storage.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta2', FLOWS, '1.26', '1.29', 'flowcontrol.apiserver.k8s.io/v1'],
  ['networking.k8s.io/v1alpha1', 'ClusterCIDR', '1.28', '1.29'],
  ['networking.k8s.io/v1alpha1', 'IPAddress ServiceCIDR', '1.30', '1.31', 'networking.k8s.io/v1'],
  ['resource.k8s.io/v1alpha2', 'ResourceClaim ResourceClaimTemplate ResourceSlice', '', '1.31', 'resource.k8s.io/v1'],
  ['resource.k8s.io/v1alpha2', 'ResourceClass', '', '1.31', 'resource.k8s.io/v1 DeviceClass'],
  ['resource.k8s.io/v1alpha2', 'PodSchedulingContext ResourceClaimParameters ResourceClassParameters', '', '1.31'],
  ['admissionregistration.k8s.io/v1alpha1', POLICIES, '1.29', '1.32', 'admissionregistration.k8s.io/v1'],
  ['authentication.k8s.io/v1alpha1', 'SelfSubjectReview', '1.29', '1.32', 'authentication.k8s.io/v1'],
  ['coordination.k8s.io/v1alpha1', 'LeaseCandidate', '', '1.32', 'coordination.k8s.io/v1beta1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', FLOWS, '1.29', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
  ['resource.k8s.io/v1alpha3', 'PodSchedulingContext', '', '1.32'],
  ['authentication.k8s.io/v1beta1', 'SelfSubjectReview', '1.30', '1.33', 'authentication.k8s.io/v1'],
  ['admissionregistration.k8s.io/v1beta1', POLICIES, '1.31', '1.34', 'admissionregistration.k8s.io/v1'],
  [
    'resource.k8s.io/v1alpha3',
    'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    '',
    '1.34',
    'resource.k8s.io/v1',
  ],
  ['certificates.k8s.io/v1alpha1', 'PodCertificateRequest', '', '1.35', 'certificates.k8s.io/v1beta1'],
  ['storage.k8s.io/v1alpha1', 'VolumeAttributesClass', '1.32', '1.35', 'storage.k8s.io/v1'],
  ['storagemigration.k8s.io/v1alpha1', 'StorageVersionMigration', '1.33', '1.35', 'storagemigration.k8s.io/v1beta1'],
  ['scheduling.k8s.io/v1alpha1', 'Workload', '', '1.36', 'scheduling.k8s.io/v1alpha2'],
]
