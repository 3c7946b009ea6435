package main

import (
	"errors"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// kustomizeResource is one object of a build, with kustomize's record of where it came from.
type kustomizeResource struct {
	Text            string    `json:"text"`
	Origin          *origin   `json:"origin,omitempty"`
	Transformations []*origin `json:"transformations"`

	id string
}

// buildKustomization builds a folder as `kustomize build` does, and besides asks kustomize for the origins.
//
// It keeps those in annotations while it builds, which could change the outcome (a JSON patch may add an
// annotation only where there are annotations already). So where that is possible, and where the build fails,
// the text or the error is that of a second build without them.
func buildKustomization(request request) response {
	tracked := build{request: request, trackOrigins: true}
	var resources []*kustomizeResource
	if request.Origins {
		found, err := tracked.run()
		if err == nil && !tracked.annotationsMatter {
			return response{OK: true, Resources: found}
		}
		resources = found
	}
	plain := build{request: request}
	exact, err := plain.run()
	if err != nil {
		return failure(err)
	}
	adoptOrigins(exact, resources)
	return response{OK: true, Resources: exact}
}

// build is one run of kustomize.
type build struct {
	request      request
	trackOrigins bool

	// nesting, generated and inflated are for helmCharts: see inflateCharts.
	nesting   nesting
	generated *tree
	inflated  map[string]inflated
	// refusal is what prepare has against the build. kustomize itself drops errors of reading a kustomization.
	refusal error
	// annotationsMatter tells that a file was read that may ask for annotations to be there or not.
	annotationsMatter bool
	// metadata is what the kustomization itself wants to be left in annotations.
	metadata []string
	// customSchema tells that a kustomization replaced kustomize's global OpenAPI schema.
	customSchema bool
}

func (b *build) files() fileSystem {
	return fileSystem{layers: []*tree{repository, b.generated}, rewrite: b.prepare}
}

func (b *build) run() ([]*kustomizeResource, error) {
	b.generated = newTree()
	b.inflated = map[string]inflated{}
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	options.PluginConfig = types.DisabledPluginConfig()
	options.LoadRestrictions = types.LoadRestrictionsRootOnly
	if b.request.LoadRestrictor == "none" {
		options.LoadRestrictions = types.LoadRestrictionsNone
	}
	built, err := krusty.MakeKustomizer(options).Run(b.files(), path.Join(mountPoint, b.request.Path))
	if b.customSchema {
		openapi.ResetOpenAPI()
	}
	if b.refusal != nil {
		return nil, b.refusal
	}
	if err != nil {
		return nil, clearer(err)
	}
	return b.resources(built)
}

// clearer replaces the advice that a user of this engine cannot follow.
func clearer(err error) error {
	if strings.Contains(err.Error(), "must specify --enable-helm") {
		return errors.New("a HelmChartInflationGenerator among the generators is not supported here; " +
			"list its chart in the field helmCharts instead")
	}
	return err
}

func (b *build) resources(built resmap.ResMap) ([]*kustomizeResource, error) {
	resources := make([]*kustomizeResource, 0, built.Size())
	for _, object := range built.Resources() {
		resource := &kustomizeResource{Transformations: []*origin{}, id: object.CurId().String()}
		if err := b.readOrigins(object, resource); err != nil {
			return nil, err
		}
		text, err := object.AsYAML()
		if err != nil {
			return nil, err
		}
		resource.Text = string(text)
		resources = append(resources, resource)
	}
	return resources, nil
}
