package main

import (
	"bytes"
	"path"

	"sigs.k8s.io/kustomize/api/konfig"
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
	resources, err := tracked.run()
	if err == nil && !tracked.annotationsMatter {
		return response{OK: true, Resources: resources}
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

	// annotationsMatter tells that a file was read that may ask for annotations to be there or not.
	annotationsMatter bool
	// metadata is what the kustomization itself wants to be left in annotations.
	metadata []string
	// customSchema tells that the kustomization replaced kustomize's global OpenAPI schema.
	customSchema bool
}

func (b *build) run() ([]*kustomizeResource, error) {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	options.PluginConfig = types.DisabledPluginConfig()
	options.LoadRestrictions = types.LoadRestrictionsRootOnly
	if b.request.LoadRestrictor == "none" {
		options.LoadRestrictions = types.LoadRestrictionsNone
	}
	files := fileSystem{layers: []*tree{repository}, rewrite: b.prepare}
	built, err := krusty.MakeKustomizer(options).Run(files, path.Join(mountPoint, b.request.Path))
	if b.customSchema {
		openapi.ResetOpenAPI()
	}
	if err != nil {
		return nil, err
	}
	return b.resources(built)
}

// prepare sees every file that the build reads.
func (b *build) prepare(file string, content []byte) ([]byte, error) {
	b.annotationsMatter = b.annotationsMatter || mayAddressAnnotations(content)
	if !isKustomization(file) {
		return content, nil
	}
	if path.Dir(file) == path.Clean(b.request.Path) {
		content = b.prepareTarget(content)
	}
	return content, nil
}

func isKustomization(file string) bool {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if path.Base(file) == name {
			return true
		}
	}
	return false
}

// mayAddressAnnotations finds JSON patches, replacements and field specifications that reach into metadata, and
// the annotation by which the hash of a whole object becomes part of its name.
func mayAddressAnnotations(content []byte) bool {
	for _, hint := range []string{"/metadata", "metadata/", "metadata.annotations", "metadata.[", "needs-hash"} {
		if bytes.Contains(content, []byte(hint)) {
			return true
		}
	}
	return false
}

func (b *build) resources(built resmap.ResMap) ([]*kustomizeResource, error) {
	resources := make([]*kustomizeResource, 0, built.Size())
	for _, object := range built.Resources() {
		resource := &kustomizeResource{Transformations: []*origin{}, id: object.CurId().String()}
		if b.trackOrigins {
			if err := b.readOrigins(object, resource); err != nil {
				return nil, err
			}
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
