import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Fields that hold a resource.Quantity, which client-node calls `string`: model without its version → fields. */
const QUANTITIES = {
  BasicDevice: ['capacity'],
  CSIStorageCapacity: ['capacity', 'maximumVolumeSize'],
  CapacityRequestPolicy: ['default', 'validValues'],
  CapacityRequestPolicyRange: ['max', 'min', 'step'],
  CapacityRequirements: ['requests'],
  ContainerResourceMetricSource: ['targetAverageValue'],
  ContainerResourceMetricStatus: ['currentAverageValue'],
  ContainerStatus: ['allocatedResources'],
  Counter: ['value'],
  DeviceCapacity: ['value'],
  DeviceRequestAllocationResult: ['consumedCapacity'],
  EmptyDirVolumeSource: ['sizeLimit'],
  ExternalMetricSource: ['targetAverageValue', 'targetValue'],
  ExternalMetricStatus: ['currentAverageValue', 'currentValue'],
  HPAScalingRules: ['tolerance'],
  LimitRangeItem: ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'],
  MetricTarget: ['averageValue', 'value'],
  MetricValueStatus: ['averageValue', 'value'],
  NamedResourcesAttribute: ['quantity'],
  NodeAllocatableResourceClaimStatus: ['resources'],
  NodeAllocatableResourceMapping: ['allocationMultiplier'],
  NodeStatus: ['allocatable', 'capacity'],
  ObjectMetricSource: ['averageValue', 'targetValue'],
  ObjectMetricStatus: ['averageValue', 'currentValue'],
  Overhead: ['podFixed'],
  PersistentVolumeClaimStatus: ['allocatedResources', 'capacity'],
  PersistentVolumeSpec: ['capacity'],
  PodSpec: ['overhead'],
  PodStatus: ['allocatedResources'],
  PodsMetricSource: ['targetAverageValue'],
  PodsMetricStatus: ['currentAverageValue'],
  ResourceFieldSelector: ['divisor'],
  ResourceMetricSource: ['targetAverageValue'],
  ResourceMetricStatus: ['currentAverageValue'],
  ResourceQuotaSpec: ['hard'],
  ResourceQuotaStatus: ['hard', 'used'],
  ResourceRequirements: ['limits', 'requests'],
  VolumeResourceRequirements: ['limits', 'requests'],
}

export function isQuantity(model, property) {
  return QUANTITIES[model]?.includes(property) === true
}

/** cdk8s-plus kept the name Quantity, though it has no status: what it knows must stand above. */
export function checkQuantities(cdk8s) {
  const text = readFileSync(join(cdk8s, 'lib', 'imports', 'k8s.d.ts'), 'utf8')
  const fields = text.matchAll(/@schema [\w.]+\.(\w+)#(\S+)\s+\*\/\s+readonly \w+\??: (\{[^}]*\}|[^;]*);/g)
  const missing = [...fields]
    .filter(([, model, property, type]) => /\bQuantity\b/.test(type) && !isQuantity(model, property))
    .map(([, model, property]) => `${model}.${property}`)
  if (missing.length > 0) throw new Error(`quantities.mjs lacks ${missing.join(', ')}, which cdk8s-plus knows.`)
}
