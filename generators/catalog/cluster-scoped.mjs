/** Custom kinds that live outside namespaces: group → kinds. */
export const CLUSTER_SCOPED = {
  'argoproj.io': ['ClusterAnalysisTemplate'],
  'awspca.cert-manager.io': ['AWSPCAClusterIssuer'],
  'cert-manager.io': ['ClusterIssuer'],
  'eventing.keda.sh': ['ClusterCloudEventSource'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'gateway.networking.x-k8s.io': ['XMesh'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'policy.cert-manager.io': ['CertificateRequestPolicy'],
  'trust-manager.io': ['ClusterBundle'],
  'trust.cert-manager.io': ['Bundle'],
}
