// Package scheme stands in for the registry of Kubernetes' types, of which Helm uses only the list of versions.
package scheme

import "k8s.io/apimachinery/pkg/runtime/schema"

// Scheme answers what the real one would.
var Scheme registry

type registry struct{}

// PrioritizedVersionsAllGroups lists what `helm template` takes a cluster to serve unless told more: what
// client-go v0.37.0, the version Helm v3.22.0 is built with, and apiextensions-apiserver register.
func (registry) PrioritizedVersionsAllGroups() []schema.GroupVersion {
	versions := make([]schema.GroupVersion, 0, len(known))
	for _, version := range known {
		parsed, err := schema.ParseGroupVersion(version)
		if err != nil {
			panic(err)
		}
		versions = append(versions, parsed)
	}
	return versions
}
