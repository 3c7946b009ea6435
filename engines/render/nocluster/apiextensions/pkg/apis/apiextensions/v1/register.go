// Package v1 stands in for the types of CustomResourceDefinition: the list of versions in the scheme has them.
package v1

func AddToScheme(any) error { return nil }
