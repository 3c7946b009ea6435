// Package discovery stands in for a cluster's list of resources: there is no cluster inside the engine.
package discovery

import (
	"errors"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
)

// ErrNoCluster is the answer to everything.
var ErrNoCluster = errors.New("there is no cluster inside the render engine")

// DiscoveryClient would list what a cluster serves.
type DiscoveryClient struct{}

func NewDiscoveryClientForConfig(*rest.Config) (*DiscoveryClient, error) { return nil, ErrNoCluster }

func (*DiscoveryClient) ServerResourcesForGroupVersion(string) (*metav1.APIResourceList, error) {
	return nil, ErrNoCluster
}
