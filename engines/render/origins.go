package main

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
)

// origin is kustomize's record of one file or field that made or changed an object.
type origin struct {
	Path         string        `json:"path,omitempty"`
	ConfiguredIn string        `json:"configuredIn,omitempty"`
	ConfiguredBy *configuredBy `json:"configuredBy,omitempty"`
	// Template is ours: the file of the chart that a kustomization inflates.
	Template string `json:"template,omitempty"`
}

type configuredBy struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Name       string `json:"name,omitempty"`
	Namespace  string `json:"namespace,omitempty"`
}

var originMetadata = []string{types.OriginAnnotations, types.TransformerAnnotations}

// prepareTarget notes what the kustomization to build wants to be left in annotations, and asks for origins.
func (b *build) prepareTarget(kustomization *types.Kustomization, content []byte) []byte {
	b.metadata = kustomization.BuildMetadata
	if !b.trackOrigins || kustomization.CheckEmpty() != nil {
		return content
	}
	return edit(content, func(fields fieldMap) {
		metadata := slices.Clone(b.metadata)
		for _, option := range originMetadata {
			if !slices.Contains(metadata, option) {
				metadata = append(metadata, option)
			}
		}
		fields.set("buildMetadata", metadata)
	})
}

// readOrigins takes the annotations that were asked for in prepareTarget off again, unless the kustomization
// wants them itself.
func (b *build) readOrigins(object *resource.Resource, into *kustomizeResource) error {
	if b.trackOrigins {
		transformations, err := object.GetTransformations()
		if err != nil {
			return err
		}
		for _, transformation := range transformations {
			if known := b.origin(transformation, ""); known != nil {
				into.Transformations = append(into.Transformations, known)
			}
		}
		if !slices.Contains(b.metadata, types.TransformerAnnotations) {
			if err := object.ClearTransformations(); err != nil {
				return err
			}
		}
	}
	kept := slices.Contains(b.metadata, types.OriginAnnotations)
	if !kept && !b.trackOrigins {
		return nil
	}
	recorded, err := object.GetOrigin()
	if err != nil {
		return err
	}
	source, template := b.inflatedOrigin(recorded)
	if b.trackOrigins {
		into.Origin = b.origin(source, template)
	}
	switch {
	case !kept:
		return object.SetOrigin(nil)
	case source != recorded:
		return object.SetOrigin(source)
	}
	return nil
}

// origin makes the paths, which kustomize states relative to the folder it builds, relative to the repository.
func (b *build) origin(source *resource.Origin, template string) *origin {
	if source == nil || source.Repo != "" {
		return nil
	}
	result := &origin{Template: template}
	if source.Path != "" {
		result.Path = path.Join(b.request.Path, source.Path)
	}
	if source.ConfiguredIn != "" {
		result.ConfiguredIn = path.Join(b.request.Path, source.ConfiguredIn)
	}
	by := configuredBy{
		APIVersion: source.ConfiguredBy.APIVersion,
		Kind:       source.ConfiguredBy.Kind,
		Name:       source.ConfiguredBy.Name,
		Namespace:  source.ConfiguredBy.Namespace,
	}
	if by != (configuredBy{}) {
		result.ConfiguredBy = &by
	}
	return result
}

// adoptOrigins gives the resources of one build the origins found by another of the same kustomization.
func adoptOrigins(resources, tracked []*kustomizeResource) {
	byID := map[string]*kustomizeResource{}
	for _, resource := range tracked {
		byID[resource.id] = resource
	}
	for _, resource := range resources {
		if known := byID[resource.id]; known != nil {
			resource.Origin, resource.Transformations = known.Origin, known.Transformations
		}
	}
}
