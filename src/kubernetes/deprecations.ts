import type { LifecycleRow, OperatorRow } from './api-lifecycle.ts'

const MUTATING = 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding'
const DEVICES = 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice'

/**
 * Built-in APIs that the newest minor of the catalog still serves, and the minors that warn of them and drop them, as
 * the API server's own warnings name them.
 */
export const DEPRECATIONS: readonly LifecycleRow[] = [
  ['v1', 'ComponentStatus', '1.19', ''],
  ['v1', 'Endpoints', '1.33', '', 'discovery.k8s.io/v1 EndpointSlice'],
  ['admissionregistration.k8s.io/v1alpha1', MUTATING, '1.35', '1.38', 'admissionregistration.k8s.io/v1'],
  ['admissionregistration.k8s.io/v1beta1', MUTATING, '1.37', '1.40', 'admissionregistration.k8s.io/v1'],
  ['certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', '1.34', '1.37', 'certificates.k8s.io/v1beta1'],
  ['certificates.k8s.io/v1beta1', 'ClusterTrustBundle', '1.37', '1.40', 'certificates.k8s.io/v1'],
  ['certificates.k8s.io/v1beta1', 'PodCertificateRequest', '1.37', '1.40', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1alpha2', 'LeaseCandidate', '1.35', '1.38', 'coordination.k8s.io/v1beta1'],
  ['coordination.k8s.io/v1beta1', 'LeaseCandidate', '1.36', '1.39'],
  ['networking.k8s.io/v1beta1', 'IPAddress ServiceCIDR', '1.34', '1.37', 'networking.k8s.io/v1'],
  ['resource.k8s.io/v1alpha3', 'DeviceTaintRule', '1.36', '1.39', 'resource.k8s.io/v1beta2'],
  ['resource.k8s.io/v1alpha3', 'ResourcePoolStatusRequest', '1.39', '1.42'],
  ['resource.k8s.io/v1beta1', DEVICES, '1.35', '1.38', 'resource.k8s.io/v1'],
  ['resource.k8s.io/v1beta2', DEVICES, '1.36', '1.39', 'resource.k8s.io/v1'],
  ['resource.k8s.io/v1beta2', 'DeviceTaintRule', '1.39', '1.42', 'resource.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha2', 'PodGroup Workload', '', '1.37', 'scheduling.k8s.io/v1beta1'],
  ['storage.k8s.io/v1beta1', 'VolumeAttributesClass', '1.34', '1.37', 'storage.k8s.io/v1'],
  ['storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', '1.37', '1.40', 'storagemigration.k8s.io/v1'],
]

const CERTIFICATES = 'Certificate CertificateRequest ClusterIssuer Issuer'
const EXTERNAL_SECRETS = 'ClusterExternalSecret ClusterSecretStore ExternalSecret SecretStore'
const IMAGES = 'ImagePolicy ImageRepository ImageUpdateAutomation'
const TRAEFIK =
  'IngressRoute IngressRouteTCP IngressRouteUDP Middleware MiddlewareTCP ServersTransport TLSOption TLSStore TraefikService'

/** Custom APIs that current releases of their operator no longer serve. A cluster with an older release still may. */
export const OPERATOR_DEPRECATIONS: readonly OperatorRow[] = [
  ['acme.cert-manager.io/v1alpha2', 'Challenge Order', 'cert-manager', 'acme.cert-manager.io/v1'],
  ['acme.cert-manager.io/v1alpha3', 'Challenge Order', 'cert-manager', 'acme.cert-manager.io/v1'],
  ['acme.cert-manager.io/v1beta1', 'Challenge Order', 'cert-manager', 'acme.cert-manager.io/v1'],
  ['cert-manager.io/v1alpha2', CERTIFICATES, 'cert-manager', 'cert-manager.io/v1'],
  ['cert-manager.io/v1alpha3', CERTIFICATES, 'cert-manager', 'cert-manager.io/v1'],
  ['cert-manager.io/v1beta1', CERTIFICATES, 'cert-manager', 'cert-manager.io/v1'],
  ['certmanager.k8s.io/v1alpha1', CERTIFICATES, 'cert-manager', 'cert-manager.io/v1'],
  ['external-secrets.io/v1alpha1', EXTERNAL_SECRETS, 'External Secrets', 'external-secrets.io/v1'],
  ['external-secrets.io/v1beta1', EXTERNAL_SECRETS, 'External Secrets', 'external-secrets.io/v1'],
  [
    'gateway.networking.k8s.io/v1alpha2',
    'Gateway GatewayClass HTTPRoute',
    'Gateway API',
    'gateway.networking.k8s.io/v1',
  ],
  ['helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', 'Flux', 'helm.toolkit.fluxcd.io/v2'],
  ['helm.toolkit.fluxcd.io/v2beta2', 'HelmRelease', 'Flux', 'helm.toolkit.fluxcd.io/v2'],
  ['image.toolkit.fluxcd.io/v1beta1', IMAGES, 'Flux', 'image.toolkit.fluxcd.io/v1'],
  ['image.toolkit.fluxcd.io/v1beta2', IMAGES, 'Flux', 'image.toolkit.fluxcd.io/v1'],
  ['keda.k8s.io/v1alpha1', 'ScaledJob ScaledObject TriggerAuthentication', 'KEDA', 'keda.sh/v1alpha1'],
  ['kustomize.toolkit.fluxcd.io/v1beta1', 'Kustomization', 'Flux', 'kustomize.toolkit.fluxcd.io/v1'],
  ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization', 'Flux', 'kustomize.toolkit.fluxcd.io/v1'],
  ['notification.toolkit.fluxcd.io/v1beta1', 'Alert Provider', 'Flux', 'notification.toolkit.fluxcd.io/v1beta3'],
  ['notification.toolkit.fluxcd.io/v1beta1', 'Receiver', 'Flux', 'notification.toolkit.fluxcd.io/v1'],
  ['notification.toolkit.fluxcd.io/v1beta2', 'Alert Provider', 'Flux', 'notification.toolkit.fluxcd.io/v1beta3'],
  ['notification.toolkit.fluxcd.io/v1beta2', 'Receiver', 'Flux', 'notification.toolkit.fluxcd.io/v1'],
  [
    'source.toolkit.fluxcd.io/v1beta1',
    'Bucket GitRepository HelmChart HelmRepository',
    'Flux',
    'source.toolkit.fluxcd.io/v1',
  ],
  [
    'source.toolkit.fluxcd.io/v1beta2',
    'Bucket GitRepository HelmChart HelmRepository OCIRepository',
    'Flux',
    'source.toolkit.fluxcd.io/v1',
  ],
  ['traefik.containo.us/v1alpha1', TRAEFIK, 'Traefik', 'traefik.io/v1alpha1'],
]
